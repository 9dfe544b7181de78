// Whom the bus trusts: certificate authorities, what they revoked, and who may send what.
import { X509Certificate } from 'node:crypto';

/** Whether the certificate with this common name may sign messages of this topic. */
export type RoutingPolicy = (topic: string, commonName: string) => boolean;

export interface Trust {
  authorities: X509Certificate[];
  /** Where there are any, a certificate must be on none of them, and its authority must have one that is in force. */
  revocations?: Revocations[];
  policy?: RoutingPolicy;
}

/** A revocation list (CRL) whose signature was checked. */
export interface Revocations {
  authority: X509Certificate;
  /** From then on it says nothing any more. */
  nextUpdate: Date | undefined;
  serials: Set<bigint>;
}

/** A file of the trust is not what it should be; the message completes the sentence "<file> …". */
export class BadTrust extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BadTrust';
  }
}

export const readSerial = (hexadecimal: string): bigint => BigInt(`0x${hexadecimal}`);

/**
 * Reads one or more certificates of authorities in PEM.
 * @throws {BadTrust}
 */
export function readAuthorities(pem: string): X509Certificate[] {
  const certificates = splitPem(pem, 'CERTIFICATE').map((one) => {
    try {
      return new X509Certificate(one);
    } catch (cause) {
      throw new BadTrust('has a certificate that is broken', { cause });
    }
  });
  if (certificates.length === 0) throw new BadTrust('has no certificate in PEM');
  return certificates;
}

/**
 * Reads one or more revocation lists in PEM, each signed by one of the authorities.
 * @throws {BadTrust}
 */
export async function readRevocations(pem: string, authorities: X509Certificate[]): Promise<Revocations[]> {
  const lists = splitPem(pem, 'X509 CRL');
  if (lists.length === 0) throw new BadTrust('has no revocation list in PEM');
  return Promise.all(lists.map((one) => readList(one, authorities)));
}

async function readList(pem: string, authorities: X509Certificate[]): Promise<Revocations> {
  // Large, and needed by those alone who have a list.
  await import('reflect-metadata');
  const { X509Certificate: Certificate, X509Crl } = await import('@peculiar/x509');
  try {
    const list = new X509Crl(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));
    for (const authority of authorities) {
      const signer = new Certificate(authority.raw);
      if (signer.subject !== list.issuer || !(await list.verify({ publicKey: signer }))) continue;
      const serials = new Set(list.entries.map(({ serialNumber }) => readSerial(serialNumber)));
      return { authority, nextUpdate: list.nextUpdate, serials };
    }
  } catch (cause) {
    throw new BadTrust('has a revocation list that is broken', { cause });
  }
  throw new BadTrust('has a revocation list that none of the authorities signed');
}

const splitPem = (text: string, label: string): string[] =>
  text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g')) ?? [];
