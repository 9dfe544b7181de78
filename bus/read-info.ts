import type { Redis } from 'ioredis';

/** What Redis says of itself in a section of INFO, by the names it has there. */
export async function readInfo(
  redis: Redis,
  section: 'memory' | 'persistence' | 'server',
): Promise<Map<string, string>> {
  const lines = (await redis.info(section)).split('\r\n');
  return new Map(lines.flatMap((line) => (line.includes(':') ? [split(line)] : [])));
}

const split = (line: string): [string, string] => {
  const [name = '', ...value] = line.split(':');
  return [name, value.join(':')];
};
