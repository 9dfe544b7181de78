import { formRoute } from '../../../../forms/form-route.ts';
import { checkSettingsForm } from '../../../../forms/widget-settings-form.ts';

export const POST = formRoute(checkSettingsForm);
