import { measureCoverage } from '../widgets/expected-values.ts';
import { explain } from './explain.ts';
import type { Output } from './output.ts';
import { Refusal } from './refusal.ts';
import { withCache } from './with-cache.ts';

export interface CoverageOptions {
  nagios?: boolean;
  /** Percent, as typed. */
  warning: string;
  critical: string;
}

/** Which share of the values that pages expect is cached; values that several widgets show count once. */
export async function showCoverage(
  out: Output,
  { nagios, warning, critical }: CoverageOptions,
): Promise<void> {
  if (nagios) return answerNagios(warning, critical);
  const { found, missing, percent } = await measure(out);
  out.answer({ found, missing, percent }, [
    `${found} cached values found, ${missing} are missing.`,
    `${percent.toFixed(2)} percent cache coverage.`,
  ]);
}

async function measure(out?: Output) {
  return withCache(async (pool, cache) => {
    let said = 'Asking PostgreSQL which values pages expect.';
    const progress = out?.progress(() => said);
    const { found, missing } = await measureCoverage(pool, cache, (probed, all) => {
      said = `${probed} of ${all} values looked for.`;
    }).finally(() => progress?.end());
    // Nothing expected is nothing missing.
    const percent = found + missing === 0 ? 100 : (100 * found) / (found + missing);
    return { found, missing, percent };
  });
}

const nagiosStates = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
/** Nagios kills a plugin after 60 s, and then says nothing of the reason. */
const NAGIOS_MS = 30_000;

/** One line with performance data, as https://nagios-plugins.org/doc/guidelines.html has it; whatever fails is UNKNOWN. */
async function answerNagios(warningText: string, criticalText: string): Promise<void> {
  const answer = (status: number, text: string) => {
    console.log(`CACHE ${nagiosStates[status]} - ${text}`);
    process.exitCode = status;
  };
  const late = setTimeout(() => {
    answer(3, `no answer within ${NAGIOS_MS / 1_000} s`);
    process.exit();
  }, NAGIOS_MS);
  try {
    const [warning, critical] = [
      readPercent('--warning', warningText),
      readPercent('--critical', criticalText),
    ];
    if (critical > warning)
      throw new Refusal('--critical is above --warning; give the lower share to --critical.');
    const { found, missing, percent } = await measure();
    const share = percent.toFixed(2);
    const status = percent < critical ? 2 : percent < warning ? 1 : 0;
    answer(
      status,
      `${share} percent cache coverage, ${found} found, ${missing} missing | coverage=${share}%;${warning}:;${critical}:;0;100 found=${found};;;0;${found + missing} missing=${missing};;;0;${found + missing}`,
    );
  } catch (error) {
    answer(3, explain(error).sentence.replaceAll(/\s*\n\s*/g, ' '));
  } finally {
    clearTimeout(late);
  }
}

function readPercent(option: string, text: string): number {
  const percent = Number(text);
  if (text.trim() === '' || !(percent >= 0 && percent <= 100))
    throw new Refusal(`${option} ${text} is no share; give a number from 0 to 100.`);
  return percent;
}
