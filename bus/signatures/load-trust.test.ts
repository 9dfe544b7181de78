import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeAuthority, signEnvelope, type TestAuthority } from '../../testing/pki.ts';
import { makeEnvelope } from '../../testing/publisher.ts';
import { freePort, makeFolder, until } from '../../testing/stores.ts';
import { keepTrust, loadTrust, type TrustPlaces } from './load-trust.ts';

const CN = 'bodhi-app01.example.org';
let old: TestAuthority;
let renewed: TestAuthority;
beforeAll(async () => {
  [old, renewed] = await Promise.all([makeAuthority(), makeAuthority()]);
});

const signedBy = async (authority: TestAuthority) =>
  JSON.stringify(signEnvelope(makeEnvelope(), await authority.issue(CN)));
const inFolder = (name: string, text?: string) => {
  const file = join(makeFolder('trust'), name);
  if (text) writeFileSync(file, text);
  return file;
};
const keep = (places: TrustPlaces, refreshMs = 3_600_000) => {
  const keeper = keepTrust(places, { refreshMs, log: pino({ level: 'silent' }) });
  onTestFinished(() => keeper.stop());
  return keeper;
};

test('all files are read, from disk or from the web; a wrong one is named', async () => {
  const server = createServer((request, response) => response.end(request.url === '/ca' ? old.pem : '{'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const crl = inFolder('crl.pem', await old.revoke(['07']));
  const trust = await loadTrust({ ca: `${site}/ca`, crl });
  expect(trust.revocations?.[0]?.serials).toEqual(new Set([7n]));
  await expect(loadTrust({ ca: `${site}/ca`, policy: `${site}/policy` })).rejects.toThrow(
    `${site}/policy is not JSON.`,
  );
  await expect(loadTrust({ ca: crl })).rejects.toThrow(`${crl} has no certificate in PEM.`);
  const nobody = `http://127.0.0.1:${await freePort()}/ca`;
  await expect(loadTrust({ ca: nobody })).rejects.toThrow('refused the connection');
});

test('a message waits for files that are not there yet', async () => {
  const ca = inFolder('ca.pem');
  const keeper = keep({ ca });
  await until(() => keeper.wrong().join().includes(`${ca} can't be read (ENOENT)`));
  const verdict = keeper.verify(await signedBy(old));
  writeFileSync(ca, old.pem);
  expect(await verdict).toEqual({ valid: true, cn: CN });
  expect(keeper.wrong()).toEqual([]);
});

test('a stop ends the wait', async () => {
  const keeper = keep({ ca: inFolder('ca.pem') });
  const verdict = keeper.verify(await signedBy(old));
  keeper.stop();
  await expect(verdict).rejects.toThrow('');
});

test('files are read again from time to time; what can not be read leaves the old ones in force', async () => {
  const ca = inFolder('ca.pem', old.pem);
  const keeper = keep({ ca }, 20);
  expect(await keeper.verify(await signedBy(old))).toMatchObject({ valid: true });
  writeFileSync(ca, renewed.pem);
  await until(async () => (await keeper.verify(await signedBy(renewed))).valid);
  expect(await keeper.verify(await signedBy(old))).toMatchObject({ fault: 'authority' });
  writeFileSync(ca, '');
  expect(await keeper.verify(await signedBy(renewed))).toMatchObject({ valid: true });
  expect(keeper.wrong()).toEqual([]);
});

test('a message of an authority that nobody knew has the files read again, but not each one', async () => {
  const ca = inFolder('ca.pem', old.pem);
  const keeper = keep({ ca });
  expect(await keeper.verify(await signedBy(old))).toMatchObject({ valid: true });
  writeFileSync(ca, renewed.pem);
  expect(await keeper.verify(await signedBy(renewed))).toEqual({ valid: true, cn: CN });
  writeFileSync(ca, old.pem);
  expect(await keeper.verify(await signedBy(old))).toMatchObject({ fault: 'authority' });
});
