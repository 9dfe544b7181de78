// The outside bus that Hubs' own events go to, if one is configured.
import type { Log } from '../../runtime/log.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Message } from '../message.ts';
import { amqpExchange } from './amqp.ts';
import { zeromqRelay } from './zeromq.ts';

export interface OutsideBus {
  /**
   * Publishes the message, or throws a sentence: then it was not taken for certain, and may be published again.
   */
  publish(message: Message): Promise<void>;
  close(): Promise<void>;
}

/** Opens what PUBLISH_URL names: a fedmsg relay (tcp://) or an AMQP exchange (amqp://, amqps://); null: none. */
export function openOutsideBus(settings: Settings, log: Log): OutsideBus | null {
  const { PUBLISH_URL, PUBLISH_EXCHANGE } = settings;
  if (!PUBLISH_URL) return null;
  if (PUBLISH_URL.startsWith('tcp:')) return zeromqRelay(PUBLISH_URL);
  return amqpExchange(PUBLISH_URL, PUBLISH_EXCHANGE, log);
}
