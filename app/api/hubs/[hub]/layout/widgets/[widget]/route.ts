import { formRoute } from '../../../../../../forms/form-route.ts';
import { widgetSettingsForm } from '../../../../../../forms/widget-settings-form.ts';

export const POST = formRoute(widgetSettingsForm);
