import type { Settings } from '../settings/settings.ts';
import type { Services } from './kind.ts';

/** The outside services that are configured. */
export const configuredServices = ({
  DISCOURSE_URL,
  FEDOCAL_URL,
}: Pick<Settings, 'DISCOURSE_URL' | 'FEDOCAL_URL'>): Services => ({
  ...(DISCOURSE_URL ? { discourse: DISCOURSE_URL } : {}),
  ...(FEDOCAL_URL ? { fedocal: FEDOCAL_URL } : {}),
});
