import { createHash } from 'node:crypto';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { renderMarkdown, type SafeHtml } from '../../ui/markdown.ts';
import type { ReadContext } from '../kind.ts';

export interface StickyOwn {
  html: SafeHtml;
  /** What stands there when it is folded: the beginning, without marks. */
  line: string;
  /** Another one for each text: what was folded comes back when the text changes. */
  edition: string;
  mayEdit: boolean;
}

const LINE_LENGTH = 120;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The words of the first line that has any. */
export function firstLine(html: SafeHtml): string {
  const lines = html
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (entity, name) => entities[name] ?? entity)
    .split('\n');
  const line = lines.find((one) => one.trim() !== '')?.trim() ?? '';
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line;
}

export async function readSticky(
  { viewer }: ReadContext,
  hub: HubInfo,
  { text }: { text: string },
): Promise<StickyOwn> {
  const html = renderMarkdown(text);
  const edition = createHash('sha256').update(text).digest('base64url').slice(0, 12);
  return { html, line: firstLine(html), edition, mayEdit: may(viewer, 'configure', hub) };
}
