// Reading unknown JSON: what is not there or of another kind is undefined, never an exception.
import { isRecord } from '../bus/bad-message.ts';

/** The value at a path such as `commit.stats.files`; numbers in it count from the start of a list, `-1` is its last. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (Array.isArray(here)) here = here.at(Number(key));
    else if (isRecord(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

/** Text or number at a path, as text. */
export function text(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  if (typeof found === 'string') return found;
  return typeof found === 'number' ? String(found) : undefined;
}

/** The first of these paths that holds a text which is not empty. */
export function firstText(value: unknown, ...paths: string[]): string | undefined {
  for (const path of paths) {
    const found = text(value, path);
    if (found) return found;
  }
  return undefined;
}

export function list(value: unknown, path: string): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

export function record(value: unknown, path: string): Record<string, unknown> {
  const found = at(value, path);
  return isRecord(found) ? found : {};
}

/** The texts in a list; with `field`, that field of each of its objects. */
export function texts(value: unknown, path: string, field?: string): string[] {
  return list(value, path).flatMap((one) => {
    const found = field ? text(one, field) : typeof one === 'number' ? String(one) : one;
    return typeof found === 'string' ? [found] : [];
  });
}
