// Certificate authorities of tests' own: for signed messages and for TLS. Keys are made once per file.
import 'reflect-metadata';
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { canonicalize } from '../bus/signatures/canonical-json.ts';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const DAY_MS = 86_400_000;

export interface Issued {
  pem: string;
  /** PKCS #8. */
  keyPem: string;
  key: KeyObject;
}

interface Validity {
  from?: Date;
  to?: Date;
}

export interface TestAuthority {
  pem: string;
  /** A certificate for signing and for both ends of TLS, by this name; valid from yesterday to tomorrow if not said. */
  issue(name: string, options?: Validity & { serial?: string }): Promise<Issued>;
  /** A revocation list in PEM, in force until tomorrow if not said. */
  revoke(serials: string[], nextUpdate?: Date): Promise<string>;
}

const yesterday = () => new Date(Date.now() - DAY_MS);
const tomorrow = () => new Date(Date.now() + DAY_MS);
const makeKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Makes an authority; two of the same name are told apart by their keys alone. */
export async function makeAuthority(
  name = 'Test CA',
  { from = yesterday(), to = tomorrow() }: Validity = {},
): Promise<TestAuthority> {
  const [keys, leafKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const key = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey('pkcs8', leafKeys.privateKey)),
    format: 'der',
    type: 'pkcs8',
  });
  const keyPem = String(key.export({ type: 'pkcs8', format: 'pem' }));
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}, O=Tests`,
    notBefore: from,
    notAfter: to,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const issuer = { issuer: ca.subject, signingAlgorithm: algorithm, signingKey: keys.privateKey };
  return {
    pem: `${ca.toString('pem')}\n`,
    async issue(commonName, { from = yesterday(), to = tomorrow(), serial = '02' } = {}) {
      const leaf = await x509.X509CertificateGenerator.create({
        ...issuer,
        serialNumber: serial,
        subject: `CN=${commonName}, O=Tests`,
        notBefore: from,
        notAfter: to,
        publicKey: leafKeys.publicKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.ExtendedKeyUsageExtension([
            x509.ExtendedKeyUsage.serverAuth,
            x509.ExtendedKeyUsage.clientAuth,
          ]),
          new x509.SubjectAlternativeNameExtension([
            { type: isIP(commonName) ? 'ip' : 'dns', value: commonName },
          ]),
        ],
      });
      return { pem: `${leaf.toString('pem')}\n`, key, keyPem };
    },
    async revoke(serials, nextUpdate = tomorrow()) {
      const list = await x509.X509CrlGenerator.create({
        ...issuer,
        thisUpdate: from,
        nextUpdate,
        entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: from })),
      });
      return `${list.toString('pem').replaceAll(' CRL-', ' X509 CRL-')}\n`;
    },
  };
}

/** The envelope as fedmsg signs it. */
export function signEnvelope<T extends object>(envelope: T, { pem, key }: Issued) {
  const signed = { ...envelope, crypto: 'x509' };
  return {
    ...signed,
    signature: wrap(sign('RSA-SHA1', Buffer.from(canonicalize(JSON.stringify(signed))), key)),
    certificate: wrap(Buffer.from(pem)),
  };
}

/** Base64 in lines of 76, as Python's encodestring. */
const wrap = (bytes: Buffer): string => bytes.toString('base64').replace(/.{1,76}/g, '$&\n');
