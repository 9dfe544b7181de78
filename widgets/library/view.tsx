'use client';
import { useRef } from 'react';
import { Age } from '../../ui/age.tsx';
import { Button, Field, Form, useGivenBack } from '../../ui/form.tsx';
import { PutInOrder } from '../../ui/put-in-order.tsx';
import { Tile } from '../../ui/tile.tsx';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import type { LibraryOwn, ShownLink } from './read-library.ts';

export default function LibraryView({ own, hub, settings, now }: ViewProps<LibraryOwn, null>) {
  const n = Number(settings.n);
  const line = (link: ShownLink) => (
    <li key={link.id} className="px-4 py-3">
      <LinkLine link={link} now={now} />
      {own.mayEdit && <EditLink hub={hub.id} link={link} />}
    </li>
  );
  return (
    <div>
      {own.links.length === 0 && (
        <p className="px-4 py-4 text-muted text-sm">
          Nothing is in the library yet
          {own.mayAdd ? `: add ${worthKeeping(hub.type)}.` : '.'}
        </p>
      )}
      <ul className="divide-y divide-line">{own.links.slice(0, n).map(line)}</ul>
      {own.links.length > n && (
        <details className="border-line border-t">
          <summary className="px-4 py-2 text-accent text-sm hover:underline">
            {plural(own.links.length - n, 'more link')}
          </summary>
          <ul className="divide-y divide-line border-line border-t">{own.links.slice(n).map(line)}</ul>
        </details>
      )}
      {own.mayEdit && own.links.length > 1 && (
        <div className="border-line border-t px-4 py-1.5">
          <PutInOrder
            button="Put the links in order"
            label="Links"
            items={own.links.map(({ id, title }) => ({ id, text: title }))}
            action={`/api/hubs/${hub.id}/library`}
          />
        </div>
      )}
      {own.mayAdd && <AddLink hub={hub.id} />}
    </div>
  );
}

const worthKeeping = (type: string) =>
  type === 'team'
    ? 'what a newcomer should read first, or what you look up again and again'
    : 'what you look up again and again, or want others to find';

const LinkLine = ({
  link: { url, host, title, description, picture, deadSince },
  now,
}: {
  link: ShownLink;
  now: number;
}) => (
  <div className="flex gap-3">
    {picture ? (
      // biome-ignore lint/performance/noImgElement: a data URL, made small by the job that fetched it
      <img src={picture} alt="" className="size-12 shrink-0 rounded-md border border-line object-cover" />
    ) : (
      <Tile name={host.replace(/^www\./, '')} size="picture" />
    )}
    <div className="min-w-0">
      <a href={url} rel="nofollow ugc noopener" className="break-words font-semibold leading-snug">
        {title}
      </a>
      {description && <p className="line-clamp-3 break-words text-sm">{description}</p>}
      <p className="text-muted text-xs">
        {host}
        {deadSince !== null && (
          <span className="text-warn">
            {' '}
            · does not answer, noticed <Age time={deadSince} now={now} />
          </span>
        )}
      </p>
    </div>
  </div>
);

function AddLink({ hub }: { hub: number }) {
  const action = `/api/hubs/${hub}/library`;
  const fold = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={fold} open={useGivenBack(action)} className="border-line border-t">
      <summary className="px-4 py-2.5 font-medium text-accent text-sm hover:underline">Add a link</summary>
      <Form
        action={action}
        resets
        onDone={() => {
          if (fold.current) fold.current.open = false;
        }}
        className="px-4 pb-4"
      >
        <LinkFields />
        <Button look="strong">Add</Button>
      </Form>
    </details>
  );
}

function EditLink({ hub, link }: { hub: number; link: ShownLink }) {
  const action = `/api/hubs/${hub}/library/${link.id}`;
  const fold = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={fold} open={useGivenBack(action)} className="mt-1 text-right">
      <summary className="ml-auto w-fit list-none px-1 py-1 text-muted text-xs hover:underline [&::-webkit-details-marker]:hidden">
        Edit <span className="sr-only">{link.title}</span>
      </summary>
      <Form action={action} className="mt-2 text-left">
        <LinkFields link={link} />
        <div className="flex flex-wrap gap-2">
          <Button look="strong" name="do" value="save">
            Save
          </Button>
          <Button name="do" value="up" aria-label={`Move ${link.title} up`}>
            ↑
          </Button>
          <Button name="do" value="down" aria-label={`Move ${link.title} down`}>
            ↓
          </Button>
          <Button look="danger" name="do" value="remove" aria-label={`Remove ${link.title}`}>
            Remove
          </Button>
        </div>
      </Form>
    </details>
  );
}

const LinkFields = ({ link }: { link?: ShownLink }) => (
  <>
    <Field name="url" label="Address" type="url" value={link?.url ?? ''} required placeholder="https://" />
    <Field
      name="title"
      label="Title"
      value={link?.title ?? ''}
      maxLength={200}
      hint={link ? undefined : 'Leave it empty to take the page’s own.'}
    />
    <Field
      name="description"
      label="Description"
      type="textarea"
      rows={2}
      value={link?.description ?? ''}
      maxLength={500}
    />
  </>
);
