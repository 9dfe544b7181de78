'use client';
// A button that opens a menu of links and small forms: `details`, so it works without JavaScript. With it, the menu
// closes when something in it is chosen, on Escape and when the focus or a click goes elsewhere.
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';

interface Props {
  /** What the button shows. */
  button: ReactNode;
  /** What the button is called where that is not its text. */
  label?: string;
  className?: string;
  children: ReactNode;
}

export function Menu({ button, label, className, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: Event) => {
      if (details.current?.open && !details.current.contains(event.target as Node))
        details.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);

  function closeOnEscape(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !details.current?.open) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  }

  function closeWhenLeft(event: FocusEvent) {
    const goesTo = event.relatedTarget;
    if (details.current && goesTo instanceof Node && !details.current.contains(goesTo))
      details.current.open = false;
  }

  function closeWhenChosen(event: MouseEvent) {
    if (details.current && event.target instanceof Element && event.target.closest('a'))
      details.current.open = false;
  }

  return (
    <details ref={details} onKeyDown={closeOnEscape} onBlur={closeWhenLeft} className="relative">
      <summary
        {...(label ? { 'aria-label': label } : {})}
        className={`flex list-none items-center gap-2 rounded-md [&::-webkit-details-marker]:hidden ${className ?? ''}`}
      >
        {button}
      </summary>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link pressed by key is clicked too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        onClick={closeWhenChosen}
        className="absolute right-0 z-20 mt-1 min-w-48 rounded-md border border-line bg-surface py-1 shadow-lg"
      >
        {children}
      </div>
    </details>
  );
}

/** A link or a button in a menu. */
export const menuItem =
  'block w-full cursor-pointer px-4 py-2 text-left text-sm text-text hover:bg-sunken hover:no-underline';
