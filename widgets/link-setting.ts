import { z } from 'zod';
import { isWebAddress, noWebAddress } from '../hubs/web-address.ts';

/** A setting that is a link, or empty. */
export const linkSetting = (meta: { label: string; hint?: string }) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || isWebAddress(text), noWebAddress)
    .default('')
    .meta({ ...meta, input: 'url' });
