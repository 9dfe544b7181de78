'use client';
import { useNow, useTimeZone } from './clock.ts';
import { sayAge, sayTime, sayUntil } from './words.ts';

interface Props {
  /** Milliseconds since 1970. */
  time: number;
  /** When it was rendered. */
  now: number;
  className?: string;
}

/** "2 min ago", ticking. */
export function Age({ time, now, className }: Props) {
  const current = useNow(now);
  const zone = useTimeZone();
  return (
    <time dateTime={new Date(time).toISOString()} title={sayTime(time, zone)} className={className}>
      {sayAge(time, current)}
    </time>
  );
}

/** "in 20 s", ticking. */
export function Until({ time, now }: Props) {
  const current = useNow(now);
  return <time dateTime={new Date(time).toISOString()}>{sayUntil(time, current)}</time>;
}
