import { formRoute } from '../../forms/form-route.ts';
import { teamForm } from '../../forms/team-form.ts';

export const POST = formRoute(teamForm);
