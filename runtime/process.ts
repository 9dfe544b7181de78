// The life of a process: settings, log, health, a clean stop within 10 s whatever hangs.
import { collectDefaultMetrics, Registry } from 'prom-client';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import { openHealth } from './health.ts';
import { type Log, openLog } from './log.ts';

export type ProcessName = keyof typeof healthPorts;
export const healthPorts = { web: 9100, listener: 9101, triage: 9102, jobs: 9102, worker: 9103, sse: 9104 };

/** What a part of Hubs gets to run with; tests make one with their own stores. */
export interface Context {
  settings: Settings;
  log: Log;
  metrics: Registry;
}

/** A part that runs until it is stopped. */
export interface Running {
  /** Stops taking, finishes or hands back, closes what it opened. */
  stop(): Promise<void>;
  /** What keeps it from its work now, a sentence each. */
  wrong(): Promise<string[]>;
}

const STOP_MS = 9_000;

/**
 * Runs one process until SIGTERM or SIGINT, then stops it within 10 s and exits.
 * Wrong settings exit with 78, a start that fails with 1, each with a sentence on standard error.
 */
export async function runProcess(
  name: ProcessName,
  start: (context: Context) => Promise<Running>,
): Promise<void> {
  const settings = settingsOrExit();
  const log = openLog(name, settings);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const context = { settings, log, metrics };
  try {
    let running: Running | undefined;
    const health = await openHealth(
      settings.HEALTH_PORT ?? healthPorts[name],
      metrics,
      async () => (await running?.wrong()) ?? [`${name} is starting; its log says what it waits for.`],
    );
    running = await start(context);
    log.info({ health: health.port }, 'ready');
    const stop = async (signal: string) => {
      log.info({ signal }, 'stopping');
      setTimeout(() => {
        log.error('did not stop in time; what it held is taken over by a peer');
        process.exit(1);
      }, STOP_MS).unref();
      await running.stop();
      await health.close();
      process.exit(0);
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    log.fatal({ err: error }, `${name} can't start: ${(error as Error).message}`);
    process.exit(1);
  }
}

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}
