import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { renderMarkdown, type SafeHtml } from '../../ui/markdown.ts';
import type { ReadContext } from '../kind.ts';

export interface AboutOwn {
  html: SafeHtml;
  mayEdit: boolean;
}

export const readAbout = async (
  { viewer }: ReadContext,
  hub: HubInfo,
  { text }: { text: string },
): Promise<AboutOwn> => ({ html: renderMarkdown(text), mayEdit: may(viewer, 'configure', hub) });
