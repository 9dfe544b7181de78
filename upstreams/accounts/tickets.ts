// Kerberos tickets for services behind SPNEGO, by MIT Kerberos through the optional package `kerberos`. The library
// takes tickets from KRB5_CLIENT_KTNAME by itself, and fresh ones when they end: nothing here runs by the clock.
import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpstreamError } from '../upstream-error.ts';

/** No ticket, so nothing can be asked at all. */
export class TicketError extends UpstreamError {}

export interface Tickets {
  /**
   * A token for one request, to be sent as `Authorization: Negotiate <token>`.
   * @throws {TicketError}
   */
  take(host: string): Promise<string>;
  /** The service did not take a token that was made of these tickets: the next one is made of fresh ones. */
  renew(): void;
}

/** Of the package `kerberos` what is used here; it has no types where it could not be built. */
interface Kerberos {
  GSS_MECH_OID_KRB5: number;
  initializeClient(
    service: string,
    options: { mechOID: number },
  ): Promise<{ step(challenge: string): Promise<unknown>; response: string }>;
}

let opened: { keytab: string | undefined; tickets: Tickets } | undefined;

/** One for the process: the library reads the process's environment. @param keytab none: what `kinit` got is taken */
export function openTickets(keytab: string | undefined): Tickets {
  if (opened?.keytab !== keytab || !opened) opened = { keytab, tickets: prepare(keytab) };
  return opened.tickets;
}

function prepare(keytab: string | undefined): Tickets {
  let last: Promise<unknown> = Promise.resolve();
  /** In memory, and another one after each `renew`: nobody else's tickets, none on the disk. */
  const startCache = () => {
    if (keytab) process.env.KRB5CCNAME = `MEMORY:hubs-${randomUUID()}`;
  };
  if (keytab) {
    process.env.KRB5_CLIENT_KTNAME = keytab;
    process.env.KRB5_CONFIG = `${demandForwardable()}:${process.env.KRB5_CONFIG ?? '/etc/krb5.conf'}`;
  }
  startCache();

  async function make(host: string): Promise<string> {
    const kerberos = loadKerberos();
    if (keytab) demandReadable(keytab);
    try {
      const client = await kerberos.initializeClient(`HTTP@${host}`, { mechOID: kerberos.GSS_MECH_OID_KRB5 });
      await client.step('');
      return client.response;
    } catch (cause) {
      throw explain(host, cause);
    }
  }

  return {
    // One after another: side by side each would fetch the same tickets.
    take(host) {
      const token = last.then(() => make(host));
      last = token.catch(() => undefined); // whoever takes it hears of it
      return token;
    },
    renew: startCache,
  };
}

/** FASJSON asks its directory in the caller's name, for which tickets must be forwardable. */
function demandForwardable(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hubs-krb5-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'krb5.conf');
  writeFileSync(file, '[libdefaults]\n  forwardable = true\n');
  return file;
}

function loadKerberos(): Kerberos {
  try {
    // Bundlers that see it imported fail where it could not be built.
    return process.getBuiltinModule('node:module').createRequire(import.meta.url)('kerberos');
  } catch (cause) {
    throw new TicketError(
      'The package kerberos is not installed, which speaks Kerberos for FASJSON. Install what builds it (on Debian: apt-get install libkrb5-dev g++ make python3), then run npm ci again.',
      { retry: false, cause },
    );
  }
}

/** @throws {TicketError} */
function demandReadable(keytab: string): void {
  const [, file] = /^(?:FILE:|WRFILE:)?(\/.*)$/.exec(keytab) ?? [];
  if (!file) return; // of a kind that is no file: the library says what is wrong with it
  try {
    accessSync(file, constants.R_OK);
  } catch (cause) {
    throw new TicketError(
      `The keytab ${file} can't be read (${(cause as NodeJS.ErrnoException).code}); set KRB5_CLIENT_KTNAME to one Hubs may read.`,
      { retry: false, cause },
    );
  }
}

const keytabRemedy = 'Set KRB5_CLIENT_KTNAME to the keytab of Hubs’ service';

/** What the library says, as a sentence with a remedy. */
const sentences: [pattern: RegExp, retry: boolean, sentence: (host: string) => string][] = [
  [
    /No Kerberos credentials available|No credentials cache|Credentials cache .*not found/i,
    false,
    (host) => `There is no Kerberos ticket to ask ${host} with. ${keytabRemedy}, or run kinit.`,
  ],
  [
    /Ticket expired|credentials? (have )?expired/i,
    false,
    (host) =>
      `The Kerberos ticket to ask ${host} with has expired. ${keytabRemedy}, so that fresh ones are taken, or run kinit again.`,
  ],
  [
    /Cannot (contact|find) (any )?KDC/i,
    true,
    () => 'The Kerberos server does not answer. Check the network, and its address in krb5.conf.',
  ],
  [
    /Preauthentication failed|Decrypt integrity check|no suitable keys|Key table|Client .* not found/i,
    false,
    () =>
      'The Kerberos server does not know the key in the keytab. Get a new keytab for Hubs’ service, and set KRB5_CLIENT_KTNAME to it.',
  ],
  [
    /Server .*not found in Kerberos database/i,
    false,
    (host) => `The Kerberos server knows no service HTTP/${host}. Correct the host in FASJSON_URL.`,
  ],
  [
    /Clock skew/i,
    true,
    () => 'The clocks of this machine and of the Kerberos server differ; set them right.',
  ],
];

function explain(host: string, cause: unknown): TicketError {
  const said = cause instanceof Error ? cause.message : String(cause);
  for (const [pattern, retry, sentence] of sentences) {
    if (pattern.test(said)) return new TicketError(sentence(host), { retry, cause });
  }
  return new TicketError(`Kerberos gives no ticket for ${host}: ${said}`, { retry: true, cause });
}
