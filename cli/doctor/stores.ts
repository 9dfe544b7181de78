// The stores beside PostgreSQL and Redis, which the doctor opens itself.
import { openCache } from '../../cache/open-cache.ts';
import { openFeeds } from '../../feeds/open-feeds.ts';
import { openPool } from '../../prisma/client.ts';
import { defineCheck, judge } from './check.ts';

const hostOf = (url: string) => new URL(url).host || 'its socket';

export const pooledDatabase = defineCheck({
  name: 'database url',
  needs: [],
  async look({ settings }) {
    const pool = openPool(settings.DATABASE_URL);
    const wrong = await pool
      .query('SELECT 1')
      .then(
        () => null,
        (error: Error) => `DATABASE_URL can't be used: ${error.message || 'the connection failed'}.`,
      )
      .finally(() => pool.end());
    return judge(
      wrong,
      hostOf(settings.DATABASE_URL),
      'Every page and every process reads from it.',
      'Start the server or the pooler, or correct DATABASE_URL.',
    );
  },
});

export const feeds = defineCheck({
  name: 'feeds',
  needs: [],
  async look({ settings }) {
    const pool = openPool(settings.DATABASE_URL);
    const store = openFeeds(settings, pool);
    try {
      return judge(
        await store.wrong(),
        new URL(settings.FEEDS_URL).protocol.replace(/:$/, ''),
        'Pages show no feed, and new entries wait.',
        'Start the server, or correct FEEDS_URL.',
      );
    } finally {
      await store.close();
      await pool.end();
    }
  },
});

export const cache = defineCheck({
  name: 'cache',
  needs: [],
  async look({ settings }) {
    const opened = openCache(settings);
    try {
      return judge(
        await opened.wrong(),
        settings.CACHE_URL,
        'What widgets show of other services is neither kept nor shown.',
        'Make the folder writable for the user of Hubs, start memcached, or correct CACHE_URL.',
      );
    } finally {
      await opened.close();
    }
  },
});
