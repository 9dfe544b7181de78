import type { Person } from './person.ts';

/** A post in the demo's forum. */
export interface Post {
  id: number;
  by: Person;
  text: string;
  at: Date;
}

/** A topic of the demo's forum. */
export interface Topic {
  id: number;
  title: string;
  slug: string;
  tags: string[];
  posts: Post[];
  views: number;
  likes: number;
  solved: boolean;
}
