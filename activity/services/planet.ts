// Planet: posts of people's blogs.
import { avatarOf } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, linked, person } from '../sentence.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/planet_logo.png';

export const planet: Service = {
  icon,
  fedmsg: (m) => {
    if (m.at('post') === undefined) return undefined;
    const user = m.text('username');
    return {
      sentence: fill(user === undefined ? 'New post: "{title}"' : '{user} posted "{title}"', {
        user: person(user),
        title: m.text('post.title') ?? '(no title found)',
      }),
      link: m.text('post.link'),
      picture: m.text('face'),
      agent: user ?? null,
      objects: [m.text('post.link')?.replace(/https?:\/\//g, '')],
      body: m.firstText('post.summary', 'post.content.0.value'),
    };
  },
  schema: (m) => {
    if (m.kind === 'planet.build')
      return {
        sentence: fill('{title} has been rebuilt', { title: m.text('title') ?? 'The planet' }),
        agent: null,
      };
    const user = m.text('username');
    return {
      sentence: fill("A new post[ '{title}'] was published on planet[ by '{user}'].", {
        title: linked(m.text('post.title'), m.text('post.link')),
        user: user && person(user),
      }),
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      body: m.firstText('post.summary', 'post.content.0.value'),
    };
  },
};
