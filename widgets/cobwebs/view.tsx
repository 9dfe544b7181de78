'use client';
import { Age } from '../../ui/age.tsx';
import type { ViewProps } from '../kind.ts';
import type { CobwebsOwn } from './read-cobwebs.ts';

const advice = {
  archived: {
    visitor: 'Its pages stay as they were. Who wants to go on with its work can ask its owners to wake it.',
    member: 'Its pages stay as they were. Ask an owner to wake it where the work goes on.',
    owner:
      'It is read-only and out of navigation. To wake it, take it out of the archive in the hub’s settings, under Other.',
  },
  idle: {
    visitor: 'It may be asleep, or work where Hubs does not look.',
    member: 'Anything the team does where Hubs looks wakes it.',
    owner:
      'Anything the team does where Hubs looks wakes it: see in the hub’s settings, under Development, whether its projects and packages are named. If the work is done, archive it under Other.',
  },
} as const;

const ask = {
  visitor: 'A word to the team tells:',
  member: 'Ask the others what comes next:',
  owner: 'Ask the others what comes next:',
} as const;

export default function CobwebsView({ own, now }: ViewProps<CobwebsOwn, null>) {
  if (own.state === 'active') {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        No cobwebs: this appears when nothing happened for a month.
      </p>
    );
  }
  const { state, since, never, mailingList, chatUrl } = own;
  const isAskable = state === 'idle' && (mailingList || chatUrl);
  return (
    <div className="flex gap-4 px-4 py-3">
      <Cobweb />
      <div className="min-w-0">
        <p className="font-medium">
          {state === 'archived'
            ? 'This team was archived '
            : never
              ? 'Nothing has happened here since it was made '
              : 'It has been quiet here: the last thing happened '}
          <Age time={since} now={now} />.
        </p>
        <p className="mt-1 text-muted text-sm">
          {advice[state][own.as]}
          {isAskable && ` ${ask[own.as]}`}
        </p>
        {isAskable && (
          <ul className="mt-1 flex flex-wrap gap-x-4 text-sm">
            {mailingList && (
              <li>
                <a href={`mailto:${mailingList}`} className="break-all">
                  {mailingList}
                </a>
              </li>
            )}
            {chatUrl && (
              <li>
                <a href={chatUrl}>Open chat</a>
              </li>
            )}
          </ul>
        )}
      </div>
    </div>
  );
}

const Cobweb = () => (
  <svg
    viewBox="0 0 40 40"
    aria-hidden="true"
    className="size-10 shrink-0 text-line-strong"
    fill="none"
    stroke="currentColor"
  >
    <path d="M1 1v38M1 1l17 34M1 1l30 27M1 1l36 14M1 1h38" />
    <path d="M1 12q5-1 6 1 1-5 5-3 0-5 4-4 0-4 2-5M1 24q8-2 9 2 2-9 9-7 0-8 7-8 0-6 4-10M1 35q11-2 15-3 4-8 10-9 2-7 8-10 1-8 3-12" />
  </svg>
);
