// From the bus into hubs:bus. Nothing is read from a source that there is no room for: while Redis is away the buffer
// here fills, then ZeroMQ's or the broker's; all of it goes on by itself when Redis is back.
import { brokerAt } from '../bus/amqp-connection.ts';
import { bindingsOf } from '../bus/wanted-topics.ts';
import type { Context, Running } from '../runtime/process.ts';
import type { Pace } from './catch-up.ts';
import { openIntake } from './intake.ts';
import { openKeeper } from './keeper.ts';
import { openAmqpSource } from './sources/amqp.ts';
import { endWithin } from './sources/end-within.ts';
import type { LiveSource, Take } from './sources/source.ts';
import { openZeromqSource } from './sources/zeromq.ts';

/** A stop takes at most the sum of both. */
const DRAIN_MS = 2_000;
const FLUSH_MS = 5_000;

/**
 * Listens to every configured source.
 * @param pace of catching up; another one in tests
 * @throws when none is configured
 */
export async function startListener(context: Context, pace?: Pace): Promise<Running> {
  const { BUS_AMQP_URL, BUS_ENDPOINTS } = context.settings;
  if (!BUS_AMQP_URL && BUS_ENDPOINTS.length === 0)
    throw new Error(
      'There is no bus to listen to; set BUS_AMQP_URL to a broker, or BUS_ENDPOINTS to publishers such as tcp://hub.example.org:9940',
    );
  const intake = openIntake(context);
  const sources = openSources(context, intake.take);
  const keeper = openKeeper(context, { sources, intake }, pace);

  return {
    stop: async () => {
      await Promise.all(sources.map((source) => source.stop(DRAIN_MS)));
      await endWithin(intake.flush(), FLUSH_MS);
      await keeper.stop();
      intake.close();
    },
    wrong: async () => [...intake.wrong(), ...sources.flatMap((source) => source.wrong()), ...keeper.wrong()],
  };
}

function openSources({ settings, log }: Context, take: Take): LiveSource[] {
  const { BUS_AMQP_URL, BUS_AMQP_DECLARE: declare, BUS_HIGH_WATER_MARK: highWaterMark } = settings;
  const sources = settings.BUS_ENDPOINTS.map((endpoint) =>
    openZeromqSource({ endpoint, topics: settings.BUS_TOPICS, highWaterMark }, take),
  );
  if (!BUS_AMQP_URL) return sources;
  const queue = {
    exchange: settings.BUS_AMQP_EXCHANGE,
    queue: settings.BUS_AMQP_QUEUE,
    declare,
    bindings: bindingsOf(settings),
    prefetch: settings.BUS_AMQP_PREFETCH,
  };
  return [...sources, openAmqpSource({ ...brokerAt(BUS_AMQP_URL, settings), ...queue }, log, take)];
}
