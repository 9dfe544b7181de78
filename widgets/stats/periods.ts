/** The spans that can be counted, in days up to and with today. */
export const periods = {
  week: { days: 7, words: 'the last 7 days' },
  month: { days: 30, words: 'the last 30 days' },
  quarter: { days: 91, words: 'the last 3 months' },
  year: { days: 365, words: 'the last year' },
} as const;

export type Period = keyof typeof periods;
