import type { Notice } from '../../bus/streams.ts';
import type { Heard } from '../../ui/event-stream.ts';

interface Listener {
  id: number;
  hub: number;
  reloadOn: Notice['what'][];
  /** It shows entries of every hub that the page hears, as a stream does. */
  isMerged?: boolean;
}

/** Whether what was heard means that this widget must be fetched again. */
export function concerns(heard: Heard, widget: Listener): boolean {
  if (heard === 'missed') return true;
  if (widget.isMerged && heard.what === 'entry') return widget.reloadOn.includes('entry');
  if (heard.hub !== widget.hub) return false;
  if (heard.what === 'value') return heard.widgets?.includes(widget.id) ?? false;
  return widget.reloadOn.includes(heard.what);
}
