// Sentences from templates. `{name}` is a value; what stands in [brackets] is left out when a value in it is missing.
import type { Part } from './activity.ts';
import { byCodePoint, isUserName } from './words.ts';

export type Value = string | number | Part | Part[] | null | undefined;

const textPart = (text: string): Part => ({ type: 'text', text });

/** Somebody by user name; what can't be a user name (an address, a nick with spaces) stays text. */
export function person(name: string | null | undefined): Part {
  if (!name) return textPart('somebody');
  return isUserName(name) ? { type: 'person', text: name, name } : textPart(name);
}

/** A package; `shown` is the text where it differs, such as the build. */
export function rpm(name: string | null | undefined, shown = name): Part | undefined {
  if (!shown) return undefined;
  return name ? { type: 'package', text: shown, name } : textPart(shown);
}

/** Words that lead somewhere; without an address they stay text. */
export function linked(text: string | undefined, href: string | null | undefined): Part | undefined {
  if (!text) return undefined;
  return href ? { type: 'link', text, href } : textPart(text);
}

export function joinedBy(parts: Part[], separator: string): Part[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [textPart(separator), part]));
}

/** Sorted and unique by text: "ana, bo, and 3 others"; nothing is "(nothing)". */
export function seriesOf(parts: Part[]): Part[] {
  const sorted = [...new Map(parts.map((part) => [part.text, part])).values()].sort((a, b) =>
    byCodePoint(a.text, b.text),
  );
  if (sorted.length === 0) return [textPart('(nothing)')];
  const shown = sorted.length > 3 ? [...sorted.slice(0, 2), textPart(`${sorted.length - 2} others`)] : sorted;
  const last = shown.pop();
  if (!last || shown.length === 0) return last ? [last] : [];
  return [...joinedBy(shown, ', '), textPart(shown.length > 1 ? ', and ' : ' and '), last];
}

type Piece = { text: string } | { value: string } | { optional: Piece[] };
const compiled = new Map<string, Piece[]>();

function compile(template: string): Piece[] {
  return [...template.matchAll(/\{(\w+)\}|\[([^\]]*)\]|[^{[]+/g)].map((match) => {
    if (match[1] !== undefined) return { value: match[1] };
    if (match[2] !== undefined) return { optional: compile(match[2]) };
    return { text: match[0] };
  });
}

/** The sentence, or undefined when there is no template or a value outside brackets is missing. */
export function fill(template: string | undefined, values: Record<string, Value>): Part[] | undefined {
  // A table asked for `constructor` answers with what every object has: that is missing, too.
  if (typeof template !== 'string') return undefined;
  let pieces = compiled.get(template);
  if (!pieces) {
    pieces = compile(template);
    compiled.set(template, pieces);
  }
  const parts = mergeTexts(fillPieces(pieces, values) ?? []);
  return parts.some((part) => part.text.trim() !== '') ? parts : undefined;
}

function fillPieces(pieces: Piece[], values: Record<string, Value>): Part[] | undefined {
  const parts: Part[] = [];
  for (const piece of pieces) {
    if ('text' in piece) parts.push(textPart(piece.text));
    else if ('optional' in piece) parts.push(...(fillPieces(piece.optional, values) ?? []));
    else {
      const value = values[piece.value];
      if (typeof value === 'string' || typeof value === 'number') parts.push(textPart(String(value)));
      else if (Array.isArray(value)) parts.push(...value);
      else if (value && typeof value === 'object' && 'text' in value) parts.push(value);
      else return undefined;
    }
  }
  return parts;
}

function mergeTexts(parts: Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      merged[merged.length - 1] = textPart(last.text + part.text);
    else if (part.text !== '') merged.push(part);
  }
  return merged;
}

/** After "you" a verb has another form. */
const verbs = new Map([
  ['has', 'have'],
  ['is', 'are'],
  ['was', 'were'],
  ['asks', 'ask'],
  ['does', 'do'],
  ['follows', 'follow'],
  ['stars', 'star'],
]);

/** What is said of "them" where they are who it is about. */
const speakTo = (text: string): string => text.replace(/\btheir\b/g, 'your').replace(/\bthey\b/g, 'you');

/** The sentence for `name` to read: "you", "your"; undefined where it doesn't name them. */
export function inSecondPerson(parts: Part[], name: string): Part[] | undefined {
  const told: Part[] = [];
  let named = false;
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const isYou = before?.type === 'person' && before.name === name;
    if (part.type === 'person' && part.name === name) {
      named = true;
      const next = parts[index + 1]?.text ?? '';
      told.push(textPart(next.startsWith("'s") ? 'your' : 'you'));
    } else if (part.type === 'text' && isYou) {
      told.push(
        textPart(
          part.text
            .replace(/^'s/, '')
            .replace(/^( no longer)? (\w+)/, (_, never = '', verb) => `${never} ${verbs.get(verb) ?? verb}`),
        ),
      );
    } else told.push(part);
    const isSubject = named && parts[0]?.type === 'person' && parts[0].name === name;
    const last = told.at(-1);
    if (isSubject && part.type === 'text' && last) told[told.length - 1] = textPart(speakTo(last.text));
  }
  return named ? mergeTexts(told) : undefined;
}
