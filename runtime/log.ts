import pino from 'pino';
import type { Settings } from '../settings/settings.ts';

export type Log = pino.Logger;

/** Structured log of one process: JSON lines on standard output. */
export function openLog(process: string, settings: Pick<Settings, 'LOG_LEVEL'>): Log {
  return pino({ name: process, level: settings.LOG_LEVEL, base: { process } });
}
