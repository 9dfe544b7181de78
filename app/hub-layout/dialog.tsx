'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** Open as long as it is rendered; the focus goes back to where it came from. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      className={`m-auto max-h-[90dvh] max-w-[94vw] overflow-y-auto rounded-lg border border-line-strong bg-surface p-0 text-text shadow-lg backdrop:bg-black/50 ${wide ? 'w-[56rem]' : 'w-[32rem]'}`}
    >
      <div className="sticky top-0 z-10 flex items-center justify-between gap-4 border-line border-b bg-surface px-5 py-3">
        <h2 id={heading} className="font-semibold text-lg">
          {title}
        </h2>
        <button
          type="button"
          onClick={onClose}
          className="cursor-pointer rounded-md px-2 py-1 text-muted text-sm hover:bg-sunken"
        >
          Close
        </button>
      </div>
      <div className="px-5 py-4">{children}</div>
    </dialog>
  );
}
