'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { hubPath } from '../../hubs/find-hub.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useNow, useTimeZone } from '../../ui/clock.ts';
import { PersonLink } from '../../ui/person-link.tsx';
import { EditLink } from '../edit-link.tsx';
import type { ViewProps } from '../kind.ts';
import type { RulesOwn } from './read-rules.ts';
import { findTimes, sayLocal } from './times.ts';

export default function RulesView({ own, hub, settings, now }: ViewProps<RulesOwn, null>) {
  const text = (name: string) => String(settings[name] ?? '');
  const links = [
    { href: text('scheduleLink'), words: 'Meeting schedule' },
    { href: text('minutesLink'), words: 'Past meeting minutes' },
  ].filter(({ href }) => href !== '');
  const more = own.ownersTotal - own.owners.length;
  return (
    <div className="grid gap-4 px-4 py-3">
      {text('rulesLink') && (
        <Part title="Community rules">
          <a href={text('rulesLink')} rel="nofollow ugc noopener" className="break-words">
            Rules and guidelines
          </a>
        </Part>
      )}
      {own.owners.length > 0 && (
        <Part title={own.owners.length === 1 ? 'Owner' : 'Owners'}>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
            {own.owners.map(({ username, fullName, picture, hasHub, profile }) => (
              <li key={username} className="flex min-w-0 items-center gap-2" title={fullName}>
                <Avatar name={username} picture={picture} size="small" />
                <span className="min-w-0 truncate">
                  <PersonLink username={username} hasHub={hasHub} profile={profile} />
                </span>
              </li>
            ))}
          </ul>
          {more > 0 && (
            <p className="mt-1 text-muted text-xs">
              {own.mayListOwners ? (
                <Link href={`${hubPath(hub)}/people?role=owner`} prefetch={false}>
                  All {own.ownersTotal.toLocaleString('en')} owners
                </Link>
              ) : (
                `${more.toLocaleString('en')} more not shown`
              )}
            </p>
          )}
        </Part>
      )}
      {(text('scheduleText') || links.length > 0) && (
        <Part title="Meetings">
          {text('scheduleText') && <Schedule text={text('scheduleText')} now={now} />}
          {links.length > 0 && (
            <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {links.map(({ href, words }) => (
                <li key={words}>
                  <a href={href} rel="nofollow ugc noopener">
                    {words}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      {(own.mailingList || own.chatUrl) && (
        <Part title="Talk">
          <ul className="grid gap-1">
            {own.mailingList && (
              <li>
                <a href={`mailto:${own.mailingList}`} className="break-all">
                  {own.mailingList}
                </a>
              </li>
            )}
            {own.chatUrl && (
              <li>
                <a href={own.chatUrl}>Open chat</a>
              </li>
            )}
          </ul>
        </Part>
      )}
      {own.owners.length === 0 && !own.mailingList && !own.chatUrl && !own.hasSettings && (
        <p className="text-muted text-sm">Nothing is written here yet.</p>
      )}
      {own.mayEdit && (
        <p>
          <EditLink hub={hub}>
            {own.hasSettings ? 'Edit' : 'Say where the rules are and when the team meets'}
          </EditLink>
        </p>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
      {children}
    </div>
  );
}

function Schedule({ text, now }: { text: string; now: number }) {
  const zone = useTimeZone();
  const current = useNow(now);
  return (
    <p className="whitespace-pre-line break-words">
      {findTimes(text).map((piece, index) => {
        const local = 'minutes' in piece ? sayLocal(piece.minutes, zone, current) : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never change places
          <span key={index}>
            {piece.text}
            {local && <span className="text-muted"> ({local})</span>}
          </span>
        );
      })}
    </p>
  );
}
