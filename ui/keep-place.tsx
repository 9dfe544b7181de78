'use client';
// Buttons that turn into others when pressed keep the focus, so that nobody who uses the keyboard loses their place.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';

const AnnounceContext = createContext<(words: string) => void>(() => undefined);

/** Says something once, also when the form it came from is gone. */
export const useAnnounce = () => useContext(AnnounceContext);

interface Props {
  /** The address's fragment that leads here. */
  id: string;
  /** What the buttons stand for now. */
  state: string;
  className?: string;
  children: ReactNode;
}

const focusable = 'summary, button, a[href]';

export function KeepPlace({ id, state, className, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  const last = useRef(state);
  const [words, setWords] = useState('');

  useEffect(() => {
    const arrived = window.location.hash === `#${id}`;
    if (!arrived && !(sent.current && last.current !== state)) return;
    last.current = state;
    sent.current = false;
    const elsewhere =
      document.activeElement !== document.body && !box.current?.contains(document.activeElement);
    if (elsewhere && !arrived) return;
    box.current?.querySelector<HTMLElement>(focusable)?.focus();
    // Once: a page that is loaded again leaves the reader where they were.
    if (arrived)
      window.history.replaceState(
        window.history.state,
        '',
        window.location.pathname + window.location.search,
      );
  }, [id, state]);

  return (
    <AnnounceContext value={setWords}>
      <div
        ref={box}
        id={id}
        className={className}
        onSubmit={() => {
          sent.current = true;
          last.current = state;
          setWords('');
        }}
      >
        {children}
        <p role="status" className="sr-only">
          {words}
        </p>
      </div>
    </AnnounceContext>
  );
}
