// `hubs ledger`: what became of the bus's messages, by hour and service, and what Hubs missed of them.
import { InvalidArgumentError } from 'commander';
import type { Ledger } from '../ledger/read-ledger.ts';
import type { StreamLengths } from '../ledger/stream-lengths.ts';
import type { Pool } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Options {
  since?: number;
  service?: string;
  byService?: boolean;
  check?: boolean;
}

const DAY_MS = 86_400_000;

export function addLedgerCommand(program: HubsCommand): void {
  program
    .command('ledger')
    .description("Show what became of the bus's messages, hour by hour, and what was missed.")
    .option(
      '--since <TIME>',
      'From then on: 90m, 24h or 7d ago, or a date such as 2026-11-28T10:00Z; a day if left out.',
      readSince,
    )
    .option('--service <NAME>', 'Of one service only, such as bodhi.')
    .option('--by-service', 'A line for each service in each hour.')
    .option('--check', 'First compare the past hours with the archive (ARCHIVE_URL).')
    .answers(showLedger);
}

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: DAY_MS };

function readSince(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : Date.now() - Number(count) * (units[unit] ?? 0);
  if (Number.isNaN(time))
    throw new InvalidArgumentError(
      'It is neither like 90m, 24h or 7d, nor a date such as 2026-11-28T10:00Z.',
    );
  return time;
}

async function showLedger(
  out: Output,
  { since, service, byService = false, check = false }: Options,
): Promise<void> {
  const { readLedger } = await import('../ledger/read-ledger.ts');
  const { readStreamLengths } = await import('../ledger/stream-lengths.ts');
  const { sayLedger } = await import('./say-ledger.ts');
  await withDatabase(async ({ settings, pool }) => {
    if (check) await compare(out, settings, pool);
    const asked = { sinceMs: since ?? Date.now() - DAY_MS, service: service ?? null };
    const [ledger, lengths] = await Promise.all([
      readLedger(pool, asked),
      readStreamLengths(settings.REDIS_URL),
    ]);
    out.answer(
      toJson(ledger, lengths),
      sayLedger(ledger, lengths, { byService, nowMs: Date.now() }).split('\n'),
    );
  });
}

async function compare(out: Output, settings: Settings, pool: Pool): Promise<void> {
  const { pino } = await import('pino');
  const { checkLedger } = await import('../ledger/check.ts');
  const { Refusal } = await import('./refusal.ts');
  if (!settings.ARCHIVE_URL)
    throw new Refusal('There is no archive to compare with; set ARCHIVE_URL to a datagrepper.');
  const progress = out.progress(() => 'Asking the archive how many messages it has of each hour …');
  // What it finds stands in the ledger, which is shown.
  await checkLedger({ settings, log: pino({ level: 'silent' }), pool }).finally(progress.end);
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function toJson({ rows, gaps, checks, ...position }: Ledger, streams: StreamLengths | null): unknown {
  return {
    since: iso(position.sinceMs),
    heard: iso(position.heardMs),
    watermark: iso(position.watermarkMs),
    streams,
    hours: rows.map(({ hourMs, service, counts }) => ({ hour: iso(hourMs), service, ...counts })),
    gaps: gaps.map(({ fromMs, toMs, ...gap }) => ({ from: iso(fromMs), to: iso(toMs), ...gap })),
    checks: checks.map(({ hourMs, checkedMs, ...check }) => ({
      hour: iso(hourMs),
      ...check,
      checked: iso(checkedMs),
    })),
  };
}
