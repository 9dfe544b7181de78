import { formRoute } from '../../../../forms/form-route.ts';
import { requestForm } from '../../../../forms/request-form.ts';

export const POST = formRoute(requestForm);
