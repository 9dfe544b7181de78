// What the editor knows of a kind of widget, as it is sent to the browser.
import type { ReactNode } from 'react';
import type { Fields } from '../../hubs/drafts.ts';
import type { ColumnName } from '../../hubs/layout.ts';
import type { FieldDescription } from '../../widgets/settings-form.ts';

export interface KindOffer {
  kind: string;
  label: string;
  description: string;
  /** On which pages it may stand, in words. */
  fits: string;
  column: ColumnName;
  picture: ReactNode;
  settings: FieldDescription[];
  /** What a new one begins with. */
  fields: Fields;
  /** In the library; otherwise it only stands on the page. */
  offered: boolean;
}
