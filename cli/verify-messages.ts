// `hubs message verify`: which envelopes of standard input are signed, and by whom.
import { InvalidArgumentError } from 'commander';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

interface Options {
  ca: string;
  crl?: string;
  policy?: string;
  at?: Date;
}

export function addVerifyCommand(group: HubsCommand): void {
  group
    .command('verify')
    .description(
      'Check the signature of each envelope (a JSON line), a JSON line {id, valid, reason, cn} each.',
    )
    .requiredOption('--ca <FILE>', 'Certificates of the trusted authorities, PEM.')
    .option('--crl <FILE>', 'Their revocation lists, PEM.')
    .option('--policy <FILE>', 'Who may send which topic, JSON.')
    .option('--at <DATE>', 'When certificates have to be valid; now if left out.', readDate)
    .answers(verifyMessages);
}

/** A date, a time (UTC unless it says otherwise), or seconds since 1970. */
function readDate(text: string): Date {
  const date = new Date(/^\d{9,}$/.test(text) ? Number(text) * 1_000 : text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('It is not a date such as 2018-01-01.');
  return date;
}

async function verifyMessages(out: Output, { ca, crl, policy, at = new Date() }: Options): Promise<void> {
  const { stripYear } = await import('../bus/fedmsg.ts');
  const { BadJson, readMembers } = await import('../bus/signatures/canonical-json.ts');
  const { loadTrust } = await import('../bus/signatures/load-trust.ts');
  const { makeVerifier } = await import('../bus/signatures/verify.ts');
  const { readLines } = await import('./read-lines.ts');
  const verify = makeVerifier(await loadTrust({ ca, crl, policy }));
  for await (const { text, number } of readLines(process.stdin)) {
    try {
      const verdict = verify(text, at);
      const members = readMembers(text);
      const id: unknown = JSON.parse(members.get('msg_id') ?? members.get('id') ?? 'null');
      const said = {
        id: typeof id === 'string' ? stripYear(id) : null,
        valid: verdict.valid,
        reason: verdict.valid ? null : verdict.reason,
        cn: verdict.cn,
      };
      out.answer(said, JSON.stringify(said));
    } catch (error) {
      if (!(error instanceof BadJson)) throw error;
      console.error(`line ${number}: is not a JSON object`);
      process.exitCode = 1;
    }
  }
}
