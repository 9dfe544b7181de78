import { formRoute } from '../../../../forms/form-route.ts';
import { roleForm } from '../../../../forms/role-form.ts';

export const POST = formRoute(roleForm);
