import { type Gap, sayGap } from '../../ledger/read-ledger.ts';
import { sayHour } from './say-hour.ts';

const second = (ms: number) => new Date(ms).toISOString().slice(11, 19);
const looks = {
  open: 'bg-warn-soft text-warn',
  filled: 'bg-accent-soft text-accent',
  lost: 'bg-sunken text-bad',
} as const;

/** What was not heard from the bus, and whether the archive had it. */
export function Gaps({ gaps }: { gaps: Gap[] }) {
  return (
    <section aria-labelledby="gaps" className="mt-8">
      <h2 id="gaps" className="font-semibold text-lg">
        Not heard from the bus
      </h2>
      {gaps.length === 0 ? (
        <p className="mt-1 text-muted">Nothing was missed in this time.</p>
      ) : (
        <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
          {gaps.map((gap) => {
            const { why, became } = sayGap(gap);
            return (
              <li key={`${gap.fromMs} ${gap.toMs} ${gap.reason}`} className="px-4 py-2.5 text-sm">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium tabular-nums">
                    {sayHour(gap.fromMs)}
                    {second(gap.fromMs).slice(5)} to {sayHour(gap.toMs)}
                    {second(gap.toMs).slice(5)}
                  </span>
                  <span className={`rounded px-1.5 text-xs ${looks[gap.state]}`}>{gap.state}</span>
                </p>
                <p className="text-muted">
                  {why}; {became}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
