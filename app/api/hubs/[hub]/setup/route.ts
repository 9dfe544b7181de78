import { formRoute } from '../../../../forms/form-route.ts';
import { setupForm } from '../../../../forms/setup-form.ts';

export const POST = formRoute(setupForm);
