'use client';
import { hubPath } from '../../hubs/find-hub.ts';
import { Button, Form } from '../../ui/form.tsx';
import { sayDay } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import { periods } from './periods.ts';
import type { StatsOwn } from './read-stats.ts';

export default function StatsView({ own, hub, now }: ViewProps<StatsOwn, null>) {
  const people =
    hub.type === 'user'
      ? { name: 'Subscribed to', count: own.subscribedTo }
      : { name: 'Members', count: own.members };
  return (
    <div className="px-4 py-3">
      <dl className="grid grid-cols-3 gap-3">
        <Counter {...people} />
        <Counter name="Subscribers" count={own.subscribers} />
        <Counter name="Messages" count={own.messages} />
      </dl>
      <p className="mt-2 text-muted text-xs">
        {own.messages === 0 && own.countedSince === null
          ? `Messages of ${periods[own.period].words}: none came yet; each is counted as it comes.`
          : `Messages of ${periods[own.period].words}`}
        {own.countedSince !== null && `, counted since ${inSentence(sayDay(own.countedSince, now, 'UTC'))}`}
      </p>
      {(own.offered.subscribe || own.offered.join) && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {own.offered.subscribe && (
            <Form action={`/api/hubs/${hub.id}/roles`}>
              <Button name="change" value="subscribe">
                Subscribe
              </Button>
            </Form>
          )}
          {own.offered.join && (
            <a
              href={`${hubPath(hub)}/join`}
              className="inline-flex items-center rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm text-text touch:min-h-11 hover:bg-sunken hover:no-underline"
            >
              Join
            </a>
          )}
        </div>
      )}
    </div>
  );
}

const inSentence = (day: string) => (/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : day);

function Counter({ name, count }: { name: string; count: number }) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-xl tabular-nums">{count.toLocaleString('en')}</dd>
    </div>
  );
}
