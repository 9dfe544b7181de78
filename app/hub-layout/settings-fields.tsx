import type { Fields } from '../../hubs/drafts.ts';
import { Choice, Field, Tick } from '../../ui/form.tsx';
import type { FieldDescription } from '../../widgets/settings-form.ts';
import { RESTRICTED } from './settings-names.ts';

interface Props {
  settings: FieldDescription[];
  fields: Fields;
  restricted: boolean;
  /** A stream has no visitors. */
  mayRestrict: boolean;
}

/** A kind's form, made from its schema. */
export function SettingsFields({ settings, fields, restricted, mayRestrict }: Props) {
  return (
    <>
      {settings.length === 0 && <p className="mb-4 text-muted text-sm">Nothing to configure.</p>}
      {settings.map((field) => (
        <Setting key={field.name} field={field} value={fields[field.name]} />
      ))}
      {mayRestrict && <Tick name={RESTRICTED} label="Show it to members only" value={restricted} />}
    </>
  );
}

function Setting({ field, value }: { field: FieldDescription; value: string | string[] | undefined }) {
  const { name, label, hint, input, options, min, max, maxLength } = field;
  const text = typeof value === 'string' ? value : '';
  if (input === 'tick') return <Tick name={name} label={label} value={value === 'on'} hint={hint} />;
  if (input === 'choice')
    return <Choice name={name} label={label} value={text} hint={hint} options={options} />;
  const limits = input === 'number' && min !== null && max !== null ? `${min} to ${max}` : null;
  const said = [hint, limits].filter(Boolean).join('; ');
  const type = { markdown: 'textarea', colour: 'color' } as const;
  return (
    <Field
      name={name}
      label={label}
      value={text}
      hint={said || null}
      type={input === 'markdown' || input === 'colour' ? type[input] : input}
      {...(maxLength === null ? {} : { maxLength })}
    />
  );
}
