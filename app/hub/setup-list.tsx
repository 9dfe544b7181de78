import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { listUnset } from '../../hubs/setup.ts';
import { Button, Form } from '../../ui/form.tsx';
import { tabPath } from '../hub-settings/tabs.ts';

/** What a new hub still lacks, each with its link; for owners, until it is done or put away. */
export function SetupList({ hub }: { hub: HubInfo }) {
  const unset = listUnset(hub);
  if (unset.length === 0) return null;
  return (
    <section
      aria-labelledby="setup"
      className="mb-5 rounded-lg border border-line bg-surface px-4 py-3 shadow-card"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="setup" className="font-semibold">
          What {hub.name} still lacks
        </h2>
        <Form action={`/api/hubs/${hub.id}/setup`}>
          <Button aria-label="Put away this list">Put away</Button>
        </Form>
      </div>
      <ul className="mt-2 gap-x-6 sm:columns-2">
        {unset.map(({ tab, words }) => (
          <li key={words} className="flex break-inside-avoid gap-2 text-sm leading-6">
            <span
              aria-hidden="true"
              className="mt-1.5 size-3.5 shrink-0 rounded-full border border-line-strong"
            />
            <a href={tabPath(hubPath(hub), tab)}>{words}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
