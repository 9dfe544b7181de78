// Words that several services need: series of names, short titles, names of builds.

/**
 * Sorted and unique: "a", "a and b", "a, b, and c", "a, b, and 3 others"; nothing is "(nothing)".
 * Upper case sorts before lower case, as in the reference.
 */
export function series(items: Iterable<string>): string {
  const sorted = [...new Set(items)].sort(byCodePoint);
  const [first, second] = sorted;
  if (first === undefined) return '(nothing)';
  if (second === undefined) return first;
  if (sorted.length === 2) return `${first} and ${second}`;
  if (sorted.length === 3) return `${first}, ${second}, and ${sorted[2]}`;
  return `${first}, ${second}, and ${sorted.length - 2} others`;
}

export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A text of `limit` characters or more is cut there and ends with `mark`. */
export function truncate(title: string, limit = 40, mark = '...'): string {
  const letters = [...title];
  return letters.length >= limit ? `${letters.slice(0, limit).join('')}${mark}` : title;
}

/** The package of a build: `guake-0.4.2-1.el6` is of `guake`. */
export function packageOf(nvr: string): string {
  const words = nvr.split('-');
  return words.length > 2 ? words.slice(0, -2).join('-') : (words[0] ?? nvr);
}

/** "'a'", "'a' and 'b'", "'a', 'b', and 'c'". */
export function quotedSeries(fields: string[], none: string): string {
  const quoted = fields.map((field) => `'${field}'`);
  const last = quoted.pop();
  if (last === undefined) return none;
  if (quoted.length === 0) return last;
  return quoted.length === 1 ? `${quoted[0]} and ${last}` : `${quoted.join(', ')}, and ${last}`;
}

/** The summary of a commit, marked when its message says more. */
export const commitSummary = (summary: string, message: string | undefined): string =>
  message !== undefined && message.trim() !== summary.trim() ? `${summary} (..more)` : summary;

/** A branch without `refs/heads/`. */
export const branchName = (ref: string): string => ref.replace('refs/heads/', '');

/** People addressed as `@name` at the start of a word. */
export const mentionsIn = (words: string | undefined): string[] =>
  [...(words ?? '').matchAll(/(?<![\w@/.])@([a-zA-Z0-9][\w.-]*\w|[a-zA-Z0-9])/g)].map(
    (match) => match[1] ?? '',
  );

/** The address in `Ana Example <ana@example.org>` or in `ana@example.org (Ana Example)`. */
export function addressIn(header: string): string {
  const angled = /<([^<>]*)>\s*$/.exec(header);
  return (angled?.[1] ?? header.replace(/\([^)]*\)/g, '')).trim();
}

/** `http://ana.id.fedoraproject.org/` is ana's OpenID. */
export const personOfOpenId = (openId: string): string =>
  (openId.split('://').at(-1) ?? openId).split('.')[0] ?? openId;

export const isUserName = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/.test(name);

/** A template whose every value is there: `whole` before it makes it undefined where one is missing. */
export function whole(
  texts: TemplateStringsArray,
  ...values: (string | number | null | undefined)[]
): string | undefined {
  let said = texts[0] ?? '';
  for (const [index, value] of values.entries()) {
    if (value === undefined || value === null) return undefined;
    said += value + (texts[index + 1] ?? '');
  }
  return said;
}
