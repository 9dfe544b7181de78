// Whether a message is signed as its environment wants it.
import type { Message } from '../bus/message.ts';
import { BadJson } from '../bus/signatures/canonical-json.ts';
import { keepTrust } from '../bus/signatures/load-trust.ts';
import { BadTrust } from '../bus/signatures/trust.ts';
import type { SignatureFault, Verdict } from '../bus/signatures/verify.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';

export type CheckResult = { message: Message } | { dropped: SignatureFault; sentence: string };

export interface SignatureCheck {
  /** The message, with its signer if it has one; or the fault it is dropped for. Null: stopped before it could tell. */
  check(read: { message: Message; envelope?: string }): Promise<CheckResult | null>;
  wrong(): string[];
  stop(): void;
}

/** Messages without an envelope came by a source that is trusted as a whole. */
export function openSignatureCheck(settings: Settings, log: Log): SignatureCheck {
  const { BUS_CA, BUS_CRL, BUS_ROUTING_POLICY, BUS_TRUST_REFRESH_MS, BUS_ENDPOINTS } = settings;
  if (!BUS_CA) {
    if (BUS_ENDPOINTS.length > 0) log.warn('signatures are not checked: BUS_CA is not set');
    return { check: async (read) => read, wrong: () => [], stop: () => undefined };
  }
  const policies = new Map(Object.entries(settings.BUS_SIGNATURES ?? {}));
  const trust = keepTrust(
    { ca: BUS_CA, crl: BUS_CRL, policy: BUS_ROUTING_POLICY },
    { refreshMs: BUS_TRUST_REFRESH_MS, log },
  );

  async function verify(envelope: string): Promise<Verdict | null> {
    try {
      return await trust.verify(envelope);
    } catch (error) {
      if (error instanceof BadTrust) return null;
      if (!(error instanceof BadJson)) throw error;
      // JSON.parse has read it: it is only deeper than Python would go.
      return { valid: false, fault: 'fields', reason: error.message, cn: null };
    }
  }

  return {
    async check({ message, envelope }) {
      const policy = policies.get(message.environment) ?? policies.get('*') ?? 'require';
      if (envelope === undefined || policy === 'ignore') return { message };
      const verdict = await verify(envelope);
      if (verdict === null) return null;
      if (verdict.valid) return { message: { ...message, signer: verdict.cn } };
      if (verdict.fault === 'unsigned' && policy === 'prefer') return { message };
      return { dropped: verdict.fault, sentence: verdict.reason };
    },
    wrong: () => trust.wrong(),
    stop: () => trust.stop(),
  };
}
