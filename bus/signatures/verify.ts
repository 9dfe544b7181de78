// fedmsg's signatures: RSA with SHA-1 over the canonical JSON of the envelope, by a certificate that the message carries.
import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { joinMembers, readMembers } from './canonical-json.ts';
import { readSerial, type Trust } from './trust.ts';

export const signatureFaults = [
  ...([
    'unsigned',
    'method',
    'fields',
    'certificate',
    'authority',
    'date',
    'revoked',
    'revocations',
  ] as const),
  ...(['signature', 'sender'] as const),
] as const;
export type SignatureFault = (typeof signatureFaults)[number];

/** `reason` completes the sentence "the message …"; `cn` is the common name of the certificate, where it has one. */
export type Verdict =
  | { valid: true; cn: string }
  | { valid: false; fault: SignatureFault; reason: string; cn: string | null };

/** @throws {BadJson} when the text is no JSON object */
export type Verifier = (envelope: string, at: Date) => Verdict;

interface Signer {
  cn: string;
  key: KeyObject;
  serial: bigint;
  validFrom: Date;
  validTo: Date;
  /** Those who signed the certificate; none when nobody trusted did. */
  authorities: X509Certificate[];
}

/** Certificates repeat: all messages of a host have one. Whoever sends more of them than that costs time, not memory. */
const KEPT_SIGNERS = 1_000;

/**
 * Makes the function that checks envelopes: JSON texts, as they came over the wire or as rows of the archive (v1), whose
 * additions are taken out first.
 *
 * It checks in fedmsg's order: method, fields, certificate (authority, dates, revocation), signature, sender.
 */
export function makeVerifier(trust: Trust): Verifier {
  const signers = new Map<string, Signer | null>();

  function signerOf(certificate: string): Signer | null {
    const known = signers.get(certificate);
    if (known !== undefined) return known;
    if (signers.size >= KEPT_SIGNERS) signers.clear();
    const signer = readSigner(certificate, trust.authorities);
    signers.set(certificate, signer);
    return signer;
  }

  return (envelope, at) => {
    const members = readMembers(envelope);
    const read = (key: string): unknown => JSON.parse(members.get(key) ?? 'null');
    const [method, certificate, signature, topic] = ['crypto', 'certificate', 'signature', 'topic'].map(read);
    if (method === null && certificate === null && signature === null) {
      return fault('unsigned', 'is not signed');
    }
    if (method !== 'x509' && (method !== null || certificate === null)) {
      return fault('method', `is signed by the method ${method ?? 'gpg'}; x509 is checked alone`);
    }
    if (typeof certificate !== 'string' || typeof signature !== 'string') {
      return fault('fields', 'lacks its signature or its certificate');
    }
    const signer = signerOf(certificate);
    if (!signer) return fault('certificate', 'has a certificate that is broken');
    const { cn, key } = signer;
    const wrong = checkCertificate(signer, trust, at);
    if (wrong) return { ...wrong, cn };
    const signed = Buffer.from(signedText(members));
    if (!verify('RSA-SHA1', signed, key, Buffer.from(signature, 'base64')))
      return fault('signature', 'has a signature that does not fit its content', cn);
    if (trust.policy && (typeof topic !== 'string' || !trust.policy(topic, cn)))
      return fault('sender', `has a topic that ${cn} may not send`, cn);
    return { valid: true, cn };
  };
}

const fault = (code: SignatureFault, reason: string, cn: string | null = null) =>
  ({ valid: false, fault: code, reason, cn }) as const;

/** Everything but signature and certificate, and without what the archive added. */
function signedText(members: Map<string, string>): string {
  const signed = new Map(members);
  signed.delete('signature');
  signed.delete('certificate');
  if (signed.has('source_name') && signed.has('source_version')) {
    signed.delete('source_name');
    signed.delete('source_version');
    if (['null', '{}'].includes(signed.get('headers') ?? '')) signed.delete('headers');
    const timestamp = signed.get('timestamp');
    if (timestamp !== undefined) signed.set('timestamp', String(Math.trunc(Number(timestamp))));
  }
  return joinMembers(signed);
}

/** What the envelope carries: the certificate's PEM, in base64 once more. */
function readSigner(encoded: string, authorities: X509Certificate[]): Signer | null {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(encoded, 'base64'));
  } catch {
    return null;
  }
  const { CN } = certificate.toLegacyObject().subject;
  const cn: unknown = Array.isArray(CN) ? CN[0] : CN;
  const key = certificate.publicKey;
  if (typeof cn !== 'string' || key.asymmetricKeyType !== 'rsa') return null;
  return {
    cn,
    key,
    serial: readSerial(certificate.serialNumber),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
    authorities: authorities.filter(
      (one) => one.ca && one.subject === certificate.issuer && certificate.verify(one.publicKey),
    ),
  };
}

function checkCertificate(signer: Signer, { revocations }: Trust, at: Date) {
  const { authorities, cn, serial, validFrom, validTo } = signer;
  if (authorities.length === 0)
    return fault('authority', `has a certificate (${cn}) of no trusted authority`);
  if (at < validFrom)
    return fault('date', `has a certificate (${cn}) that is valid from ${day(validFrom)} on`);
  if (at > validTo) return fault('date', `has a certificate (${cn}) that ran out on ${day(validTo)}`);
  const inForce = authorities.filter((one) => at >= one.validFromDate && at <= one.validToDate);
  if (inForce.length === 0)
    return fault('date', `has a certificate (${cn}) whose authority's is out of date`);
  if (!revocations) return null;
  const lists = revocations.filter(({ authority }) =>
    authorities.some((one) => one.fingerprint256 === authority.fingerprint256),
  );
  if (lists.some(({ serials }) => serials.has(serial)))
    return fault('revoked', `has a certificate (${cn}) that was revoked`);
  if (!lists.some(({ nextUpdate }) => !nextUpdate || at <= nextUpdate))
    return fault('revocations', `has a certificate (${cn}) without a revocation list in force`);
  return null;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
