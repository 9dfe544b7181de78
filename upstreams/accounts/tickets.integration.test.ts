import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFasjson, type TestFasjson } from '../../testing/fasjson.ts';
import { type Realm, startRealm } from '../../testing/kerberos.ts';
import { skipUnless } from '../../testing/skips.ts';
import { makeFolder, until } from '../../testing/stores.ts';
import { openFasjson } from './fasjson.ts';
import { openTickets, TicketError } from './tickets.ts';

test('without the package kerberos a sentence says what to install', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(name, context, next) {
        if (name === 'kerberos') throw new Error('it could not be built');
        return next(name, context);
      },
    });
    const { openTickets } = await import(${JSON.stringify(new URL('tickets.ts', import.meta.url).href)});
    await openTickets().take('fasjson.example.org').catch((error) => console.log(error.message));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toContain('The package kerberos is not installed');
  expect(stdout).toContain('apt-get install libkrb5-dev g++ make python3');
});

skipUnless('kerberos')('FASJSON behind Kerberos', () => {
  let service: TestFasjson;
  let realm: Realm;
  let url: string;
  beforeAll(async () => {
    service = await startFasjson();
    service.groups = [{ groupname: 'design', members: ['mira'], sponsors: [] }];
    realm = await startRealm(60);
    process.env.KRB5_CONFIG = realm.config;
    ({ url } = await realm.startProxy(service.url));
  }, 60_000);
  afterAll(async () => {
    await realm.stop();
    await service.close();
  });

  const read = async (keytab: string | undefined, at = url) =>
    (await openFasjson({ url: at, tickets: openTickets(keytab) }).group('design'))?.members;
  const complaint = async (keytab: string | undefined, at = url): Promise<string> => {
    const error = await read(keytab, at).then(
      () => new Error('it was answered'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof TicketError)) throw error;
    return error.message;
  };

  test('tickets come from the keytab, and are used while they last', async () => {
    expect(await read(realm.keytab)).toEqual(['mira']);
    expect(await read(realm.keytab)).toEqual(['mira']);
    expect(realm.firstTickets()).toEqual(['hubs']);
    expect(service.requests.every(({ authorization }) => authorization === '')).toBe(true);
  });

  test('fresh tickets are taken when the service did not accept what was made of the old ones', async () => {
    openTickets(realm.keytab).renew();
    expect(await read(realm.keytab)).toEqual(['mira']);
    expect(realm.firstTickets()).toEqual(['hubs', 'hubs']);
  });

  test('a keytab that is not there, and one that is none, are named', async () => {
    expect(await complaint('/nowhere/hubs.keytab')).toContain(
      "The keytab /nowhere/hubs.keytab can't be read (ENOENT); set KRB5_CLIENT_KTNAME",
    );
    const other = join(makeFolder('keytab'), 'hubs.keytab');
    writeFileSync(other, 'no keytab');
    expect(await complaint(other)).toMatch(/keytab/);
  });

  test('a service that Kerberos does not know is named', async () => {
    expect(await complaint(realm.keytab, url.replace('127.0.0.1', 'localhost'))).toBe(
      'The Kerberos server knows no service HTTP/localhost. Correct the host in FASJSON_URL.',
    );
  });

  test('without a keytab the ticket of kinit is taken; none, and one that has expired, are a sentence each', async () => {
    delete process.env.KRB5_CLIENT_KTNAME;
    const cache = join(makeFolder('tickets'), 'cache');
    process.env.KRB5CCNAME = `FILE:${cache}`;
    expect(await complaint(undefined)).toMatch(
      /^There is no Kerberos ticket to ask 127\.0\.0\.1 with\. Set KRB5_CLIENT_KTNAME/,
    );
    await realm.kinit(cache, 1);
    await until(async () => (await complaint(undefined).catch(() => '')).includes('has expired'));
    rmSync(cache);
    await realm.kinit(cache, 60);
    expect(await read(undefined)).toEqual(['mira']);
  });

  test('a key that was changed, and a Kerberos server that is away, are a sentence each', async () => {
    await realm.changeKey();
    expect(await complaint(`FILE:${realm.keytab}`)).toContain('does not know the key in the keytab');
    await realm.stopKdc();
    expect(await complaint(realm.keytab)).toContain('The Kerberos server does not answer.');
  });
});
