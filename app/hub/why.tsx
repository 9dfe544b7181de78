import Link from 'next/link';
import type { Source } from '../../feeds/told-entry.ts';
import { type Hides, interestOf } from '../../hubs/hidden.ts';
import { sayInterest } from '../../hubs/say-interest.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { Form } from '../../ui/form.tsx';

interface Props {
  sources: Source[];
  viewer: Viewer | null;
  /** The reasons have switches, for it is the viewer's own stream; what they hid says how those stand. */
  hides?: Hides;
}

/** Why an entry stands where it stands: the interests that matched, where each is set, and its switch. */
export function Why({ sources, viewer, hides }: Props) {
  const reasons = sources.flatMap(({ hub, keys }) =>
    keys.map((key) => ({ hub, key, ...sayInterest(key, hub, viewer) })),
  );
  return (
    <ul className="divide-y divide-line">
      {reasons.map(({ hub, key, sentence, set }) => (
        <li key={`${hub.id} ${key}`} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
          <p className="min-w-0 flex-1 basis-64 break-words">
            {sentence.charAt(0).toUpperCase() + sentence.slice(1)}.
            {set && (
              <span className="block text-muted text-sm">
                Set in{' '}
                <Link href={set.href} prefetch={false}>
                  {set.label}
                </Link>
              </span>
            )}
          </p>
          {hides && (
            <Switch
              hub={hub.id}
              name={key}
              label={sentence}
              isOn={!hides.interests.has(interestOf(hub.id, key))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** One interest of one's stream; it works without JavaScript. */
function Switch({ hub, name, label, isOn }: { hub: number; name: string; label: string; isOn: boolean }) {
  return (
    <Form action="/api/me/hidden">
      <input type="hidden" name="do" value="switch" />
      <input type="hidden" name="hub" value={hub} />
      <input type="hidden" name="key" value={name} />
      <input type="hidden" name="to" value={isOn ? 'off' : 'on'} />
      <button
        type="submit"
        role="switch"
        aria-checked={isOn}
        aria-label={`Show in my stream: ${label}`}
        className="group inline-flex cursor-pointer items-center gap-2 font-medium text-sm"
      >
        <span
          aria-hidden="true"
          className="flex h-5 w-9 items-center rounded-full border border-line-strong bg-sunken px-0.5 group-aria-checked:justify-end group-aria-checked:bg-accent"
        >
          <span className="size-3.5 rounded-full bg-line-strong group-aria-checked:bg-surface" />
        </span>
        {isOn ? 'On' : 'Off'}
      </button>
    </Form>
  );
}
