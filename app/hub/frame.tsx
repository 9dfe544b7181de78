'use client';
// The frame around every widget: its name, and how old what it shows is and where that came from.
import type { ReactNode } from 'react';
import { Age, Until } from '../../ui/age.tsx';
import { useLive } from '../../ui/live.tsx';
import type { Loaded } from '../../widgets/kind.ts';
import type { WidgetData } from './read-widgets.ts';

interface Props {
  id: number;
  label: string;
  /** Which one of its kind on this page, from 1: those who hear the page tell them apart by it. */
  nth: number;
  data: WidgetData | null;
  problem: string | null;
  children: ReactNode;
}

export function WidgetFrame({ id, label, nth, data, problem, children }: Props) {
  const heading = `widget-${id}`;
  const waits = data?.loaded && !data.loaded.value;
  return (
    <section
      aria-labelledby={heading}
      data-widget={data?.kind}
      className="min-w-0 rounded-lg border border-line bg-surface shadow-card"
    >
      <h2 id={heading} className="border-line border-b px-4 py-2.5 font-semibold text-sm">
        {label}
        {nth > 1 && <span className="sr-only"> {nth}</span>}
      </h2>
      {waits ? <Waiting loaded={data.loaded ?? {}} now={data.now} /> : children}
      {problem && <p className="px-4 py-3 text-sm text-warn">{problem}</p>}
      {data && !waits && <Origin data={data} />}
    </section>
  );
}

/** Nothing was ever loaded: either it is on its way, or it can be said why it is not. */
function Waiting({ loaded: { failure }, now }: { loaded: Loaded; now: number }) {
  if (!failure || failure.retryAt !== undefined) {
    return (
      <div className="px-4 py-4" aria-busy="true">
        <p className="text-muted text-sm">
          {failure ? (
            <>
              {failure.sentence} Tried again <Until time={failure.retryAt ?? now} now={now} />.
            </>
          ) : (
            'Being fetched; it appears here by itself.'
          )}
        </p>
        <div aria-hidden="true" className="mt-3 grid animate-pulse gap-2.5">
          <span className="h-3 w-4/5 rounded bg-sunken" />
          <span className="h-3 w-3/5 rounded bg-sunken" />
          <span className="h-3 w-2/3 rounded bg-sunken" />
        </div>
      </div>
    );
  }
  return (
    <p className="px-4 py-4 text-sm text-warn">
      {failure.sentence} It is asked again when somebody looks here later.
    </p>
  );
}

/** "From discussion.example.org, 3 min ago", and why nothing newer came. */
function Origin({ data }: { data: WidgetData }) {
  const { state } = useLive();
  const { loaded, now } = data;
  const failure = loaded?.failure;
  return (
    <footer className="border-line border-t px-4 py-2 text-muted text-xs">
      {loaded?.value ? (
        <p>
          From <a href={loaded.value.source.href}>{loaded.value.source.name}</a>,{' '}
          <Age time={loaded.value.asOf} now={now} />
        </p>
      ) : (
        <p>From Hubs, {state === 'live' ? 'live' : <Age time={now} now={now} />}</p>
      )}
      {failure && (
        <p className="mt-0.5 text-warn">
          {failure.sentence} Still shown: what came before.{' '}
          {failure.retryAt === undefined ? (
            'It is asked again when somebody looks here later.'
          ) : (
            <>
              Tried again <Until time={failure.retryAt} now={now} />.
            </>
          )}
        </p>
      )}
    </footer>
  );
}
