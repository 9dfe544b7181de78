import { isWebAddress } from './web-address.ts';

/** Whether it can be a calendar: the name of one in Fedocal, the address of an iCal file, or none at all. */
export const isCalendar = (text: string): boolean => /^[\w.-]{0,80}$/.test(text) || isWebAddress(text);

/** What to say where it is none. */
export const noCalendar = 'Give the name of a Fedocal calendar, or the whole address of an iCal file.';
