// From the bus into hubs:bus. Nothing is read from a source that there is no room for: while Redis is away the buffer
// here fills, then ZeroMQ's or the broker's; all of it goes on by itself when Redis is back.
import type { Context, Running } from '../runtime/process.ts';
import { openIntake } from './intake.ts';
import { openZeromqSource } from './sources/zeromq.ts';

/** A stop takes at most the sum of both. */
const DRAIN_MS = 2_000;
const FLUSH_MS = 5_000;

/**
 * Listens to every configured source.
 * @throws when none is configured
 */
export async function startListener(context: Context): Promise<Running> {
  const { settings } = context;
  if (settings.BUS_ENDPOINTS.length === 0)
    throw new Error(
      'BUS_ENDPOINTS names no endpoint; set it to those of the bus, for example tcp://hub.example.org:9940',
    );
  const intake = openIntake(context);
  const sources = settings.BUS_ENDPOINTS.map((endpoint) =>
    openZeromqSource(
      { endpoint, topics: settings.BUS_TOPICS, highWaterMark: settings.BUS_HIGH_WATER_MARK },
      intake.take,
    ),
  );

  return {
    stop: async () => {
      await Promise.all(sources.map((source) => source.stop(DRAIN_MS)));
      await intake.flush(FLUSH_MS);
      intake.close();
    },
    wrong: async () => [...intake.wrong(), ...sources.flatMap((source) => source.wrong())],
  };
}
