import { formRoute } from '../../../../forms/form-route.ts';
import { askForHelpForm } from '../../../../forms/help-form.ts';

/** POST /api/hubs/<hub id>/help `title`, `text` (Markdown): a member asks for help in the hub's name. */
export const POST = formRoute(askForHelpForm);
