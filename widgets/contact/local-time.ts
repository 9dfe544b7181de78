/** "20:15 (UTC−4)": the time in that zone, with how far it is from UTC now. */
export function sayLocalTime(zone: string, now: number): { time: string; offset: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const offset = part('timeZoneName')
    .replace('GMT', 'UTC')
    .replace('-', '−')
    .replace(/([+−])0/, '$1')
    .replace(':00', '')
    .replace(/\+0$/, '');
  return { time: `${part('hour')}:${part('minute')}`, offset };
}
