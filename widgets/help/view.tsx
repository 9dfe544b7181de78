'use client';
import Link from 'next/link';
import { useRef } from 'react';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, Field, Form, useGivenBack } from '../../ui/form.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import type { HelpOwn, ShownRequest } from './read-help.ts';

export default function HelpView({ own, hub, settings, now }: ViewProps<HelpOwn, null>) {
  const n = Number(settings.n);
  const line = (request: ShownRequest) => (
    <li key={request.id} className="px-4 py-3">
      <Request request={request} elsewhere={request.hub.id !== hub.id} now={now} />
    </li>
  );
  return (
    <div>
      {own.requests.length === 0 && (
        <p className="px-4 py-4 text-muted text-sm">
          {hub.type === 'stream'
            ? 'None of your teams asks for help right now.'
            : own.mayAsk
              ? 'Nothing is asked for. What could somebody new do for you? Asked here, people who look for something to do find it.'
              : 'Nothing is asked for right now.'}
        </p>
      )}
      <ul className="divide-y divide-line">{own.requests.slice(0, n).map(line)}</ul>
      {own.requests.length > n && (
        <details className="border-line border-t">
          <summary className="px-4 py-2 text-accent text-sm hover:underline">
            {plural(own.requests.length - n, 'more request')}
          </summary>
          <ul className="divide-y divide-line border-line border-t">{own.requests.slice(n).map(line)}</ul>
        </details>
      )}
      {own.mayAsk && <Ask hub={hub.id} />}
    </div>
  );
}

function Request({ request, elsewhere, now }: { request: ShownRequest; elsewhere: boolean; now: number }) {
  const { title, hub, askedBy, askedAt, takenBy, waitsLong } = request;
  return (
    <article data-help={request.id}>
      <h3 className="break-words font-semibold leading-snug">{title}</h3>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
        {elsewhere && (
          <Link href={hub.href} prefetch={false} className="rounded-full bg-accent-soft px-2 text-accent">
            {hub.name}
          </Link>
        )}
        <span className="inline-flex items-center gap-1.5">
          <Avatar name={askedBy} picture={null} size="small" /> {askedBy} asked{' '}
          <Age time={askedAt} now={now} />
        </span>
        {waitsLong && <span className="rounded-full bg-warn-soft px-1.5 text-warn">nobody took it yet</span>}
        {takenBy !== null && (
          <span className="rounded-full bg-sunken px-1.5 text-text">{takenBy} does it</span>
        )}
      </p>
      <details className="mt-1.5">
        <summary className="w-fit py-0.5 text-accent text-sm hover:underline">
          {takenBy === null ? 'Want to help?' : 'More'} <span className="sr-only">{title}</span>
        </summary>
        <Details request={request} />
      </details>
    </article>
  );
}

function Details({
  request: { id, hub, html, askedBy, takenBy, mayTake, maySettle },
}: {
  request: ShownRequest;
}) {
  return (
    <div className="mt-2 grid gap-3 border-line border-l-2 pl-3 text-sm">
      {html !== '' && <Markdown html={html} />}
      <ol className="list-decimal pl-5">
        {takenBy === null && <li>Take it, so that nobody does the same.</li>}
        <li>
          <p>
            Write to{' '}
            <Link href={`/u/${askedBy}`} prefetch={false}>
              {askedBy}
            </Link>{' '}
            and ask what is unclear.
          </p>
        </li>
        {(hub.chatUrl || hub.mailingList) && (
          <li>
            <p>
              Say hello to {hub.name}: {hub.chatUrl && <a href={hub.chatUrl}>its chat</a>}
              {hub.chatUrl && hub.mailingList && ' or '}
              {hub.mailingList && (
                <a href={`mailto:${hub.mailingList}`} className="break-all">
                  {hub.mailingList}
                </a>
              )}
              .
            </p>
          </li>
        )}
      </ol>
      {(mayTake || maySettle) && (
        <Form action={`/api/hubs/${hub.id}/help/${id}`} className="flex flex-wrap gap-2">
          {mayTake && (
            <Button look="strong" name="step" value="take">
              I’ll take it
            </Button>
          )}
          {maySettle && (
            <Button name="step" value="done">
              Done
            </Button>
          )}
          {maySettle && takenBy !== null && (
            <Button name="step" value="release">
              Give it back
            </Button>
          )}
        </Form>
      )}
    </div>
  );
}

function Ask({ hub }: { hub: number }) {
  const action = `/api/hubs/${hub}/help`;
  const fold = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={fold} open={useGivenBack(action)} className="border-line border-t">
      <summary className="px-4 py-2.5 font-medium text-accent text-sm hover:underline">Ask for help</summary>
      <Form
        action={action}
        resets
        onDone={() => {
          if (fold.current) fold.current.open = false;
        }}
        className="px-4 pb-4"
      >
        <Field
          name="title"
          label="What do you need?"
          required
          maxLength={200}
          placeholder="Somebody who reviews our icons"
        />
        <Field
          name="text"
          label="More about it"
          type="textarea"
          rows={4}
          maxLength={5_000}
          hint="Markdown. What has to be done, what one needs to know, where it is written."
        />
        <Button look="strong">Ask</Button>
      </Form>
    </details>
  );
}
