// Why the broker and Hubs do not come together, for whoever has to mend it.
import type { AmqpOptions } from './amqp-session.ts';

const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'the host has no address on the network',
  EAI_AGAIN: 'the host has no address on the network just now',
  ETIMEDOUT: 'there was no answer in time',
  EHOSTUNREACH: 'the host could not be reached',
};

/** A part of a sentence, with the remedy where there is one. */
export function explainAmqp(error: unknown, { queue, exchange, declare }: AmqpOptions): string {
  const { message } = error as Error;
  const { code, path } = error as { code?: unknown; path?: unknown };
  if (typeof code === 'number') return explainReply(code, message, { queue, exchange, declare });
  if (typeof path === 'string')
    return `${path} can't be read (${code}); check AMQP_CA, AMQP_CERT and AMQP_KEY`;
  if (typeof code === 'string' && /CERT|SIGNATURE|^ERR_(SSL|TLS|OSSL)/.test(code))
    return `TLS fails (${code}); check AMQP_CA, AMQP_CERT and AMQP_KEY`;
  if (/ACCESS.REFUSED/.test(message))
    return 'it refuses the user, the password or the certificate; check BUS_AMQP_URL and AMQP_CERT';
  // How amqplib tells that the virtual host is not there, or closed to this user.
  if (/NOT.ALLOWED|ConnectionOpenOk/.test(message))
    return 'it does not let Hubs into the virtual host; check BUS_AMQP_URL';
  return reasons[String(code)] ?? message.replace(/\.$/, '');
}

/** AMQP's reply codes, as channels and connections are closed with them. */
function explainReply(
  code: number,
  message: string,
  { queue, exchange, declare }: Pick<AmqpOptions, 'queue' | 'exchange' | 'declare'>,
): string {
  const name = queue || 'of no name';
  if (code === 403 && declare === 'active')
    return `Hubs may not make and bind the queue ${name}; set BUS_AMQP_DECLARE=passive for one that is there, or BUS_AMQP_QUEUE to a name it may make`;
  if (code === 403) return `Hubs may not read the queue ${name}; check its rights at the broker`;
  if (code === 404 && /exchange/.test(message))
    return `there is no exchange ${exchange}; check BUS_AMQP_EXCHANGE`;
  if (code === 404) return `there is no queue ${name}; check BUS_AMQP_QUEUE, or set BUS_AMQP_DECLARE=active`;
  if (code === 405) return `another connection has the queue ${name} for itself`;
  if (code === 406)
    return `the queue ${name} was made otherwise than Hubs makes it; set BUS_AMQP_DECLARE=passive`;
  return message.replace(/\.$/, '');
}
