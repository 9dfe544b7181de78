import type { CurrentLayout } from '../../widgets/save-layout.ts';
import type { KindOffer } from './offer.ts';

export interface EditorProps {
  hub: { id: number; name: string; path: string; leftWidth: number };
  /** New widgets begin so. */
  startsRestricted: boolean;
  mayRestrict: boolean;
  layout: CurrentLayout;
  offers: KindOffer[];
  /** Who edits. */
  username: string;
}
