// The exact text that fedmsg signs: Python's `json.JSONEncoder(sort_keys=True, separators=(',', ':'))`. JSON.parse would
// lose what it depends on (1.0 is not 1, integers have any size), so the reader here keeps the numbers' lexemes.

/** Python gives up at about a thousand; so deep a message is nobody's. */
const DEEPEST = 500;

/** A text is no JSON. NaN and Infinity are, for Python. */
export class BadJson extends Error {
  constructor(at: number) {
    super(`is not JSON at character ${at}`);
    this.name = 'BadJson';
  }
}

/**
 * The canonical form of a JSON text.
 * @throws {BadJson}
 */
export function canonicalize(text: string): string {
  return new Reader(text).readAll((reader) => reader.value(0));
}

/**
 * The members of a JSON object, each value in its canonical form.
 * @throws {BadJson}
 */
export function readMembers(text: string): Map<string, string> {
  return new Reader(text).readAll((reader) => reader.members(0));
}

/** The canonical form of an object with these members. */
export function joinMembers(members: Map<string, string>): string {
  const keys = [...members.keys()];
  // Without surrogates the order of UTF-16 units is that of code points.
  const sorted = keys.some((key) => /[\ud800-\udfff]/.test(key)) ? keys.sort(byCodePoint) : keys.sort();
  return `{${sorted.map((key) => `${encodeString(key)}:${members.get(key)}`).join(',')}}`;
}

const literals = /true|false|null|NaN|-?Infinity/y;
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\n\r]*/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll<T>(read: (reader: this) => T): T {
    const value = read(this);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw new BadJson(this.#at);
    return value;
  }

  value(depth: number): string {
    if (depth > DEEPEST) throw new BadJson(this.#at);
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case '{':
        return joinMembers(this.members(depth));
      case '[':
        return this.#array(depth);
      case '"':
        return canonicalString(this.#string());
      default:
        return this.#match(literals) ?? canonicalNumber(this.#match(numbers) ?? this.#fail());
    }
  }

  members(depth: number): Map<string, string> {
    const members = new Map<string, string>();
    this.#skipSpace();
    this.#list('{', '}', () => {
      this.#skipSpace();
      const key = decodeString(this.#string());
      this.#skipSpace();
      this.#expect(':');
      members.set(key, this.value(depth + 1));
    });
    return members;
  }

  #array(depth: number): string {
    const items: string[] = [];
    this.#list('[', ']', () => items.push(this.value(depth + 1)));
    return `[${items.join(',')}]`;
  }

  #list(open: string, close: string, readItem: () => void): void {
    this.#expect(open);
    this.#skipSpace();
    if (this.#takes(close)) return;
    do {
      readItem();
      this.#skipSpace();
    } while (this.#takes(','));
    this.#expect(close);
  }

  /** The literal with its quotes, still escaped. */
  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') this.#fail();
    let end = start;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) this.#fail();
    } while (this.#isEscaped(end));
    this.#at = end + 1;
    return this.#text.slice(start, this.#at);
  }

  /** An odd number of backslashes stands before it. */
  #isEscaped(at: number): boolean {
    let start = at;
    while (this.#text[start - 1] === '\\') start -= 1;
    return (at - start) % 2 === 1;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skipSpace(): void {
    if (this.#text.charCodeAt(this.#at) <= 32) this.#match(space);
  }

  #takes(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) this.#fail();
  }

  #fail(): never {
    throw new BadJson(this.#at);
  }
}

function decodeString(literal: string): string {
  try {
    return JSON.parse(literal);
  } catch {
    throw new BadJson(0); // a control character or an unknown escape; where in the text does not matter
  }
}

/** Most literals are canonical as they stand: ASCII without escapes. */
function canonicalString(literal: string): string {
  return /[^ -~]|\\/.test(literal) ? encodeString(decodeString(literal)) : literal;
}

/** JSON.stringify escapes quotes, controls and lone surrogates as Python does; DEL and all beyond ASCII follow here. */
function encodeString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function canonicalNumber(lexeme: string): string {
  if (/[.eE]/.test(lexeme)) return formatFloat(Number(lexeme));
  return lexeme === '-0' ? '0' : lexeme;
}

/** Python's repr: the shortest digits that come back, always with a point or an exponent. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [x = 0, y = 0] = [a.codePointAt(at), b.codePointAt(at)];
    if (x !== y) return x - y;
  }
  return a.length - b.length;
}
