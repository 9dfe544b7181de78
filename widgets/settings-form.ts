// A kind's settings schema says everything about its form: here it is read, and what was posted is checked by it.
import { z } from 'zod';
import type { Fields } from '../hubs/drafts.ts';
import type { AnyKind } from './kind.ts';

const inputs = ['text', 'textarea', 'markdown', 'number', 'choice', 'tick', 'url', 'colour'] as const;

/**
 * What a setting says of its field: `.meta({ label, hint?, input?, options? })`, last in its line. Without `input` a
 * number, a boolean and an enum speak for themselves, everything else is a line of text.
 */
const metaSchema = z.object({
  label: z.string(),
  hint: z.string().optional(),
  input: z.enum(inputs).optional(),
  /** Words for the values of an enum. */
  options: z.record(z.string(), z.string()).optional(),
});

export interface FieldDescription {
  name: string;
  label: string;
  hint: string | null;
  input: (typeof inputs)[number];
  /** Value and words of a choice; empty for everything else. */
  options: [string, string][];
  default: string | number | boolean;
  /** Of a number. */
  min: number | null;
  max: number | null;
  /** Characters of a text. */
  maxLength: number | null;
}

const inputOf = (type: z.ZodType): FieldDescription['input'] => {
  if (type instanceof z.ZodNumber) return 'number';
  if (type instanceof z.ZodBoolean) return 'tick';
  return type instanceof z.ZodEnum ? 'choice' : 'text';
};

const capitalise = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** The fields of a kind's form, in the order of its schema; none: there is nothing to configure. */
export function describeSettings(kind: AnyKind): FieldDescription[] {
  return Object.entries(kind.settings.shape).map(([name, field]) =>
    describe(`${kind.kind}.${name}`, name, field),
  );
}

/** @throws where a kind does not keep the rules, so that its tests find out */
function describe(path: string, name: string, field: unknown): FieldDescription {
  if (!(field instanceof z.ZodDefault)) throw new Error(`The setting ${path} has no default.`);
  const type = field.def.innerType as z.ZodType;
  const meta = metaSchema.safeParse(field.meta());
  if (!meta.success) throw new Error(`The setting ${path} needs .meta({ label }), last in its line.`);
  const { label, hint = null, input = inputOf(type), options = {} } = meta.data;
  return {
    name,
    label,
    hint,
    input,
    options:
      type instanceof z.ZodEnum
        ? type.options.map((value) => [String(value), options[value] ?? capitalise(String(value))])
        : [],
    default: z.union([z.string(), z.number(), z.boolean()]).parse(field.def.defaultValue),
    min: type instanceof z.ZodNumber ? type.minValue : null,
    max: type instanceof z.ZodNumber ? type.maxValue : null,
    maxLength: type instanceof z.ZodString ? type.maxLength : null,
  };
}

export type ParsedSettings = { values: Record<string, unknown> } | { errors: Record<string, string> };

/**
 * Settings from a form's texts. What is left empty has its default; a tick that is not posted is off; an unknown name is
 * an error of the form as a whole (the empty name).
 */
export function parseSettings(kind: AnyKind, fields: Fields): ParsedSettings {
  const described = describeSettings(kind);
  const known = new Set(described.map(({ name }) => name));
  const unknown = Object.keys(fields).filter((name) => !known.has(name));
  const errors: Record<string, string> = {};
  if (unknown.length > 0) errors[''] = `${kind.label} has no setting “${unknown.join('”, “')}”.`;
  const given = described.flatMap((field) => {
    const value = readText(field, fields[field.name]);
    return value === undefined ? [] : [[field.name, value]];
  });
  const parsed = kind.settings.safeParse(Object.fromEntries(given));
  for (const issue of parsed.error?.issues ?? []) {
    const field = described.find(({ name }) => name === issue.path[0]);
    if (field) errors[field.name] ??= sayIssue(field, issue);
  }
  return parsed.success && unknown.length === 0 ? { values: { ...parsed.data } } : { errors };
}

function readText(field: FieldDescription, posted: string | string[] | undefined): unknown {
  if (Array.isArray(posted)) return posted; // the schema says that it is not one value
  if (field.input === 'tick') {
    if (posted === undefined || posted === '' || posted === 'false') return false;
    return posted === 'on' || posted === 'true' ? true : posted;
  }
  const text = posted?.trim() ?? '';
  if (text === '') return undefined;
  // Number('') is 0 and Number('0x10') is 16: only what people write as a number is one.
  if (field.input === 'number') return /^[+-]?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
  return text;
}

function sayIssue(field: FieldDescription, issue: z.core.$ZodIssue): string {
  if (field.input === 'number') return `Give a whole number from ${field.min} to ${field.max}.`;
  if (field.input === 'choice')
    return `Choose one of: ${field.options.map(([, words]) => words).join(', ')}.`;
  if (field.input === 'tick') return 'Tick it or leave it.';
  if (issue.code === 'too_big') return `Shorten this to ${field.maxLength} characters.`;
  return issue.code === 'custom' ? issue.message : 'This is not a text Hubs can keep.';
}
