// What became of a team, for people and as JSON.
import type { Followed } from '../hubs/follow-group.ts';
import type { TeamResult } from '../hubs/sync-teams.ts';

type Problem = Exclude<TeamResult, Followed>;

export const isProblem = (result: TeamResult): result is Problem => 'sentence' in result;

const words: Record<Followed['outcome'], string> = {
  made: 'made',
  adopted: 'tied to its group',
  changed: 'brought up to date',
  unchanged: 'up to date',
};
const wouldBe: Record<Followed['outcome'], string> = {
  made: 'would be made',
  adopted: 'would be tied to its group',
  changed: 'would change',
  unchanged: 'up to date',
};

/** One line for a team, and for a sync the changes below it. */
export function sayDone(
  result: Followed,
  address: string | null,
  { dryRun = false, how }: { dryRun?: boolean; how: string },
): string[] {
  const { name, outcome, plan } = result;
  const head = `${name}: ${(dryRun ? wouldBe : words)[outcome]}${address && how !== 'sync' ? `, ${address}` : ''}`;
  const strangers = plan.strangers.map(
    (username) => `  ! ${username} is left out: somebody else goes by that name here, or it can be no name`,
  );
  if (outcome !== 'changed' && !(dryRun && outcome !== 'unchanged')) return [head, ...strangers];
  return [
    head,
    ...plan.given.map((role) => `  + ${role.name} ${role.username}`),
    ...plan.taken.map((role) => `  - ${role.name} ${role.username}`),
    ...Object.entries(plan.settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
    ...strangers,
  ];
}

export const sayProblem = ({ name, outcome, sentence }: Problem): string =>
  outcome === 'refused' ? sentence : `${name}: ${outcome}. ${sentence}`;

/** Fields of the JSON: name, outcome, and address and changes, or sentence and retry. */
export function toJson(result: TeamResult, address: string | null): object {
  if (isProblem(result)) {
    const { name, outcome, sentence, retry } = result;
    return { name, outcome, sentence, retry };
  }
  const { settings, given, taken, strangers } = result.plan;
  return {
    name: result.name,
    outcome: result.outcome,
    address,
    changes: { settings, given, taken, strangers },
  };
}
