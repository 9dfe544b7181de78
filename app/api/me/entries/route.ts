import { entryForm } from '../../../forms/entry-form.ts';
import { formRoute } from '../../../forms/form-route.ts';

/**
 * POST /api/me/entries `hub` (a hub whose feed has it), `entry` (the message's id), `do`: `save`, `unsave`, `hide` (this
 * entry), `hide-kind`, `hide-hub` (from one's stream).
 */
export const POST = formRoute(entryForm);
