'use client';
import { useEffect, useState } from 'react';
import type { HubInfo } from '../../hubs/find-hub.ts';

const looks: Record<HubInfo['alertColour'], string> = {
  blue: 'border-accent bg-accent-soft text-text',
  green: 'border-good bg-good-soft text-text',
  yellow: 'border-warn bg-warn-soft text-text',
  red: 'border-bad bg-bad-soft text-text',
};

/** The hub's banner; who puts it away does not see it again in this browser until its text changes. */
export function Alert({ hub, text, colour }: { hub: number; text: string; colour: HubInfo['alertColour'] }) {
  const key = `hubs-alert-${hub}`;
  const [away, setAway] = useState(false);
  useEffect(() => setAway(localStorage.getItem(key) === text), [key, text]);
  if (away) return null;
  const putAway = () => {
    localStorage.setItem(key, text);
    setAway(true);
    // The button is gone; who uses the keyboard goes on at the page's beginning.
    document.getElementById('content')?.focus();
  };
  return (
    <section aria-label="Alert" className={`border-b-2 ${looks[colour]}`}>
      <div className="mx-auto flex max-w-6xl items-start gap-4 px-4 py-2.5">
        <p className="min-w-0 flex-1 break-words">{text}</p>
        <button
          type="button"
          onClick={putAway}
          className="cursor-pointer rounded px-2 py-0.5 text-muted text-sm noscript:hidden hover:text-text"
        >
          Put away
        </button>
      </div>
    </section>
  );
}
