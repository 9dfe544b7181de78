import type { Asked } from './read-directory.ts';
import { teamKinds } from './team-kinds.ts';

const box = 'mt-1 block h-9 rounded-md border border-line-strong bg-surface px-3 text-text touch:h-11';

/** A plain form that asks by the address: what is found can be shared and bookmarked. */
export function Filters({ asked }: { asked: Asked }) {
  return (
    <search>
      <form action="/groups" className="mt-4 flex flex-wrap mb-6 items-end gap-x-4 gap-y-3">
        <label className="min-w-0 flex-1 basis-56 font-medium text-sm">
          Search teams
          <input type="search" name="q" defaultValue={asked.q} maxLength={200} className={`${box} w-full`} />
        </label>
        <label className="font-medium text-sm">
          Kind
          <select name="kind" defaultValue={asked.kind ?? ''} className={box}>
            <option value="">Any</option>
            {teamKinds.map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-flex items-center gap-2 py-2 text-sm">
          <input type="checkbox" name="help" defaultChecked={asked.needsHelp} /> Needs help now
        </label>
        <label className="inline-flex items-center gap-2 py-2 text-sm">
          <input type="checkbox" name="archived" defaultChecked={asked.archived} /> Archived, too
        </label>
        <button
          type="submit"
          className="h-9 cursor-pointer rounded-md border border-accent bg-accent px-4 font-medium text-sm text-surface touch:h-11"
        >
          Search
        </button>
      </form>
    </search>
  );
}
