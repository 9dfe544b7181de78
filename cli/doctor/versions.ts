import { readInfo } from '../../bus/read-info.ts';
import { defineCheck, judge } from './check.ts';

const OLDEST = { node: 24, postgresql: 14, redis: 7 };

const tooOld = (name: string, version: string, oldest: number): string | null =>
  Number.parseInt(version, 10) >= oldest ? null : `${name} is ${version}; Hubs needs ${oldest} or newer.`;

/** @param version such as `24.21.0` */
export const judgeNode = (version: string) =>
  judge(
    tooOld('Node', version, OLDEST.node),
    version,
    'Hubs runs its TypeScript as it is, which older ones can not.',
    'Install a newer Node; bin/up brings one of its own.',
  );

export const nodeVersion = defineCheck({
  name: 'node',
  needs: [],
  look: async () => judgeNode(process.versions.node),
});

export const postgresVersion = defineCheck({
  name: 'postgresql version',
  needs: ['postgres'],
  async look({ postgres }) {
    const { rows } = await postgres.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version ?? '';
    return judge(
      tooOld('PostgreSQL', version, OLDEST.postgresql),
      version,
      'Hubs is written for and tested with newer ones; statements may fail.',
      'Upgrade the server (pg_upgrade, or dump and restore).',
    );
  },
});

export const redisVersion = defineCheck({
  name: 'redis version',
  needs: ['redis'],
  async look({ redis }) {
    const version = (await readInfo(redis, 'server')).get('redis_version') ?? '';
    return judge(
      tooOld('Redis', version, OLDEST.redis),
      version,
      'Taking over from processes that died needs commands that older ones lack.',
      'Upgrade Redis; Valkey does as well.',
    );
  },
});
