/** "28 Nov, 17:00", UTC. */
export const sayHour = (ms: number): string => format.format(ms);

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});
