'use client';
// A menu button that works without JavaScript; with it, Escape and a press elsewhere close it.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

interface Props {
  /** What the button says; it never changes while one points at it. */
  label: ReactNode;
  look?: 'plain' | 'strong';
  children: ReactNode;
}

const looks = {
  plain: 'border-line-strong bg-surface text-text',
  strong: 'border-accent bg-accent text-surface',
};

export function Menu({ label, look = 'plain', children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: PointerEvent) => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };

  return (
    <details ref={menu} onKeyDown={onKeyDown} className="group sm:relative">
      <summary
        className={`inline-flex list-none items-center gap-1.5 whitespace-nowrap rounded-md border px-3 py-1.5 font-medium text-sm [&::-webkit-details-marker]:hidden ${looks[look]}`}
      >
        {label}
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-2.5 group-open:rotate-180">
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </summary>
      <div className="absolute inset-x-0 z-20 mt-1 sm:w-72 sm:inset-x-auto rounded-md border border-line-strong bg-surface p-3 text-sm shadow-lg sm:right-0">
        {children}
      </div>
    </details>
  );
}
