/** An iCalendar file of these events, each given as its lines without `BEGIN` and `END`. */
export const writeCalendar = (...events: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...event.trim().split(/\s*\n\s*/), 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
