import type { Metadata } from 'next';
import { type LinkInfo, listLinks, ownLink } from '../../../hubs/secret-links.ts';
import { feedFormats } from '../../../outputs/feed-formats.ts';
import { Age } from '../../../ui/age.tsx';
import { Button, Form, GivenBack } from '../../../ui/form.tsx';
import { backToPage } from '../../forms/back-to-page.ts';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'Secret links' };

interface Props {
  searchParams: Promise<{ made?: string | string[]; draft?: string | string[] }>;
}

/** Addresses of the reader's stream and of hubs that are not public, for programs that can't sign in. */
export default async function SecretLinks({ searchParams }: Props) {
  const { made, draft } = await searchParams;
  const { database, settings } = getStores();
  const viewer = await demandViewer('/settings/links');
  const links = await listLinks(database, viewer);
  const token = typeof made === 'string' ? made : '';
  const madeFor = token ? await ownLink(database, viewer, token) : null;
  const now = Date.now();
  return (
    <section aria-labelledby="links">
      <h2 id="links" className="font-semibold text-lg">
        Secret links
      </h2>
      <p className="mt-1 max-w-2xl text-muted text-sm">
        A feed reader or a calendar can’t sign in. With a secret link it reads what you may read, as long as
        you may. Whoever has the address reads it, too: keep it to yourself, and renew it when it got about.
      </p>
      <GivenBack back={await backToPage(draft)}>
        <ul className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
          {links.map((link) => (
            <li key={link.hub.id} className="px-4 py-3">
              <LinkLine link={link} now={now} />
              {madeFor === link.hub.id && (
                <Addresses link={link} base={new URL(`/secret/${token}/`, settings.BASE_URL).href} />
              )}
            </li>
          ))}
        </ul>
      </GivenBack>
    </section>
  );
}

const nameOf = ({ hub }: LinkInfo) => (hub.type === 'stream' ? 'My Stream' : hub.name);

function LinkLine({ link, now }: { link: LinkInfo; now: number }) {
  const { hub, made } = link;
  const name = nameOf(link);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div>
        <p className="font-medium">{name}</p>
        <p className="text-muted text-sm">
          {made ? (
            <>
              Made <Age time={made.at} now={now} />,{' '}
              {made.usedAt === null ? (
                'not used yet'
              ) : (
                <>
                  last used <Age time={made.usedAt} now={now} />
                </>
              )}
            </>
          ) : (
            'No link yet'
          )}
        </p>
      </div>
      <Form action={`/api/me/links/${hub.id}`} className="flex gap-2">
        <Button
          name="do"
          value="make"
          aria-label={made ? `Renew the link to ${name}` : `Make a link to ${name}`}
        >
          {made ? 'Renew' : 'Make a link'}
        </Button>
        {made && (
          <Button look="danger" name="do" value="end" aria-label={`End the link to ${name}`}>
            End
          </Button>
        )}
      </Form>
    </div>
  );
}

/** The one time they can be read. */
function Addresses({ link: { hub }, base }: { link: LinkInfo; base: string }) {
  const outputs = [
    ...Object.entries(feedFormats).map(([format, { label }]) => ({ label, file: `feed.${format}` })),
    ...(hub.calendar ? [{ label: 'Calendar (iCal)', file: 'meetings.ics' }] : []),
  ];
  return (
    <div className="mt-3 rounded-md bg-accent-soft px-4 py-3 text-sm">
      <p className="font-medium">Copy what you need now: Hubs keeps no copy and can’t show it again.</p>
      <dl className="mt-2 grid gap-2">
        {outputs.map(({ label, file }) => (
          <div key={file}>
            <dt className="text-muted text-xs">{label}</dt>
            <dd>
              <code className="break-all font-mono text-xs">{`${base}${file}`}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
