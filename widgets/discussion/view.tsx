'use client';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { plural } from '../../ui/words.ts';
import type { Topic } from '../../upstreams/discourse.ts';
import type { ViewProps } from '../kind.ts';
import type { DiscussionOwn, Topics } from './topics.ts';

export default function DiscussionView({ own, settings, loaded, now }: ViewProps<DiscussionOwn, Topics>) {
  const found = loaded?.value?.data;
  if (!found) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        No tag is set: once an owner sets the team's Discourse tag, its topics appear here.
      </p>
    );
  }
  if (found.topics.length === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        No topics yet:{' '}
        <a href={found.href}>{found.tag ? `start one with the tag ${found.tag}` : 'start one'}</a>.
      </p>
    );
  }
  const topics = own.unansweredFirst
    ? found.topics.toSorted((a, b) => Number(isWaiting(b)) - Number(isWaiting(a)))
    : found.topics;
  return (
    <div>
      <ul className="divide-y divide-line">
        {topics.slice(0, Number(settings.n)).map((topic) => (
          <li key={topic.id} className="px-4 py-2.5">
            <TopicLine topic={topic} now={now} />
          </li>
        ))}
      </ul>
      <p className="px-4 pb-3 text-sm">
        <a href={found.href}>View more</a>
      </p>
    </div>
  );
}

const isWaiting = ({ answered, closed }: Topic): boolean => !answered && !closed;

function TopicLine({ topic, now }: { topic: Topic; now: number }) {
  return (
    <>
      <a href={topic.href} className="break-words font-medium leading-snug">
        {topic.title}
      </a>
      <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
        {topic.people.length > 0 && (
          <span className="flex -space-x-1.5" title={topic.people.map(({ username }) => username).join(', ')}>
            {topic.people.map(({ username, avatar }) => (
              <span key={username} className="flex rounded-full ring-2 ring-surface">
                <Avatar name={username} picture={avatar} size="small" />
              </span>
            ))}
          </span>
        )}
        <Age time={topic.lastPostedAt} now={now} />
        <span aria-hidden="true">·</span>
        <span>{plural(topic.replies, 'reply', 'replies')}</span>
        {isWaiting(topic) && <span className="rounded-full bg-warn-soft px-1.5 text-warn">unanswered</span>}
        {topic.closed && <span>closed</span>}
      </div>
    </>
  );
}
