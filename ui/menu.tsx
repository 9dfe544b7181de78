'use client';
// A menu button that works without JavaScript; with it, Escape, a press or the focus elsewhere and a chosen link close it.
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';

interface Props {
  /** What the button says; it never changes while one points at it. */
  label: ReactNode;
  look?: keyof typeof looks;
  children: ReactNode;
}

const looks = {
  plain: 'border-line-strong bg-surface text-text touch:min-h-11',
  strong: 'border-accent bg-accent text-surface touch:min-h-11',
  /** Of the header: links and buttons, one below the other. */
  bare: 'min-h-8 min-w-8 justify-center border-transparent px-1.5! py-0.5! hover:bg-sunken',
  /** Among links. */
  link: 'border-0! px-0! py-0! font-normal! leading-6 text-accent hover:underline',
};

const list = 'right-0 min-w-48 py-1';
const form = 'inset-x-0 p-3 sm:left-auto sm:w-72';
const panels = { plain: form, strong: form, bare: list, link: list };

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

  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (menu.current && relatedTarget && !menu.current.contains(relatedTarget)) menu.current.open = false;
  };

  // The header stays from page to page, so its menu would too.
  const onClick = (event: MouseEvent) => {
    if (menu.current && event.target instanceof Element && event.target.closest('a'))
      menu.current.open = false;
  };

  return (
    <details
      ref={menu}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onClick={onClick}
      className={`group ${look === 'bare' ? 'relative' : 'sm:relative'}`}
    >
      <summary
        className={`inline-flex list-none items-center gap-1.5 whitespace-nowrap rounded-md border px-3 py-1.5 font-medium text-sm [&::-webkit-details-marker]:hidden ${looks[look]}`}
      >
        {label}
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-2.5 group-open:rotate-180">
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </summary>
      <div
        className={`absolute z-20 mt-1 rounded-md border border-line-strong bg-surface text-sm shadow-lg ${panels[look]}`}
      >
        {children}
      </div>
    </details>
  );
}
