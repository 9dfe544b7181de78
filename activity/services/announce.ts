import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';

export const announce: Service = {
  icon: null,
  fedmsg: (m) => ({
    sentence: fill('{message}', { message: m.text('message') }),
    link: m.text('link'),
    agent: m.publisher ?? null,
  }),
};
