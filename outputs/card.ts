/** A hub in short, for other people's pages. */
export interface Card {
  name: string;
  summary: string;
  /** The hub's page. */
  home: string;
  /** A picture of its own; null: the tile. */
  picture: string | null;
  tile: { initial: string; colour: string; ink: string };
  /** "12 members" */
  people: string;
  /** Newest first. */
  entries: { text: string; href: string; day: string; time: number }[];
  /** Null: as the reader's device has it. */
  theme: 'light' | 'dark' | null;
}
