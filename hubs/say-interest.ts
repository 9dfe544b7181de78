// Why an entry stands where it stands, in words.
import { type HubInfo, hubPath } from './find-hub.ts';
import { may } from './permissions.ts';
import { holds, type Viewer } from './viewer.ts';

/** What of a team a key names, and the tab of its settings where that is set. */
const named: Record<string, { words: (value: string) => string; tab: string }> = {
  package: { words: (name) => `package ${name}`, tab: 'development' },
  project: { words: (name) => `project ${name}`, tab: 'development' },
  tag: { words: (name) => `discussions tagged ${name}`, tab: 'development' },
  list: { words: (name) => `mailing list ${name}`, tab: 'list' },
  calendar: { words: (name) => `calendar ${name}`, tab: 'calendar' },
  meeting: { words: (name) => `meeting ${name}`, tab: 'calendar' },
  room: { words: (name) => `chat room ${name}`, tab: 'chat' },
};

export interface SaidInterest {
  /** "package guake, which the team garden owns; you follow the team garden" */
  sentence: string;
  /** Where that is set; null: nowhere, it is what the hub is for. */
  set: { href: string; label: string } | null;
}

/** @param key an interest of the hub, such as `package:guake` */
export function sayInterest(key: string, hub: HubInfo, viewer: Viewer | null): SaidInterest {
  if (hub.type === 'stream') return { sentence: 'it addresses, mentions, assigns or asks you', set: null };
  const set = whereSet(key, hub, viewer);
  if (hub.type === 'user') {
    if (isOwn(hub, viewer)) return { sentence: 'it is what you did yourself', set };
    const follows = holds(viewer, hub, 'subscriber') ? `; you follow ${hub.name}` : '';
    return { sentence: `it is what ${hub.name} did${follows}`, set };
  }
  return { sentence: `${ofTeam(key, hub, viewer)}${relation(hub, viewer)}`, set };
}

const isOwn = (hub: HubInfo, viewer: Viewer | null): boolean =>
  viewer?.person.username.toLowerCase() === hub.name.toLowerCase();

const split = (key: string): [string, string] => {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
};

function ofTeam(key: string, hub: HubInfo, viewer: Viewer | null): string {
  const [type, value] = split(key);
  const known = named[type];
  if (known) {
    const owner = holds(viewer, hub, 'owner')
      ? `you own as an owner of the team ${hub.name}`
      : `the team ${hub.name} owns`;
    return `${known.words(value)}, which ${owner}`;
  }
  if (type === 'user') return `${value} did it, a member of the team ${hub.name}`;
  return `it is about the team ${hub.name}${type === 'group' ? ' itself' : ''}`;
}

function relation(hub: HubInfo, viewer: Viewer | null): string {
  if (holds(viewer, hub, 'owner')) return '';
  if (holds(viewer, hub, 'member')) return `; you belong to the team ${hub.name}`;
  return holds(viewer, hub, 'subscriber') ? `; you follow the team ${hub.name}` : '';
}

/** Owners are led to the setting, others to the hub, where they follow it, belong to it, or stop that. */
function whereSet(key: string, hub: HubInfo, viewer: Viewer | null): SaidInterest['set'] {
  const path = hubPath(hub);
  const [type] = split(key);
  const tab = named[type]?.tab ?? (type === 'user' ? 'development' : 'general');
  if (hub.type === 'team' && may(viewer, 'configure', hub)) {
    return { href: `${path}/settings/${tab}`, label: `the settings of ${hub.name}` };
  }
  return { href: path, label: isOwn(hub, viewer) ? 'your hub' : hub.name };
}
