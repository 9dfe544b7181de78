'use client';
// A form that works without JavaScript; with it, it is sent in the background and the reader keeps their place.
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { createContext, type FormEvent, type ReactNode, useContext, useId, useRef, useState } from 'react';

export interface Given {
  fields: Record<string, string | string[]>;
  errors: Record<string, string>;
}

interface State {
  given: Given | null;
  errors: Record<string, string>;
  busy: boolean;
}

/** The form that came back with the page (a browser without JavaScript), whichever of its forms that is. */
const BackContext = createContext<(Given & { action: string }) | null>(null);

/** Gives a form somewhere within back what was typed into it. */
export function GivenBack({
  back,
  children,
}: {
  back: (Given & { action: string }) | null;
  children: ReactNode;
}) {
  return <BackContext value={back}>{children}</BackContext>;
}

/** Whether the form that posts there came back: what it is folded into must be open then. */
export const useGivenBack = (action: string): boolean => useContext(BackContext)?.action === action;

const FormContext = createContext<State>({ given: null, errors: {}, busy: false });

interface Props {
  /** Where it posts to; the route is made by app/forms/form-route.ts. */
  action: string;
  /** What came back to this form: what was typed and what is wrong with it. */
  given?: Given | null;
  /** What to do when it went through, besides showing the page anew; it gets what was sent, too. */
  onDone?: (done: { said?: string; to?: string }, sent: FormData) => void;
  /** Empties the form when it went through. */
  resets?: boolean;
  /** Shows what was done to all, until something is changed: for forms after which the page looks as before. */
  confirms?: boolean;
  className?: string;
  children: ReactNode;
}

/** Posts to `action`; errors stand at their fields, the first of them gets the focus, and success is announced. */
export function Form({
  action,
  given: asked = null,
  onDone,
  resets,
  confirms = false,
  className,
  children,
}: Props) {
  const back = useContext(BackContext);
  const given = asked ?? (back?.action === action ? back : null);
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const page = `${usePathname()}${useQuery()}`;
  const [errors, setErrors] = useState(given?.errors ?? {});
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy || !form.current) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const body = new FormData(form.current, submitter);
    setBusy(true);
    const answer = await postForm(action, body);
    setBusy(false);
    if ('signIn' in answer) return window.location.assign(answer.signIn);
    setErrors(answer.errors);
    setSaid(answer.said);
    // What the page knows is old: what nobody typed into becomes what is there now, and saving again is possible.
    if (answer.isStale) router.refresh();
    if (Object.keys(answer.errors).length > 0) return focusFirst(form.current, answer.errors);
    if (resets) form.current.reset();
    onDone?.(answer, body);
    if (answer.to) router.push(answer.to);
    else router.refresh();
  }

  return (
    <FormContext value={{ given, errors, busy }}>
      <form
        ref={form}
        action={action}
        method="post"
        onSubmit={send}
        onInput={confirms ? () => setSaid('') : undefined}
        className={className}
        aria-busy={busy}
      >
        <input type="hidden" name="_page" value={page} />
        {errors[''] && (
          <p
            role="alert"
            tabIndex={-1}
            data-error=""
            className="mb-3 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn"
          >
            {errors['']}
          </p>
        )}
        {children}
        <p role="status" className={confirms && said ? 'mt-3 text-good text-sm' : 'sr-only'}>
          {said}
        </p>
      </form>
    </FormContext>
  );
}

/** The query without the draft that was given back before. */
function useQuery(): string {
  const query = new URLSearchParams(useSearchParams());
  query.delete('draft');
  const text = query.toString();
  return text ? `?${text}` : '';
}

type Answer =
  | { errors: Record<string, string>; said: string; to?: string; isStale?: boolean }
  | { signIn: string };

/** Sends a form's fields in the background. Never throws: what went wrong is among the errors. */
export async function postForm(action: string, body: FormData): Promise<Answer> {
  try {
    const response = await fetch(action, { method: 'POST', body, headers: { accept: 'application/json' } });
    const json = await response.json();
    if (response.ok) return { errors: {}, said: json.said ?? '', ...(json.to ? { to: json.to } : {}) };
    if (response.status === 401) return { signIn: json.error.signIn };
    const fields: Record<string, string> = json.error.fields ?? {};
    const errors = Object.keys(fields).length > 0 ? fields : { '': json.error.message };
    return { errors, said: '', isStale: response.status === 409 };
  } catch {
    // No answer, or none of Hubs': what was typed still stands in the form.
    return {
      errors: { '': 'Hubs does not answer. What you typed is still here; try again in a moment.' },
      said: '',
    };
  }
}

function focusFirst(form: HTMLFormElement, errors: Record<string, string>) {
  const first = [...form.elements].find((element) => (element.getAttribute('name') ?? '') in errors);
  // The error's text is rendered in the same turn; the field itself is there already.
  if (first instanceof HTMLElement) first.focus();
  else requestAnimationFrame(() => form.querySelector<HTMLElement>('[data-error]')?.focus());
}

interface FieldProps {
  name: string;
  label: string;
  value?: string;
  hint?: ReactNode;
  type?: 'text' | 'url' | 'email' | 'search' | 'number' | 'color' | 'textarea';
  rows?: number;
  required?: boolean;
  maxLength?: number;
  placeholder?: string;
}

const box =
  'mt-1 block w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-text aria-invalid:border-bad';

/** A line or an area to type in, with its label, its hint and what is wrong with it. */
export function Field({ name, label, value = '', hint, type = 'text', rows = 5, ...more }: FieldProps) {
  const field = useField(name, value, hint);
  return (
    <div className="mb-4">
      <label htmlFor={field.props.id} className="font-medium text-sm">
        {label}
      </label>
      {type === 'textarea' ? (
        <textarea {...field.props} rows={rows} className={box} {...more} />
      ) : (
        <input
          {...field.props}
          type={type}
          className={type === 'color' ? 'mt-1 block h-9 w-16' : box}
          {...more}
        />
      )}
      {field.below}
    </div>
  );
}

/** One of several. */
export function Choice({
  name,
  label,
  value = '',
  hint,
  options,
}: Omit<FieldProps, 'type' | 'rows'> & { options: [string, string][] }) {
  const field = useField(name, value, hint);
  return (
    <div className="mb-4">
      <label htmlFor={field.props.id} className="font-medium text-sm">
        {label}
      </label>
      <select {...field.props} className={`${box} text-ellipsis`}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      {field.below}
    </div>
  );
}

function useField(name: string, value: string, hint: ReactNode) {
  const { given, errors } = useContext(FormContext);
  const id = useId();
  const error = errors[name];
  const typed = given?.fields[name];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    props: {
      id,
      name,
      defaultValue: typeof typed === 'string' ? typed : value,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': described || undefined,
    },
    below: (
      <>
        {hint && (
          <p id={`${id}-hint`} className="mt-1 text-muted text-xs">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} role="alert" className="mt-1 text-bad text-sm">
            {error}
          </p>
        )}
      </>
    ),
  };
}

/** Yes or no; an unticked box posts nothing, as forms do. */
export function Tick({
  name,
  label,
  value = false,
  hint,
}: {
  name: string;
  label: string;
  value?: boolean;
  hint?: ReactNode;
}) {
  const { given } = useContext(FormContext);
  const field = useField(name, '', hint);
  const { defaultValue: _text, ...props } = field.props;
  return (
    <div className="mb-4">
      <label className="inline-flex items-center gap-2 py-0.5 text-sm">
        <input {...props} type="checkbox" value="on" defaultChecked={given ? name in given.fields : value} />
        {label}
      </label>
      {field.below}
    </div>
  );
}

const looks = {
  plain: 'border-line-strong bg-surface text-text hover:bg-sunken',
  strong: 'border-accent bg-accent text-surface',
  danger: 'border-bad bg-surface text-bad hover:bg-sunken',
};

/** The form's button; with a name it says which of several was pressed. */
export function Button({
  look = 'plain',
  children,
  ...more
}: {
  look?: keyof typeof looks;
  name?: string;
  value?: string;
  children: ReactNode;
  'aria-label'?: string;
}) {
  const { busy } = useContext(FormContext);
  return (
    <button
      type="submit"
      aria-disabled={busy}
      className={`inline-flex cursor-pointer items-center justify-center rounded-md border px-3 py-1.5 font-medium text-sm touch:min-h-11 touch:min-w-11 aria-disabled:opacity-60 ${looks[look]}`}
      {...more}
    >
      {children}
    </button>
  );
}
