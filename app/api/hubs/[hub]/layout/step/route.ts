import { formRoute } from '../../../../../forms/form-route.ts';
import { layoutStepForm } from '../../../../../forms/layout-step-form.ts';

export const POST = formRoute(layoutStepForm);
