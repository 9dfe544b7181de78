import type { ReactNode } from 'react';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { Choice, Field } from '../../ui/form.tsx';
import { teamKinds } from '../groups/team-kinds.ts';

/** Who may see a hub, as a choice. */
export const visibilities: [string, string][] = [
  ['public', 'Public: everybody sees it'],
  ['preview', 'Preview: others see name, description and what is marked public'],
  ['private', 'Private: to others it does not exist'],
];
const colours: [string, string][] = [
  ['blue', 'Blue: for your information'],
  ['green', 'Green: good news'],
  ['yellow', 'Yellow: look out'],
  ['red', 'Red: something is broken'],
];

/** The fields of each tab that is one form. */
export const tabForms: Record<string, (hub: HubInfo) => ReactNode> = {
  general: (hub) => (
    <>
      <Field
        name="summary"
        label="Summary"
        value={hub.summary}
        maxLength={200}
        hint="The long name, one line."
      />
      <Field
        name="description"
        label="Description"
        type="textarea"
        value={hub.description}
        hint="The welcome: who you are, what you do. Markdown."
      />
      <Field
        name="avatarUrl"
        label="Picture"
        type="url"
        value={hub.avatarUrl ?? ''}
        hint="An address; without one a tile is drawn."
      />
      <Field
        name="colour"
        label="Colour of the tile"
        value={hub.colour ?? ''}
        placeholder="#1f57a8"
        hint="Empty: one of its own."
      />
      {hub.type === 'team' && (
        <Choice name="teamKind" label="Kind" value={hub.teamKind} options={teamKinds} />
      )}
      <Choice name="visibility" label="Who may see it" value={hub.visibility} options={visibilities} />
      <Field
        name="leftWidth"
        label="Width of the left column"
        type="number"
        value={String(hub.leftWidth)}
        hint="Of 12; from 4 to 9."
      />
      <Field
        name="alertText"
        label="Alert"
        value={hub.alertText}
        maxLength={500}
        hint="A banner that readers put away; it is back when its text changes. Empty: none."
      />
      <Choice name="alertColour" label="Colour of the alert" value={hub.alertColour} options={colours} />
    </>
  ),
  list: (hub) => (
    <Field
      name="mailingList"
      label="Mailing list"
      value={hub.mailingList ?? ''}
      placeholder="design@lists.example.org"
      hint="Where the team writes. It is shown on the hub, and what is posted there stands in the feed."
    />
  ),
  calendar: (hub) => (
    <>
      <Field
        name="calendar"
        label="Calendar"
        value={hub.calendar ?? ''}
        hint="The name of a Fedocal calendar, or the address of an iCal file: where the team’s meetings come from."
      />
      <Field
        name="meetingName"
        label="Meeting"
        value={hub.meetingName ?? ''}
        hint="What the meeting bot calls your meetings."
      />
    </>
  ),
  chat: (hub) => (
    <Field
      name="chatUrl"
      label="Room"
      value={hub.chatUrl ?? ''}
      placeholder="#design:example.org"
      hint="Where the team talks: a Matrix room, or an IRC address such as irc://irc.libera.chat/#design."
    />
  ),
  development: (hub) => (
    <>
      <Field
        name="projects"
        label="Projects"
        type="textarea"
        value={hub.projects.join('\n')}
        hint="Forge projects that the team owns, one per line, as namespace/project. What happens there stands in the feed."
      />
      <Field
        name="packages"
        label="Packages"
        type="textarea"
        value={hub.packages.join('\n')}
        hint="That the team looks after, one per line. Their builds and updates stand in the feed."
      />
      <Field
        name="discourseTag"
        label="Discourse tag"
        value={hub.discourseTag ?? ''}
        hint="Topics with it are the team’s: they stand in the feed and in Discussions."
      />
      <Choice
        name="membersActivity"
        label="What members do elsewhere"
        value={hub.membersActivity === null ? 'auto' : hub.membersActivity ? 'yes' : 'no'}
        options={[
          ['auto', 'Shown until the team owns something'],
          ['yes', 'Shown in the feed'],
          ['no', 'Not shown in the feed'],
        ]}
      />
    </>
  ),
};
