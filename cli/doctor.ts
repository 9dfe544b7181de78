// `hubs doctor`: what is wrong with the installation, why it matters, what to do.
import { styleText } from 'node:util';
import { InvalidArgumentError } from 'commander';
import type { Finding } from './doctor/examine.ts';
import { exitStatus } from './exit-status.ts';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addDoctorCommand(program: HubsCommand): void {
  program
    .command('doctor')
    .description('Look at all that Hubs stands on; say what is wrong, why it matters and what to do.')
    .option('--processes <N>', 'As many are meant to run; those that run now if left out.', readCount)
    .example('doctor', 'doctor --quiet', 'doctor --processes 11')
    .answers(examineInstallation);
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It is not a number of processes.');
  return count;
}

async function examineInstallation(out: Output, { processes }: { processes?: number }): Promise<void> {
  const findings = await findAll(out, processes);
  const wrong = findings.filter(({ state }) => state === 'wrong');
  const summary = wrong.length > 0 ? `${wrong.length} of ${findings.length} are wrong.` : 'All is fine.';
  out.answer(findings, [...findings.flatMap(describe), summary], wrong.flatMap(describe));
  if (wrong.length > 0) process.exitCode = exitStatus.wrong;
}

async function findAll(out: Output, processes: number | undefined): Promise<Finding[]> {
  const { readSettings, SettingsError } = await import('../settings/settings.ts');
  try {
    const settings = readSettings();
    const { examine } = await import('./doctor/examine.ts');
    let name = '';
    const progress = out.progress(() => `Looking at ${name} …`);
    const findings = await examine({ settings, ...(processes ? { processes } : {}) }, (check) => {
      name = check;
    }).finally(progress.end);
    return [{ check: 'settings', state: 'fine', what: 'all can be read' }, ...findings];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map((problem) => ({
      check: 'settings',
      state: 'wrong' as const,
      what: `${problem}.`,
      why: 'No process starts with a wrong setting.',
      remedy: 'Correct it; .env.example says what each may be.',
    }));
  }
}

const colours = { fine: 'green', wrong: 'red', skipped: 'yellow' } as const;
const NAME_WIDTH = 'postgresql version'.length;

/** Colours only where a terminal shows them, and never with NO_COLOR. */
function describe({ check, state, what, why, remedy }: Finding): string[] {
  const mark = styleText(colours[state], state.padEnd('skipped'.length), { stream: process.stdout });
  return [
    `${mark}  ${check.padEnd(NAME_WIDTH)}  ${what}`,
    ...(why ? [`         Why: ${why}`] : []),
    ...(remedy ? [`         Do:  ${remedy}`] : []),
  ];
}
