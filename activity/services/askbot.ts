// Ask Fedora when it ran Askbot: questions, answers, tags.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

function templateOf(m: Subject): string | undefined {
  const isQuestion = m.firstText('post.post_type', 'instance.post_type') === 'question';
  const event = m.kind.slice('askbot.'.length);
  if (event.startsWith('post.edit')) {
    if (m.at('created'))
      return isQuestion
        ? "{user} asked the question '{title}'"
        : "{user} suggested an answer to the question '{title}'";
    return isQuestion
      ? "{user} updated the question '{title}'"
      : "{user} updated an answer to the question '{title}'";
  }
  if (event.startsWith('tag.update')) return "{user} altered tags on askbot question '{title}'";
  if (event.startsWith('post.flag_offensive.add'))
    return isQuestion ? '{user} flagged a question as offensive!' : '{user} flagged an answer as offensive!';
  if (event.startsWith('post.flag_offensive.delete'))
    return isQuestion
      ? '{user} unflagged a question as offensive...'
      : '{user} unflagged an answer as offensive...';
  if (event.startsWith('post.delete'))
    return isQuestion ? "{user} deleted the question '{title}'" : "{user} deleted an answer on '{title}'";
  return undefined;
}

function describe(m: Subject): Said {
  const template = templateOf(m);
  const user = m.firstText('agent');
  const tags = m.at('tags') === undefined ? m.texts('thread.tagnames') : m.texts('tags');
  const question = m.text('topmost_post_id');
  const thread = m.text('thread.pk');
  const host = m.topic.includes('stg') ? 'ask.stg.fedoraproject.org' : 'ask.fedoraproject.org';
  return {
    sentence: fill(template, { user: person(user), title: m.text('thread.title') }),
    link: question ? whole`https://${host}/question/${question}/` : null,
    picture: user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    people: [user, ...m.texts('newly_mentioned_users')],
    objects: [...tags.filter(Boolean).map((tag) => whole`tags/${tag}`), thread && whole`threads/${thread}`],
    body: m.firstText('post.text', 'instance.text'),
  };
}

export const askbot: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/ask_fedora.png',
  fedmsg: describe,
};
