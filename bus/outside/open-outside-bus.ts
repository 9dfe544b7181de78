import type { Log } from '../../runtime/log.ts';
import type { Settings } from '../../settings/settings.ts';
import { brokerAt } from '../amqp-connection.ts';
import { amqpExchange } from './amqp.ts';
import type { OutsideBus } from './outside-bus.ts';
import { zeromqRelay } from './zeromq.ts';

/** Opens what PUBLISH_URL names: a fedmsg relay (tcp://) or an AMQP exchange (amqp://, amqps://); null: none. */
export function openOutsideBus(settings: Settings, log: Log): OutsideBus | null {
  const { PUBLISH_URL, PUBLISH_EXCHANGE } = settings;
  if (!PUBLISH_URL) return null;
  if (PUBLISH_URL.startsWith('tcp:')) return zeromqRelay(PUBLISH_URL);
  return amqpExchange(brokerAt(PUBLISH_URL, settings), PUBLISH_EXCHANGE, log);
}
