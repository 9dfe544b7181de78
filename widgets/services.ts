import type { Settings } from '../settings/settings.ts';
import type { Services } from './kind.ts';

/** The outside services that are configured. */
export const configuredServices = ({ DISCOURSE_URL }: Pick<Settings, 'DISCOURSE_URL'>): Services =>
  DISCOURSE_URL ? { discourse: DISCOURSE_URL } : {};
