// Fields of a widget's form beside its settings; no kind has settings of such names.

/** Whether it is for members only. */
export const RESTRICTED = 'widget-restricted';
/** What the settings were when the form was made. */
export const BEFORE = 'widget-before';
