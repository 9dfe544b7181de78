// What a widget kind is. A folder of widgets/ has index.ts (this definition; no JSX, jobs read it too), view.tsx
// (the view, 'use client': rendered on the server, again in the browser when a notice comes), and its tests.
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { Notice } from '../bus/streams.ts';
import type { FeedStore } from '../feeds/feed-store.ts';
import type { FeedQuery } from '../feeds/filter.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import type { Exchange } from '../upstreams/fetch.ts';

/** What a widget may read while a page is rendered: Hubs' own stores, never an outside service. */
export interface ReadContext {
  database: Database;
  feeds: FeedStore;
  /** Who looks; null for a visitor. */
  viewer: Viewer | null;
  /** Where groups have their pages (hubs/group-page.ts), if the accounts system has any. */
  groupUrl?: string | undefined;
  /** Where people have theirs who never signed in here. */
  userUrl?: string | undefined;
  /** The archive's page for people (feeds/archive-page.ts). */
  archiveUrl?: string | undefined;
  /** What of the feed is asked for in the page's address. */
  filter?: FeedQuery;
  now: number;
}

/** Base addresses of the outside services that are configured. */
export interface Services {
  discourse?: string;
  fedocal?: string;
}

export interface LoadContext {
  services: Services;
  /** Ends the load at its deadline. */
  signal: AbortSignal;
  /** For the fetch of a value that one request brings: an answer that did not change is not sent again. */
  exchange?: Exchange;
  now: number;
}

/** Where a value came from, for people. */
export interface Source {
  name: string;
  href: string;
}

/** A cached function of an outside service; runs only in a job. `part` is what it reads of settings and hub. */
export interface Loader<Settings, Part, Value> {
  /** Counts up when the value's form changes; it is in the key. */
  version: number;
  /** The part of the settings (and of the hub's configuration) it reads; equal parts share one value. Null: nothing to load. */
  part(settings: Settings, hub: HubInfo): Part | null;
  /** Whom it asks: a service's name, or a host. Loads from one share its limits, and wait together while it is away. */
  asks(part: Part): string;
  /** The message keys that make the value stale, such as `tag:design`; none where the source sends no messages. */
  interests(part: Part): string[];
  /**
   * A value older than this is loaded again when somebody looks (milliseconds). Where the source sends no messages it is
   * loaded again that often as long as somebody looked within a day.
   */
  maxAgeMs: number;
  /**
   * Asks the service.
   * @throws {Unchanged} where what was known still holds
   * @throws {UpstreamError} (upstreams/upstream-error.ts) with a sentence for people
   */
  load(part: Part, context: LoadContext): Promise<{ value: Value; source: Source }>;
  /** What of the value the view gets; all of it where this is left out. */
  shown?(value: Value, settings: Settings, now: number): Value;
}

/** A loaded value as it lies in the cache. Both may stand: an old value and why no newer one came. */
export interface Loaded<Value = unknown> {
  value?: { data: Value; asOf: number; source: Source };
  /** Milliseconds since 1970; no `retryAt`: it will not be tried again until somebody looks. */
  failure?: { sentence: string; at: number; retryAt?: number };
}

export interface ViewProps<Own, Value> {
  hub: { id: number; type: HubInfo['type']; name: string };
  settings: Record<string, unknown>;
  own: Own;
  loaded: Loaded<Value> | null;
  /** When this was rendered, milliseconds since 1970: ages are counted from here, so server and browser agree. */
  now: number;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds kinds of different settings and data
export type AnyKind = WidgetKind<any, any, any, any>;

export interface WidgetKind<Settings, Own = null, Part = null, Value = null> {
  kind: string;
  label: string;
  /** One sentence for the library. */
  description: string;
  hubTypes: HubInfo['type'][];
  column: 'left' | 'right';
  /**
   * Makes the form, the check and the type (settings-form.ts). Every field has a default, so `{}` is valid, and says its
   * label with `.meta({ label })`.
   */
  settings: z.ZodObject & z.ZodType<Settings>;
  /** Hubs' own data, by SQL, at each view. */
  read?(context: ReadContext, hub: HubInfo, settings: Settings): Promise<Own>;
  loader?: Loader<Settings, Part, Value>;
  /** The outside service it can't do without: where that is not configured, the kind is not in the library. */
  service?: keyof Services;
  /** Notices of its hub that make the browser fetch it again; a new loaded value always does. */
  reloadOn: Notice['what'][];
  view(): Promise<{ default: ComponentType<ViewProps<Own, Value>> }>;
  /**
   * Whether there is nothing to see: then only those who can change that see it, with an empty state that helps; or
   * nobody, where there is nothing to change.
   */
  isEmpty?(own: Own, loaded: Loaded<Value> | null): boolean | 'for everybody';
  /** A small drawing for the library of widgets. */
  thumbnail?(): Promise<{ default: ComponentType }>;
  /** Shows the feed or people: of a preview hub members only, however the widget is marked. */
  needsRead?: true;
  /** For those who write widgets: not in the library of an installation. */
  onlyInDevelopment?: true;
}

/** Keeps the type parameters of one kind together. */
export const defineWidget = <Settings, Own = null, Part = null, Value = null>(
  kind: WidgetKind<Settings, Own, Part, Value>,
): WidgetKind<Settings, Own, Part, Value> => kind;
