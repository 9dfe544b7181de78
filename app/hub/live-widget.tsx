'use client';
import { useRouter } from 'next/navigation';
import { type ComponentType, useEffect, useState } from 'react';
import type { Notice } from '../../bus/streams.ts';
import { noteServerTime } from '../../ui/clock.ts';
import { useLive } from '../../ui/live.tsx';
import { makeReloader } from '../../ui/reloader.ts';
import type { ViewProps } from '../../widgets/kind.ts';
import { concerns } from './concerns.ts';
import { WidgetFrame } from './frame.tsx';
import type { WidgetData } from './read-widgets.ts';

interface Props {
  id: number;
  hub: number;
  label: string;
  /** Which one of its kind on this page, from 1. */
  nth: number;
  reloadOn: Notice['what'][];
  isMerged: boolean;
  /** What the page asks of the feed, as its query. */
  query: string;
  // biome-ignore lint/suspicious/noExplicitAny: each kind's view has data of its own
  View: ComponentType<ViewProps<any, any>>;
  data: WidgetData | null;
  problem: string | null;
}

/** One widget in the browser: shows what the server rendered, and puts new content in its place when a notice comes. */
export function LiveWidget({ id, hub, label, nth, reloadOn, isMerged, query, View, ...rendered }: Props) {
  const [fetched, setFetched] = useState<WidgetData | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { listen } = useLive();
  const isUnread = rendered.problem !== null;
  const router = useRouter();

  useEffect(() => {
    const reloader = makeReloader(async (signal) => {
      const answer = await fetchWidget(`/api/hubs/${hub}/widgets/${id}${query}`, signal);
      if (signal.aborted) return false;
      if (answer.gone) router.refresh();
      if (answer.data) {
        noteServerTime(answer.data.now);
        setFetched(answer.data);
      }
      setFailure(answer.failure);
      return answer.failure === null;
    });
    const leave = listen((heard) => {
      if (concerns(heard, { id, hub, reloadOn, isMerged })) reloader.ask();
    });
    // What could not be read for the page is asked for again until it comes: no notice tells that it could be read now.
    if (isUnread) reloader.ask();
    return () => {
      leave();
      reloader.stop();
    };
  }, [id, hub, reloadOn, isMerged, isUnread, query, listen, router]);

  const data = newer(rendered.data, fetched);
  return (
    <WidgetFrame
      id={id}
      label={label}
      nth={nth}
      data={data}
      problem={failure ?? (data === fetched ? null : rendered.problem)}
    >
      {data && <View {...data} />}
    </WidgetFrame>
  );
}

const newer = (a: WidgetData | null, b: WidgetData | null): WidgetData | null =>
  a && b ? (a.now > b.now ? a : b) : (a ?? b);

interface Answer {
  data: WidgetData | null;
  failure: string | null;
  gone: boolean;
}

/** Never throws: what went wrong is a sentence. */
async function fetchWidget(address: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(address, { signal, cache: 'no-store' });
    if (response.ok) return { data: await response.json(), failure: null, gone: false };
    // Removed, or no longer for this reader: the page as a whole is out of date.
    if (response.status === 404) return { data: null, failure: null, gone: true };
    const { error } = await response.json();
    return { data: null, failure: String(error.message), gone: false };
  } catch {
    // No answer at all, or not an answer of Hubs: which of the two makes no difference to the reader.
    return { data: null, failure: 'Hubs does not answer; this is renewed when it does.', gone: false };
  }
}
