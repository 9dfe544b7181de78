import { formRoute } from '../../../../../forms/form-route.ts';
import { moveHelpForm } from '../../../../../forms/help-form.ts';

/** POST /api/hubs/<hub id>/help/<request id> `step`: `take` (anybody signed in), `release`, `done`. */
export const POST = formRoute(moveHelpForm);
