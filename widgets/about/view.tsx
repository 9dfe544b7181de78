'use client';
import { Markdown } from '../../ui/markdown.tsx';
import { EditLink } from '../edit-link.tsx';
import type { ViewProps } from '../kind.ts';
import type { AboutOwn } from './read-about.ts';

export default function AboutView({ own, hub }: ViewProps<AboutOwn, null>) {
  return (
    <div className="px-4 py-3">
      {own.html === '' ? (
        <p className="text-muted text-sm">
          {own.mayEdit
            ? 'Nothing is written here yet: tell '
            : 'Nothing is written here yet: an owner can tell '}
          {hub.type === 'user'
            ? 'who you are and what you like to do.'
            : 'what this team is for, and whom it looks for.'}
        </p>
      ) : (
        <Markdown html={own.html} />
      )}
      {own.mayEdit && (
        <p className="mt-2">
          <EditLink hub={hub}>Edit the text</EditLink>
        </p>
      )}
    </div>
  );
}
