import { SearchForm, searchBox } from '../../ui/search-form.tsx';
import type { Asked } from './read-directory.ts';
import { teamKinds } from './team-kinds.ts';

export const Filters = ({ asked }: { asked: Asked }) => (
  <SearchForm action="/groups" label="Search teams" q={asked.q} className="mt-4 mb-6">
    <label className="font-medium text-sm">
      Kind
      <select name="kind" defaultValue={asked.kind ?? ''} className={searchBox}>
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
  </SearchForm>
);
