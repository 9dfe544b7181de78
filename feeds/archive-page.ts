import type { HubInfo } from '../hubs/find-hub.ts';

/** So much is asked for at once: the archive answers more of it slowly or not at all. */
const SPAN_S = 30 * 86_400;

/** An address has an end. */
const PACKAGES = 50;

/**
 * The page of the bus's archive (datagrepper's /raw) with what a feed had before its oldest entry: of a person, or of a
 * team's packages. Null where there is no such page, or the archive can't be asked for what the hub hears of.
 * @param pageUrl ARCHIVE_PAGE_URL
 * @param beforeMs milliseconds since 1970
 */
export function archivePage(
  pageUrl: string | undefined,
  { type, name, packages }: Pick<HubInfo, 'type' | 'name' | 'packages'>,
  beforeMs: number,
): string | null {
  const wanted =
    type === 'team' ? packages.slice(0, PACKAGES).map((one) => ['package', one]) : [['user', name]];
  if (!pageUrl || wanted.length === 0) return null;
  const page = new URL(pageUrl);
  for (const [name = '', value = ''] of [
    ...wanted,
    ['end', String(Math.floor(beforeMs / 1_000))],
    ['delta', String(SPAN_S)],
  ])
    page.searchParams.append(name, value);
  return page.href;
}
