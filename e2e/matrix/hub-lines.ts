// Everything that is asked of a hub, and what comes of it. Written by hand from the table of roles in the product's
// description, never from hubs/permissions.ts. A new route: a line below, with the table that it shall keep.
import { type Table, table, without } from './tables.ts';
import { entryIdOf, type HubType, type Mark, type Place } from './world.ts';

export interface HubLine {
  /** Method and route as `next build` names it; `[hub]`, `[name]`, `[widget]` and such become the place's own. */
  route: string;
  /** Where several lines have one route: what this one asks for. */
  about?: string;
  on: HubType;
  cells: Table;
  /** What `[widget]`, `[request]`, `[tab]` and such stand for, where it is not the obvious. */
  with?(place: Place): Record<string, string | number>;
  query?: string;
  /** The form, filled in so that it can be done. */
  body?(place: Place): Record<string, unknown>;
  /** Another page, asked for what it tells of this place: its address, from the name of a role's person. */
  elsewhere?(nameOf: (role: string) => string): string;
  /** What a 200 has in its body. */
  shows?: Mark[];
}

const mayChange = table(`
            visitor person follower member owner admin
  public    401     403    403      403    done  done
  preview   401     403    403      403    done  done
  private   401     404    404      403    done  done
  archived  401     403    403      403    403   403
`);

const mayArchive = table(`
            visitor person follower member owner admin
  public    401     403    403      403    done  done
  preview   401     403    403      403    done  done
  private   401     404    404      403    done  done
  archived  401     403    403      403    done  done
`);

const mayContribute = table(`
            visitor person follower member owner admin
  public    401     403    403      done   done  done
  preview   401     403    403      done   done  done
  private   401     404    404      done   done  done
  archived  401     403    403      403    403   403
`);

const mayFollow = table(`
            visitor person follower member owner admin
  public    401     done   done     done   done  done
  preview   401     done   done     done   done  done
  private   401     404    404      done   done  done
  archived  401     done   done     done   done  done
`);

/** Who belongs to it is told so. */
const mayJoin = table(`
            visitor person follower member owner admin
  public    401     done   done     200    200   done
  preview   401     done   done     200    200   done
  private   401     404    404      200    200   done
  archived  401     403    403      403    403   403
`);

/** The requests of the preview hub are for its members. */
const mayTakeHelp = table(`
            visitor person follower member owner admin
  public    401     done   done     done   done  done
  preview   401     404    404      done   done  done
  private   401     404    404      done   done  done
  archived  401     403    403      403    403   403
`);

const maySettleHelp = table(`
            visitor person follower member asker taker owner admin
  public    401     403    403      403    done  done  done  done
  preview   401     404    404      403    done  done  done  done
  private   401     404    404      403    404   404   done  done
  archived  401     403    403      403    403   403   403   403
`);

const mayReadLayout = table(`
            visitor person follower member owner admin
  public    403     403    403      403    200   200
  preview   403     403    403      403    200   200
  private   404     404    404      403    200   200
  archived  403     403    403      403    403   403
`);

const mayExport = table(`
            visitor person follower member owner admin
  public    403     403    403      403    200   200
  preview   403     403    403      403    200   200
  private   404     404    404      403    200   200
  archived  403     403    403      403    200   200
`);

const openWidget = table(`
            visitor person follower member owner admin
  public    200     200    200      200    200   200
  preview   200     200    200      200    200   200
  private   404     404    404      200    200   200
  archived  200     200    200      200    200   200
`);

const feedWidget = table(`
            visitor person follower member owner admin
  public    200     200    200      200    200   200
  preview   404     404    404      200    200   200
  private   404     404    404      200    200   200
  archived  200     200    200      200    200   200
`);

const restrictedWidget = table(`
            visitor person follower member owner admin
  public    404     404    404      200    200   200
  preview   404     404    404      200    200   200
  private   404     404    404      200    200   200
  archived  404     404    404      200    200   200
`);

const hubPage = table(`
            visitor person follower member owner admin
  public    open    open   open     all    own   own
  preview   door    door   door     all    own   own
  private   404     404    404      all    own   own
  archived  open    open   open     all    own   own
`);

/** An owner sees what such a reader sees; nobody else sees anything else than without asking for it. */
const hubPageAsVisitor = table(`
            visitor person follower member owner admin
  public    open    open   open     all    open  open
  preview   door    door   door     all    door  door
  private   404     404    404      all    -     -
  archived  open    open   open     all    open  open
`);

const hubPageAsMember = table(`
            visitor person follower member owner admin
  public    open    open   open     all    all   all
  preview   door    door   door     all    all   all
  private   404     404    404      all    all   all
  archived  open    open   open     all    all   all
`);

const settingsPage = table(`
            visitor person follower member owner admin
  public    sign-in 404    404      404    200   200
  preview   sign-in 404    404      404    200   200
  private   404     404    404      404    200   200
  archived  sign-in 404    404      404    200   200
`);

const layoutPage = table(`
            visitor person follower member owner admin
  public    sign-in 404    404      404    200   200
  preview   sign-in 404    404      404    200   200
  private   404     404    404      404    200   200
  archived  sign-in 404    404      404    404   404
`);

/** Who belongs to it already, or can't any more, is led back to it. */
const joinPage = table(`
            visitor person follower member owner admin
  public    200     200    200      on     on    200
  preview   200     200    200      on     on    200
  private   404     404    404      on     on    200
  archived  on      on     on       on     on    on
`);

/** It says nothing of the hub: where it leads to does. */
const everybodyIsLedOn = table(`
            visitor person follower member owner admin
  public    on      on     on       on     on    on
  private   on      on     on       on     on    on
`);

const feedForOthers = table(`
            visitor person follower member owner admin
  public    200     200    200      200    200   200
  preview   404     404    404      200    200   200
  private   404     404    404      200    200   200
  archived  200     200    200      200    200   200
`);

/** No widget shows who follows these hubs: that is for their owners. None keeps their people to members. */
const peoplePage = table(`
            visitor person follower member owner     admin
  public    200     200    200      200    followers followers
  preview   404     404    404      200    followers followers
  private   404     404    404      200    followers followers
  archived  200     200    200      200    followers followers
`);

/** A card is for other people's pages: it shows what everybody may read, or nothing. */
const card = table(`
            visitor person follower member owner admin
  public    200     200    200      200    200   200
  preview   404     404    404      404    404   404
  private   404     404    404      404    404   404
  archived  200     200    200      200    200   200
`);

/** None of these hubs names a calendar. */
const noCalendar = table(`
            visitor person follower member owner admin
  public    404     404    404      404    404   404
  private   404     404    404      404    404   404
`);

/** What everybody may read needs no secret; what one may read as a site admin alone has none. */
const mayMakeLink = table(`
            visitor person follower member owner admin
  public    401     422    422      422    422   422
  preview   401     403    403      done   done  403
  private   401     404    404      done   done  404
  archived  401     422    422      422    422   422
`);

const nobodyElsesStream = table(`
            visitor person member owner admin
  private   404     404    404    200   404
`);
const nobodyElseChangesStream = table(`
            visitor person member owner admin
  private   401     404    404    done  404
`);

/** To save or hide an entry for oneself changes nothing that others see. */
const mayKeepEntry = table(`
            visitor person follower member owner admin
  public    401     200    200      200    200   200
  preview   401     404    404      200    200   200
  private   401     404    404      200    200   200
  archived  401     200    200      200    200   200
`);

const keepsOwnEntry = table(`
            visitor person member owner admin
  private   401     404    404    200   404
`);

const general = ({ version }: Place) => ({
  ...{ version, summary: 'Another one', description: '', avatarUrl: '', colour: '', visibility: 'private' },
  ...{ leftWidth: 6, alertText: '', alertColour: 'red' },
});
const keepEntry = (place: Place) => ({ hub: String(place.id), entry: entryIdOf(place), do: 'save' });
const helpStep = (step: string) => () => ({ step });
const ofTab = (tab: string) => () => ({ tab });
const layout = ({ version }: Place) => ({ version, widgets: [] });
const hub = 'POST /api/hubs/[hub]';
const widget = '/api/hubs/[hub]/widgets/[widget]';

/** What is asked of teams and of people's hubs alike. */
const ofEither = (on: 'team' | 'user'): HubLine[] => {
  const page = `GET /${on === 'team' ? 't' : 'u'}/[name]`;
  return [
    { on, route: page, cells: hubPage },
    {
      ...{ on, route: `${page}/e/[id]`, cells: feedWidget, shows: ['entry'] },
      with: (place) => ({ id: entryIdOf(place) }),
    },
    { on, route: 'POST /api/me/entries', cells: mayKeepEntry, body: keepEntry },
    { on, route: `${page}/layout`, cells: layoutPage, shows: ['open', 'restricted'] },
    { on, route: `${page}/settings`, cells: everybodyIsLedOn },
    {
      ...{ on, route: `${page}/settings/[tab]`, with: ofTab('general'), cells: settingsPage },
      shows: ['summary'],
    },
    { on, route: `${page}/settings/[tab]`, about: 'other', with: ofTab('other'), cells: settingsPage },
    ...['feed.atom', 'feed.rss', 'feed.json'].map(
      (file): HubLine => ({
        ...{ on, route: `${page}/${file}`, cells: feedForOthers },
        shows: ['summary', 'entry'],
      }),
    ),
    { on, route: `${page}/card`, cells: card, shows: ['summary', 'entry'] },
    // A picture has no room for the whole sentence.
    { on, route: `${page}/card.svg`, cells: card, shows: ['summary'] },
    { on, route: 'POST /api/me/links/[hub]', cells: mayMakeLink, body: () => ({ do: 'make' }) },
    { on, route: `GET ${widget}`, about: 'open', cells: openWidget, shows: ['open'] },
    {
      ...{ on, route: `GET ${widget}`, about: 'feed', cells: feedWidget, shows: ['entry'] },
      with: ({ feed }) => ({ widget: feed }),
    },
    {
      ...{ on, route: `GET ${widget}`, about: 'restricted', cells: restrictedWidget, shows: ['restricted'] },
      with: ({ restricted }) => ({ widget: restricted }),
    },
    {
      on,
      route: 'GET /api/hubs/[hub]/export',
      cells: mayExport,
      shows: ['summary', 'open', 'restricted', 'help'],
    },
    { on, route: 'GET /api/hubs/[hub]/layout', cells: mayReadLayout, shows: ['open', 'restricted'] },
    { on, route: `${hub}/layout`, cells: mayChange, body: layout },
    {
      ...{ on, route: `${hub}/layout/step`, cells: mayChange },
      body: ({ open }) => ({ step: 'down', widget: open }),
    },
    {
      ...{ on, route: `${hub}/layout/widgets/[widget]`, cells: mayChange },
      body: () => ({ text: 'Another text' }),
    },
    { on, route: `${hub}/settings/[tab]`, with: ofTab('general'), cells: mayChange, body: general },
    { on, route: `${hub}/roles`, about: 'star', cells: mayFollow, body: () => ({ change: 'star' }) },
    { on, route: `${hub}/help`, cells: mayContribute, body: () => ({ title: 'We need help' }) },
    { on, route: `${hub}/help/[request]`, about: 'take', cells: mayTakeHelp, body: helpStep('take') },
    {
      ...{ on, route: `${hub}/help/[request]`, about: 'done', cells: maySettleHelp, body: helpStep('done') },
      with: ({ taken }) => ({ request: taken }),
    },
    {
      ...{ on, route: `${hub}/library`, cells: mayContribute },
      body: () => ({ url: 'https://example.org/more', title: 'More' }),
    },
    { on, route: `${hub}/library/[link]`, cells: mayChange, body: () => ({ do: 'remove' }) },
  ];
};

/** A person's hub has no members, and is never archived. */
const ofPeople = ofEither('user').map((line) => ({
  ...line,
  cells: without(line.cells, 'archived', 'member'),
}));

const team = 'GET /t/[name]';

const ofTeams: HubLine[] = [
  { on: 'team', route: team, about: 'as a visitor', query: '?as=visitor', cells: hubPageAsVisitor },
  { on: 'team', route: team, about: 'as somebody signed in', query: '?as=person', cells: hubPageAsVisitor },
  { on: 'team', route: team, about: 'as a member', query: '?as=member', cells: hubPageAsMember },
  { on: 'team', route: team, about: 'as an owner', query: '?as=owner', cells: hubPage },
  { on: 'team', route: 'GET /t/[name]/join', cells: joinPage, shows: ['summary'] },
  { on: 'team', route: 'GET /t/[name]/people', cells: peoplePage },
  { on: 'team', route: 'GET /t/[name]/settings/people', cells: settingsPage },
  { on: 'team', route: 'GET /t/[name]/meetings.ics', cells: noCalendar },
  {
    ...{ on: 'team', route: `${hub}/archive`, cells: mayArchive },
    body: ({ name }) => ({ archived: name.includes('archived') ? 'no' : 'yes' }),
  },
  { on: 'team', route: `${hub}/delete`, cells: mayArchive, body: ({ name }) => ({ name }) },
  {
    ...{ on: 'team', route: `${hub}/joining`, cells: mayChange },
    body: ({ version }) => ({ version, joinMode: 'open', joinText: 'Say hello.' }),
  },
  {
    ...{ on: 'team', route: `${hub}/people`, cells: mayChange },
    body: ({ name }) => ({ username: name.replace(/-.*/, '-person'), change: 'add-owner' }),
  },
  {
    ...{ on: 'team', route: `${hub}/requests`, cells: mayChange },
    body: ({ request }) => ({ request, do: 'approve' }),
  },
  { on: 'team', route: `${hub}/roles`, about: 'join', cells: mayJoin, body: () => ({ change: 'join' }) },
  { on: 'team', route: `${hub}/setup`, cells: mayChange, body: () => ({}) },
  ...Object.entries({
    list: { mailingList: 'list@lists.example.org' },
    calendar: { calendar: 'design', meetingName: '' },
    chat: { chatUrl: '#design:example.org' },
    development: { projects: 'design/tracker', packages: '', discourseTag: '', membersActivity: 'no' },
  }).map(
    ([tab, fields]): HubLine => ({
      ...{ on: 'team', route: `${hub}/settings/[tab]`, about: tab, with: ofTab(tab), cells: mayChange },
      body: ({ version }) => ({ version, ...fields }),
    }),
  ),
];

const ofStreams: HubLine[] = [
  { on: 'stream', route: `GET ${widget}`, cells: nobodyElsesStream, shows: ['open'] },
  {
    ...{ on: 'stream', route: 'GET /api/hubs/[hub]/layout', cells: nobodyElsesStream },
    shows: ['open', 'restricted'],
  },
  {
    ...{ on: 'stream', route: 'GET /api/hubs/[hub]/export', cells: nobodyElsesStream },
    shows: ['summary', 'open', 'restricted', 'help'],
  },
  { on: 'stream', route: 'POST /api/me/entries', cells: keepsOwnEntry, body: keepEntry },
  { on: 'stream', route: `${hub}/layout`, cells: nobodyElseChangesStream, body: layout },
  {
    ...{ on: 'stream', route: 'POST /api/me/links/[hub]', cells: nobodyElseChangesStream },
    body: () => ({ do: 'make' }),
  },
  { on: 'stream', route: `${hub}/roles`, cells: nobodyElseChangesStream, body: () => ({ change: 'star' }) },
];

/** What pages about many hubs tell of this one. */
const lists: HubLine[] = [
  {
    ...{ on: 'team', route: 'GET /' },
    // Who is signed in is led on to their stream.
    cells: table(`
              visitor            person member owner admin
      public  summary+entry+help on     on     on    on
      preview summary            on     on     on    on
      private -                  on     on     on    on
    `),
  },
  {
    ...{ on: 'team', route: 'GET /api/newest' },
    cells: table(`
              visitor person member owner admin
      public  entry   entry  entry  entry entry
      preview -       -      -      -     -
      private -       -      -      -     -
    `),
  },
  {
    ...{ on: 'team', route: 'GET /groups' },
    cells: table(`
               visitor person  follower member  owner   admin
      public   summary summary summary  summary summary summary
      preview  summary summary summary  summary summary summary
      private  -       -       -        summary summary summary
      archived -       -       -        -       -       -
    `),
  },
  {
    ...{ on: 'team', route: 'GET /groups', about: 'archived, too', query: '?archived=on&q=shown' },
    cells: table(`
               visitor person  follower member  owner   admin
      private  -       -       -        summary summary summary
      archived summary summary summary  summary summary summary
    `),
  },
  {
    ...{ on: 'team', route: 'GET /groups', about: 'who needs help', query: '?help=on&q=shown' },
    cells: table(`
               visitor person  follower member  owner   admin
      public   summary summary summary  summary summary summary
      preview  -       -       -        summary summary summary
      private  -       -       -        summary summary summary
    `),
  },
];

/** Other pages name the hub by a link to it. */
const named: HubLine[] = [
  {
    ...{ on: 'team', route: 'GET /t/[name]', about: 'what stands at its side', elsewhere: () => '/t/garden' },
    cells: table(`
               visitor person follower member owner admin
      public   -       -      link     link   link  -
      preview  -       -      link     link   link  -
      private  -       -      -        link   link  -
      archived -       -      -        -      -     -
    `),
  },
  {
    ...{ on: 'team', route: 'GET /u/[name]', about: 'the hubs of a member' },
    elsewhere: (nameOf) => `/u/${nameOf('member')}`,
    cells: table(`
               visitor person follower member owner admin
      public   link    link   link     link   link  link
      preview  link    link   link     link   link  link
      private  -       -      -        link   link  link
      archived -       -      -        -      -     -
    `),
  },
];

export const hubLines = [...ofEither('team'), ...ofPeople, ...ofTeams, ...ofStreams, ...lists, ...named];
