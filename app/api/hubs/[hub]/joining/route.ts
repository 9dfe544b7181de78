import { formRoute } from '../../../../forms/form-route.ts';
import { joiningForm } from '../../../../forms/joining-form.ts';

export const POST = formRoute(joiningForm);
