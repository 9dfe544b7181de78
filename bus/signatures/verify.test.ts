import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { makeAuthority, signEnvelope, type TestAuthority } from '../../testing/pki.ts';
import { makeEnvelope } from '../../testing/publisher.ts';
import { sharedFolder, skipUnless } from '../../testing/skips.ts';
import { readRoutingPolicy } from './routing-policy.ts';
import { readAuthorities, readRevocations, type Trust } from './trust.ts';
import { makeVerifier } from './verify.ts';

const CN = 'bodhi-app01.example.org';
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * DAY_MS);

let authority: TestAuthority;
let other: TestAuthority;
beforeAll(async () => {
  [authority, other] = await Promise.all([makeAuthority(), makeAuthority()]);
});

const trustIn = (...pems: string[]): Trust => ({ authorities: readAuthorities(pems.join('')) });
const signed = async (msg = {}) => signEnvelope(makeEnvelope(undefined, msg), await authority.issue(CN));
const check = (envelope: object, trust = trustIn(authority.pem), at = new Date()) =>
  makeVerifier(trust)(JSON.stringify(envelope), at);

test('a message signed by a host of a trusted authority is valid, whoever else is trusted', async () => {
  const message = await signed({ text: 'grüße 😀', big: 1e300, '10': [0.5, null] });
  expect(check(message)).toEqual({ valid: true, cn: CN });
  expect(check(message, trustIn(other.pem, authority.pem))).toEqual({ valid: true, cn: CN });
});

test('the method may be missing beside a certificate, and PHP does not wrap', async () => {
  const { crypto: _, ...message } = await signed();
  expect(check(message)).toMatchObject({ fault: 'signature' });
  const unwrapped = await signed();
  unwrapped.signature = unwrapped.signature.replaceAll('\n', '');
  expect(check(unwrapped)).toEqual({ valid: true, cn: CN });
});

test('what the archive adds is not part of what was signed', async () => {
  const message = await signed();
  const row = { ...message, headers: {}, source_name: 'datanommer', source_version: '0.6.4' };
  expect(check(row)).toEqual({ valid: true, cn: CN });
  expect(check({ ...row, headers: { a: 1 } })).toMatchObject({ fault: 'signature' });
  expect(check({ ...row, source_version: undefined })).toMatchObject({ fault: 'signature' });
  const text = JSON.stringify(row).replace(/"timestamp":(\d+)/, '"timestamp":$1.0');
  expect(makeVerifier(trustIn(authority.pem))(text, new Date())).toEqual({ valid: true, cn: CN });
});

test('whatever is changed, the message is invalid', async () => {
  const message = await signed({ karma: 1 });
  for (const change of [
    { topic: 'org.fedoraproject.prod.git.receive' },
    { msg: { karma: 2 } },
    { msg_id: '2026-x' },
    { timestamp: 1 },
    { i: 2 },
    { username: 'root' },
    { headers: {} },
    { seq_id: 1 },
    { signature: (await signed()).signature },
    { signature: '' },
  ])
    expect(check({ ...message, ...change }), JSON.stringify(change)).toEqual({
      valid: false,
      fault: 'signature',
      reason: 'has a signature that does not fit its content',
      cn: CN,
    });
  const text = JSON.stringify(message).replace('"karma":1', '"karma":1.0');
  expect(makeVerifier(trustIn(authority.pem))(text, new Date())).toMatchObject({ fault: 'signature' });
});

test.each([
  ['unsigned', { crypto: undefined, signature: undefined, certificate: undefined }],
  ['unsigned', { crypto: null, signature: null, certificate: null }],
  ['method', { crypto: 'gpg' }],
  ['method', { crypto: undefined, certificate: undefined }],
  ['fields', { signature: undefined }],
  ['fields', { certificate: 7 }],
  ['certificate', { certificate: 'AAAA' }],
])('the fault is told: %s by %j', async (fault, change) => {
  expect(check({ ...(await signed()), ...change })).toMatchObject({ valid: false, fault, cn: null });
});

test('another authority of the same name is not trusted', async () => {
  expect(check(await signed(), trustIn(other.pem))).toMatchObject({ fault: 'authority', cn: CN });
  const forged = signEnvelope(makeEnvelope(), await other.issue(CN));
  expect(check({ ...forged, certificate: (await signed()).certificate })).toMatchObject({
    fault: 'signature',
  });
});

test('certificate and authority are valid for their time only', async () => {
  const message = await signed();
  expect(check(message, undefined, later(2))).toMatchObject({ fault: 'date', cn: CN });
  expect(check(message, undefined, later(-2))).toMatchObject({ fault: 'date' });
  const shortLived = await makeAuthority('Short', { from: later(-9), to: later(-8) });
  const leaf = await shortLived.issue(CN);
  expect(check(signEnvelope(makeEnvelope(), leaf), trustIn(shortLived.pem))).toMatchObject({
    fault: 'date',
    reason: expect.stringContaining('authority'),
  });
});

test('a revoked certificate, and any without a list in force, is refused', async () => {
  const [good, revoked] = await Promise.all([
    authority.issue(CN),
    authority.issue('old.example.org', { serial: '0a0b' }),
  ]);
  const read = async (pem: string, ...from: string[]) => {
    const trust = trustIn(...from);
    return { ...trust, revocations: await readRevocations(pem, trust.authorities) };
  };
  const list = await authority.revoke(['0a0b']);
  const trust = await read(list, authority.pem);
  expect(check(signEnvelope(makeEnvelope(), good), trust)).toEqual({ valid: true, cn: CN });
  expect(check(signEnvelope(makeEnvelope(), revoked), trust)).toMatchObject({ fault: 'revoked' });
  const old = await read(await authority.revoke([], later(-0.5)), authority.pem);
  expect(check(signEnvelope(makeEnvelope(), good), old)).toMatchObject({ fault: 'revocations' });
  const others = await read(await other.revoke([]), other.pem, authority.pem);
  expect(check(signEnvelope(makeEnvelope(), good), others)).toMatchObject({ fault: 'revocations' });
  await expect(read(list, other.pem)).rejects.toThrow('none of the authorities signed');
  await expect(read('', other.pem)).rejects.toThrow('has no revocation list');
  await expect(read(list.replace(/\n.{20}/, '\n'), authority.pem)).rejects.toThrow('is broken');
});

test('files of trust that are none are refused', () => {
  expect(() => readAuthorities('')).toThrow('has no certificate in PEM');
  expect(() => readAuthorities('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toThrow(
    'broken',
  );
});

test('who may send a topic is asked of the policy', async () => {
  const message = await signed();
  const under = (policy: unknown) =>
    check(message, { ...trustIn(authority.pem), policy: readRoutingPolicy(JSON.stringify(policy)) });
  expect(under({ [message.topic]: [CN] })).toEqual({ valid: true, cn: CN });
  expect(under({ [message.topic]: ['else.example.org'] })).toMatchObject({ fault: 'sender', cn: CN });
  expect(under({ 'org.else': [] })).toEqual({ valid: true, cn: CN });
  expect(under({ nitpicky: true, policy: {} })).toMatchObject({ fault: 'sender' });
});

skipUnless('shared')('messages that Fedora signed', () => {
  interface Vector {
    msg: { topic: string; msg_id: string };
    cn: string;
    valid: boolean;
    canonical: string;
    not_before: string;
    not_after: string;
    text: string;
  }
  const read = (file: string) => readFileSync(`${sharedFolder}/corpus/${file}`, 'utf8');
  const vectors = read('signed.jsonl')
    .trim()
    .split('\n')
    .map(
      (line): Vector => ({
        ...JSON.parse(line),
        // As it stands: 1.0 has to stay 1.0.
        text: /"canonical": "(?:[^"\\]|\\.)*", "msg": (\{.*\})\}$/.exec(line)?.[1] ?? '',
      }),
    );

  test.each([
    ['2018-01-01', 'ca/ca-2012-2022.crt'],
    ['2023-01-01', 'ca/ca-2022-2122.crt'],
  ])('in %s with the authority of that time', (date, file) => {
    const at = new Date(date);
    const verifier = makeVerifier(trustIn(read(file)));
    expect(vectors.length).toBeGreaterThan(0);
    for (const { text, cn, valid, not_before, msg } of vectors) {
      const inDate = new Date(not_before) <= at;
      expect(verifier(text, at), msg.msg_id).toMatchObject({ valid: valid && inDate, cn });
      const tampered = text.replace('"topic": "org.', '"topic": "com.');
      expect(verifier(tampered, at)).toMatchObject({ fault: inDate ? 'signature' : 'date' });
    }
  });

  test('their senders are those of the inventory', () => {
    const trust = {
      ...trustIn(read('ca/ca-2022-2122.crt')),
      policy: readRoutingPolicy(read('routing-policy.json')),
    };
    const verifier = makeVerifier(trust);
    for (const { text, cn, valid } of vectors) {
      // The bridge from AMQP sent what others had sent; the inventory does not list it.
      const isListed = cn !== 'fedmsg-migration-tools.fedoraproject.org';
      expect(verifier(text, new Date('2023-01-01'))).toMatchObject({ valid: valid && isListed });
    }
  });
});
