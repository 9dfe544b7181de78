import type { ShownRole } from '../../../../widgets/people/settings.ts';

export const PEOPLE_PER_PAGE = 100;

export interface Asked {
  role: ShownRole;
  q: string;
  /** From 1. */
  page: number;
}

/** What the address asks for; what it can't mean is left out. Null: there is no role that this reader may see. */
export function readAsked(
  query: Record<string, string | string[] | undefined>,
  roles: ShownRole[],
): Asked | null {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '');
  const role = roles.find((one) => one === query.role) ?? roles[0];
  if (!role) return null;
  return {
    role,
    // PostgreSQL keeps no NUL, so nothing that it knows has one.
    q: text('q').replaceAll('\0', '').slice(0, 200),
    page: /^[1-9]\d{0,5}$/.test(text('page')) ? Number(text('page')) : 1,
  };
}

/** The query of the same question with something else in it; from the first page, if nothing is said of it. */
export function sayAsked({ role, q, page = 1 }: Omit<Asked, 'page'> & { page?: number }): string {
  return `?${new URLSearchParams({ role, ...(q ? { q } : {}), ...(page > 1 ? { page: String(page) } : {}) })}`;
}
