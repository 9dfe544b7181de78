import { formRoute } from '../../../../forms/form-route.ts';
import { addLinkForm } from '../../../../forms/library-form.ts';

/** POST /api/hubs/<hub id>/library `url`, `title` (empty: the page's own), `description`: a member adds a link. */
export const POST = formRoute(addLinkForm);
