// A connection to an AMQP 0-9-1 broker, with the identity that brokers of fedora-messaging ask for.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import amqp, { type ChannelModel } from 'amqplib';
import type { Settings } from '../settings/settings.ts';

export interface AmqpBroker {
  /** `amqps://user:password@host/%2Fvhost`; without a password the certificate says who Hubs is (SASL EXTERNAL). */
  url: string;
  /** Files in PEM, read anew for each connection. */
  ca?: string | undefined;
  certificate?: string | undefined;
  key?: string | undefined;
  /** An address the broker's people may write to. */
  contact?: string | undefined;
}

/** The broker at an address, with the identity that the settings say. */
export const brokerAt = (url: string, settings: Settings): AmqpBroker => ({
  url,
  ca: settings.AMQP_CA,
  certificate: settings.AMQP_CERT,
  key: settings.AMQP_KEY,
  contact: settings.AMQP_CONTACT,
});

const CONNECT_MS = 10_000;
const CLOSE_MS = 1_000;
/** A broker that is silent for two of them is gone. */
const HEARTBEAT_S = 60;

/** @throws when a file can't be read, the broker can't be reached, or it does not let Hubs in */
export async function connectAmqp(broker: AmqpBroker): Promise<ChannelModel> {
  const url = new URL(broker.url);
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT_S));
  const read = async (file: string | undefined) => (file ? await readFile(file) : undefined);
  const [ca, cert, key] = await Promise.all([broker.ca, broker.certificate, broker.key].map(read));
  return amqp.connect(url.href, {
    timeout: CONNECT_MS,
    ...(ca && { ca: [ca] }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(cert && !url.password && { credentials: amqp.credentials.external() }),
    clientProperties: {
      app: 'Hubs',
      app_url: 'https://pagure.io/fedora-hubs',
      ...(broker.contact && { app_contacts_email: [broker.contact] }),
    },
  });
}

/** Closes it, also when it is broken; a broker that does not answer is left to find out by itself. */
export async function closeAmqp(connection: ChannelModel): Promise<void> {
  const closed = connection.close().catch(() => undefined); // it broke before
  await Promise.race([closed, delay(CLOSE_MS, undefined, { ref: false })]);
}
