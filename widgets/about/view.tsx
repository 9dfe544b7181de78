'use client';
import { Markdown } from '../../ui/markdown.tsx';
import type { ViewProps } from '../kind.ts';
import type { AboutOwn } from './read-about.ts';

export default function AboutView({ own, hub }: ViewProps<AboutOwn, null>) {
  if (own.html !== '') return <Markdown html={own.html} className="px-4 py-3" />;
  return (
    <p className="px-4 py-4 text-muted text-sm">
      {own.mayEdit
        ? 'Nothing is written here yet: tell in this widget’s settings '
        : 'Nothing is written here yet: an owner can tell '}
      {hub.type === 'user'
        ? 'who you are and what you like to do.'
        : 'what this team is for, and whom it looks for.'}
    </p>
  );
}
