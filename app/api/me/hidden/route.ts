import { formRoute } from '../../../forms/form-route.ts';
import { hiddenForm } from '../../../forms/hidden-form.ts';

/**
 * POST /api/me/hidden `do`: `show` with the `id` of what was hidden, or `switch` with `hub`, `key` (an interest such as
 * `package:guake`) and `to` (`on`, `off`).
 */
export const POST = formRoute(hiddenForm);
