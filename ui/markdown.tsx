import type { SafeHtml } from './markdown.ts';

/** What renderMarkdown (markdown.ts) made of somebody's text. */
export function Markdown({ html, className = '' }: { html: SafeHtml; className?: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the type says that renderMarkdown made it
    <div className={`prose break-words ${className}`} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
