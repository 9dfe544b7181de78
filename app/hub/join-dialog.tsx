'use client';
// The link to the join page; with JavaScript what stands there opens here.
import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, useId, useRef } from 'react';
import { Form } from '../../ui/form.tsx';
import { useAnnounce } from '../../ui/keep-place.tsx';

interface Props {
  /** The join page. */
  href: string;
  title: string;
  label: ReactNode;
  action: string;
  children: ReactNode;
}

export function JoinDialog({ href, title, label, action, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const router = useRouter();
  const announce = useAnnounce();

  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.current?.showModal();
  };

  return (
    <>
      <a
        href={href}
        onClick={open}
        className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-md border border-accent bg-surface px-3 py-1.5 font-medium text-accent text-sm touch:min-h-11 hover:no-underline"
      >
        {label}
      </a>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        className="m-auto w-[34rem] max-w-[92vw] rounded-lg border border-line-strong bg-surface p-0 text-left text-text shadow-lg backdrop:bg-black/50"
      >
        <div className="flex items-center justify-between gap-4 border-line border-b px-5 py-3">
          <h2 id={heading} className="font-semibold text-lg">
            {title}
          </h2>
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            className="cursor-pointer rounded-md px-2 py-1 text-muted text-sm hover:bg-sunken"
          >
            Close
          </button>
        </div>
        <Form
          action={action}
          className="px-5 py-4"
          onDone={({ said }) => {
            dialog.current?.close();
            announce(said ?? '');
            router.refresh();
          }}
        >
          {children}
        </Form>
      </dialog>
    </>
  );
}
