// The demo's own certificate authority, and fedmsg's signatures (RSA, SHA-1, over canonical JSON).
import 'reflect-metadata';
import { createPrivateKey, sign } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const DAY_MS = 86_400_000;

export interface Signer {
  /** The authority's certificate as PEM: who trusts it can verify all messages. */
  ca: string;
  /** The envelope with `crypto`, `signature` and `certificate`. */
  sign(envelope: Record<string, unknown>): Record<string, unknown>;
}

/** Makes an authority and one certificate, valid for a year from yesterday on; nothing is kept. */
export async function makeSigner(): Promise<Signer> {
  const [authority, own] = await Promise.all([makeKeys(), makeKeys()]);
  const valid = {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 365 * DAY_MS),
    signingAlgorithm: algorithm,
  };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...valid,
    serialNumber: '01',
    name: 'CN=Meadow demo bus CA, O=Meadow',
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...valid,
    serialNumber: '02',
    subject: 'CN=demo-bus01.meadow.example, O=Meadow',
    issuer: ca.subject,
    publicKey: own.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  const key = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey('pkcs8', own.privateKey)),
    format: 'der',
    type: 'pkcs8',
  });
  const certificate = wrap(Buffer.from(`${leaf.toString('pem')}\n`));
  return {
    ca: `${ca.toString('pem')}\n`,
    sign(envelope) {
      const signed = { ...envelope, crypto: 'x509' };
      return {
        ...signed,
        certificate,
        signature: wrap(sign('RSA-SHA1', Buffer.from(canonical(signed)), key)),
      };
    },
  };
}

const makeKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Base64 in lines of 76, as Python's encodestring. */
const wrap = (bytes: Buffer): string => bytes.toString('base64').replace(/.{1,76}/g, '$&\n');

/**
 * What is signed: keys sorted, no spaces, everything but ASCII escaped. The demo's keys are ASCII and its numbers
 * whole, so neither the order of code points nor the form of fractions matters here.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => `${canonical(name)}:${canonical(field)}`);
    return `{${fields.join(',')}}`;
  }
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
