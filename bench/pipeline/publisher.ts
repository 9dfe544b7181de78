// A process of its own: publishes messages over ZeroMQ or to an AMQP broker at the rate it is told, and says when each
// left. Once asked for an archive it has one, which holds what is published from then on.
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { fromFedmsg } from '../../bus/fedmsg.ts';
import { amqpExchange } from '../../bus/outside/amqp.ts';
import { type ArchiveRow, startArchive, type TestArchive } from '../../testing/archive.ts';
import { openPublisher, type TestPublisher } from '../../testing/publisher.ts';
import { answerParent, now } from './helper.ts';
import { makeMessage } from './message.ts';

export interface Publish {
  run: string;
  count: number;
  perSecond: number;
  teams: number;
}

/** How long it sleeps where it is ahead. */
const TICK_MS = 2;

const [, , where = ''] = process.argv;
const bus = where.startsWith('amqp:') ? openExchange(where) : await openPublisher(Number(where));
let archive: TestArchive | null = null;

/** As fedora-messaging publishes; a queue is there when the listener is ready. */
function openExchange(url: string): Pick<TestPublisher, 'hasSubscribers' | 'publish'> {
  const exchange = amqpExchange({ url }, 'amq.topic', pino({ level: 'silent' }));
  return {
    hasSubscribers: async () => undefined,
    publish: (message) => exchange.publish(fromFedmsg(message)),
  };
}

async function openArchive(): Promise<string> {
  archive ??= await startArchive();
  return archive.url;
}

/** As the archive has a message of fedmsg. */
const toRow = ({ topic, msg_id: id, msg }: ReturnType<typeof makeMessage>): ArchiveRow => ({
  topic,
  id,
  headers: {
    fedora_messaging_schema: 'base.message',
    fedora_messaging_severity: 20,
    'sent-at': new Date().toISOString(),
  },
  body: msg,
});

async function publish({ run, count, perSecond, teams }: Publish): Promise<number[]> {
  const sentAt: number[] = [];
  const start = now();
  while (sentAt.length < count) {
    const due = Math.min(count, Math.ceil(((now() - start) * perSecond) / 1_000));
    while (sentAt.length < due) {
      const number = sentAt.length;
      const message = makeMessage(run, number, teams);
      sentAt.push(now());
      await bus.publish(message);
      archive?.rows.push(toRow(message));
    }
    await pause(TICK_MS);
  }
  return sentAt;
}

answerParent({ subscribed: (count: number) => bus.hasSubscribers(count), openArchive, publish });
