// What the web process does at its start and at its end, around Next's own server.
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Health, openHealth } from '../runtime/health.ts';
import { healthPorts } from '../runtime/process.ts';
import { SettingsError } from '../settings/settings.ts';
import { countResponses } from './count-responses.ts';
import { followResponses } from './response-status.ts';
import { getStores, type Stores, storesWrong } from './stores.ts';
import { endStreams } from './streams.ts';

const STOP_MS = 9_000;

/** Opens stores and health port; wrong settings end the process with 78, a taken port with 1. */
export async function startWeb(): Promise<void> {
  const stores = storesOrExit();
  followResponses();
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const health = await openHealth(stores.settings.HEALTH_PORT ?? healthPorts.web, metrics, () =>
    storesWrong(stores),
  ).catch((error: Error) => {
    console.error(`The health port can't be opened: ${error.message}. Set HEALTH_PORT to a free one.`);
    process.exit(1);
  });
  countResponses(metrics, health.port);
  stores.log.info({ health: health.port }, 'ready');
  const stop = () => stopWeb(stores, health);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Next closes its server on the same signal and exits when every response has ended. */
function stopWeb({ log }: Stores, health: Health): void {
  log.info('stopping');
  endStreams();
  setTimeout(() => {
    log.error('did not stop in time');
    process.exit(1);
  }, STOP_MS).unref();
  health.close().catch((error: unknown) => log.error({ err: error }, 'the health port did not close'));
}

function storesOrExit(): Stores {
  try {
    return getStores();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}
