// How long a service wants to be left alone: Retry-After, or the quota that its headers say is used up.

/** Nobody may make Hubs wait longer. */
const LONGEST_MS = 24 * 3_600_000;
/** Larger numbers are seconds since 1970 (GitHub, GitLab), smaller ones seconds from now (Weblate, IETF's draft). */
const EPOCH_S = 1_000_000_000;

/** Milliseconds from now; undefined where the service may be asked again at once. */
export function readRestMs(headers: Pick<Headers, 'get'>, now = Date.now()): number | undefined {
  const restMs = readRetryAfter(headers.get('retry-after'), now) ?? readQuota(headers, now);
  return restMs === undefined ? undefined : Math.min(Math.max(0, restMs), LONGEST_MS);
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : ms;
}

function readQuota(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  for (const prefix of ['x-ratelimit', 'ratelimit']) {
    const [remaining, reset] = [headers.get(`${prefix}-remaining`), headers.get(`${prefix}-reset`)];
    if (remaining?.trim() !== '0' || !/^\d+$/.test(reset ?? '')) continue;
    const seconds = Number(reset);
    return seconds > EPOCH_S ? seconds * 1_000 - now : seconds * 1_000;
  }
  return undefined;
}
