'use client';
import { Fragment } from 'react';
import { useNow } from '../../ui/clock.ts';
import { sayMonth } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import { sayLocalTime } from './local-time.ts';
import type { ContactOwn, ShownLine } from './read-contact.ts';

const names: Record<ShownLine['line'], string> = {
  country: 'Country',
  time: 'Local time',
  email: 'E-mail',
  chat: 'Chat',
  websites: 'Websites',
  memberSince: 'Member since',
};
const audiences = { everybody: null, 'signed-in': 'Signed-in people see this', nobody: 'Only you see this' };

export default function ContactView({ own, now }: ViewProps<ContactOwn, null>) {
  if (own.lines.length === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        {own.mine
          ? 'Nothing yet: what the accounts system says of you stands here, as far as you allow. It is read at each sign-in.'
          : 'This person shows nothing here.'}
      </p>
    );
  }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 px-4 py-3 text-sm">
      {own.lines.map((line) => (
        <Fragment key={line.line}>
          <dt className="text-muted">{names[line.line]}</dt>
          <dd className="min-w-0 break-words">
            <Values line={line} now={now} />
            {line.audience && audiences[line.audience] && (
              <span className="block text-muted text-xs">{audiences[line.audience]}</span>
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Values({ line: { line, values }, now }: { line: ShownLine; now: number }) {
  const current = useNow(now);
  const [first] = values;
  if (line === 'time' && first) {
    const { time, offset } = sayLocalTime(first.text, current);
    return (
      <>
        <strong className="font-semibold tabular-nums">{time}</strong>{' '}
        <span className="text-muted">({offset})</span>
      </>
    );
  }
  if (line === 'memberSince' && first) return sayMonth(Date.parse(first.text));
  return values.map(({ text, href }) => (
    <span key={text} className="block">
      {href ? (
        <a href={href} rel="nofollow ugc noopener me">
          {text}
        </a>
      ) : (
        text
      )}
    </span>
  ));
}
