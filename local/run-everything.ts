// The life of bin/up: one at a time on a data folder, until a signal, and then everything stops.
import { openDataFolder, resetData, setLogsAside, watchSpace } from './data-folder.ts';
import type { UpOptions } from './options.ts';
import { demandPort } from './ports.ts';
import { Problem } from './problem.ts';
import { startAll } from './start-all.ts';
import { endLeftovers, openSupervisor } from './supervisor.ts';

type Say = (line: string) => void;

/**
 * Runs everything until a signal, then stops it.
 * @throws {Problem} when something can't be started, or dies again and again; everything is stopped then
 */
export async function runEverything(root: string, options: UpOptions, say: Say): Promise<void> {
  const { data } = options;
  const closeDataFolder = openDataFolder(data);
  try {
    const left = await endLeftovers(data, ['postgresql', 'redis']);
    if (left.length > 0) say(`Took over from a bin/up that was killed: ended its ${left.join(', ')}.`);
    if (options.reset) resetData(data);
    setLogsAside(data);
    await demandPort(options.port);
    await superviseUntilSignal(root, options, say);
  } finally {
    closeDataFolder();
  }
}

async function superviseUntilSignal(root: string, options: UpOptions, say: Say): Promise<void> {
  const supervisor = openSupervisor(options.data, say);
  const stopping = new AbortController();
  const endWatch = watchSpace(options.data, say);
  const started = startAll(root, options, supervisor, say, stopping.signal);
  try {
    const end = await Promise.race([
      waitForSignal(),
      supervisor.gaveUp,
      started.then(() => supervisor.gaveUp),
    ]);
    if (end instanceof Problem) throw end;
    say('Stopping …');
  } finally {
    endWatch();
    stopping.abort();
    await supervisor.stop();
  }
  say('Stopped.');
}

/** Stays registered: a second Ctrl-C must not leave the parts behind. */
function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
}
