import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';

export const datanommer: Service = {
  icon: 'https://i.imgur.com/4g9NZu1.png',
  fedmsg: () => ({
    sentence: fill('datanommer encountered a duplicate uuid', {}),
    link: 'https://www.destroyallsoftware.com/talks/wat',
    picture: 'https://i.imgur.com/58oJkOr.gif',
    agent: null,
    objects: ['wat'],
  }),
};
