'use client';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { Form } from '../../ui/form.tsx';
import { plural } from '../../ui/words.ts';
import type { FeedOwn } from './read-own.ts';

/** Says that something is hidden here, and undoes what was hidden just now. */
export function HiddenLine({ hidden: { count, last } }: { hidden: FeedOwn['hidden'] }) {
  const undo = useRef<HTMLButtonElement>(null);
  const known = useRef(last?.id);
  useEffect(() => {
    // What was pressed went with its entry; whoever uses the keyboard goes on here.
    if (last && last.id !== known.current && document.activeElement === document.body) undo.current?.focus();
    known.current = last?.id;
  }, [last]);
  if (count === 0) return null;
  return (
    <div
      className={`flex flex-wrap items-center gap-x-3 border-line border-b bg-warn-soft px-4 py-2 text-sm ${last ? 'sticky top-0 z-10' : ''}`}
    >
      <p role="status">
        {last
          ? sayLast(last)
          : `What you see is filtered: ${plural(count, 'thing is', 'things are')} hidden.`}
      </p>
      {last && (
        <Form action="/api/me/hidden">
          <input type="hidden" name="id" value={last.id} />
          <button
            ref={undo}
            type="submit"
            name="do"
            value="show"
            className="cursor-pointer font-semibold text-accent underline"
          >
            Undo
          </button>
        </Form>
      )}
      <Link href="/stream/hidden" prefetch={false} className="underline">
        View filters
      </Link>
    </div>
  );
}

function sayLast({ what, value }: NonNullable<FeedOwn['hidden']['last']>): string {
  if (what === 'kind') return `Hidden: everything of the kind ${value}.`;
  return what === 'hub' ? 'Hidden from your stream: a hub.' : 'Hidden: an entry.';
}
