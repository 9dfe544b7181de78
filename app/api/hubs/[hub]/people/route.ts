import { formRoute } from '../../../../forms/form-route.ts';
import { peopleForm } from '../../../../forms/people-form.ts';

export const POST = formRoute(peopleForm);
