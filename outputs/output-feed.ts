// A hub's feed as others read it, whatever the format.

export interface OutputEntry {
  /** Never changes, whatever Hubs is called or where the entry stands. */
  id: string;
  /** The sentence; of entries that belong together the one that says them all. */
  title: string;
  /** Where the thing itself lies, else its permalink. */
  link: string;
  /** Of the oldest that stands together in it, milliseconds since 1970. */
  published: number;
  /** Of the newest. */
  updated: number;
  /** Clean HTML: the sentence with its links, and the longer text or what stands together. */
  html: string;
  author: { name: string; href: string | null; picture: string | null } | null;
  /** The service, and what was done. */
  tags: string[];
}

export interface OutputFeed {
  id: string;
  title: string;
  description: string;
  /** Of the hub, as its entries'. */
  author: string;
  /** The page it belongs to. */
  home: string;
  /** Where this very feed lies. */
  self: string;
  /** Of the newest entry, milliseconds since 1970. */
  updated: number;
  /** Newest first. */
  entries: OutputEntry[];
}
