import type { HubInfo } from '../../../../../hubs/find-hub.ts';
import { Button, Choice, Field, Form } from '../../../../../ui/form.tsx';
import { givenBack } from '../../../../forms/given-back.ts';

/** How somebody joins, and what they read before. */
export async function Joining({ hub, draft }: { hub: HubInfo; draft: string | undefined }) {
  const action = `/api/hubs/${hub.id}/joining`;
  const options: [string, string][] =
    hub.groupName === null
      ? [
          ['request', 'They ask, an owner answers'],
          ['open', 'At once'],
          ['accounts', 'An owner adds them'],
        ]
      : [
          ['request', 'They ask here; the group takes them in'],
          ['accounts', 'In the accounts system alone'],
        ];
  return (
    <Form action={action} given={await givenBack(draft, action)} confirms className="px-4 pt-3 pb-4">
      <input type="hidden" name="version" value={hub.version} />
      <Choice
        name="joinMode"
        label="How people join"
        value={hub.groupName !== null && hub.joinMode === 'open' ? 'request' : hub.joinMode}
        options={options}
      />
      <Field
        name="joinText"
        type="textarea"
        rows={6}
        maxLength={10000}
        label="The join process"
        value={hub.joinText}
        hint="What somebody reads before they join: first steps, where to say hello, what you expect. Markdown."
      />
      <Button look="strong">Save</Button>
    </Form>
  );
}
