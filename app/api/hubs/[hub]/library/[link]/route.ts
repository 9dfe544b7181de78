import { formRoute } from '../../../../../forms/form-route.ts';
import { changeLinkForm } from '../../../../../forms/library-form.ts';

/** POST /api/hubs/<hub id>/library/<link id> `do`: `save` (with the fields of a link), `remove`, `up`, `down`; for owners. */
export const POST = formRoute(changeLinkForm);
