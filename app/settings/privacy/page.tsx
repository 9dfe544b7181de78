import type { Metadata } from 'next';
import { audienceOfLine, contactLines, contactSchema, privacySchema } from '../../../hubs/contact.ts';
import { Button, Choice, Form } from '../../../ui/form.tsx';
import { givenBack } from '../../forms/given-back.ts';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'Privacy' };

const action = '/api/me/privacy';
const names: Record<(typeof contactLines)[number], string> = {
  country: 'Country',
  time: 'Local time',
  email: 'E-mail',
  chat: 'Chat names',
  websites: 'Websites',
  memberSince: 'Member since',
};
const options: [string, string][] = [
  ['everybody', 'Everybody'],
  ['signed-in', 'Signed-in people'],
  ['nobody', 'Nobody'],
];

/** What of one's contact is shown to whom. */
export default async function Privacy({
  searchParams,
}: {
  searchParams: Promise<{ draft?: string | string[] }>;
}) {
  const viewer = await demandViewer('/settings/privacy');
  const person = await getStores().database.person.findUniqueOrThrow({ where: { id: viewer.person.id } });
  const contact = contactSchema.parse(person.contact);
  const privacy = privacySchema.parse(person.privacy);
  return (
    <Form action={action} given={await givenBack((await searchParams).draft, action)} confirms>
      <h2 className="font-semibold text-lg">Who sees what of your contact</h2>
      <p className="mt-1 mb-4 text-muted text-sm">
        What the accounts system knows of you, and to whom your hub shows it.
        {contact.private &&
          ' The accounts system has you marked as private: what you don’t choose here is shown to nobody.'}
      </p>
      {contactLines.map((line) => (
        <Choice
          key={line}
          name={line}
          label={names[line]}
          value={audienceOfLine(line, contact, privacy)}
          options={options}
        />
      ))}
      <Button look="strong">Save</Button>
    </Form>
  );
}
