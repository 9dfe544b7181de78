// The worker while the MongoDB of its feeds is away.
import { expect, inject, test } from 'vitest';
import { connectRedis, streams, toFields } from '../bus/streams.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { openGate } from '../testing/gate.ts';
import { gatedMongoUrl, mongoServer } from '../testing/mongodb.ts';
import { skipUnless } from '../testing/skips.ts';
import { createDatabase, mongoDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { startWorker } from './worker.ts';

skipUnless('mongodb')('a worker whose MongoDB is away', () => {
  test('starts, waits, says so, and writes everything once when it is back; nothing counts as a failed try', async () => {
    const databaseUrl = await createDatabase();
    const redisServer = await startTestRedis();
    const redis = connectRedis(redisServer.url);
    const pool = openPool(databaseUrl);
    const hub = await openDatabase(pool).hub.create({
      data: { type: 'team', name: 'garden', groupName: 'garden' },
    });
    const gate = await openGate(mongoServer(inject('mongodbUrl')));
    await gate.shut();
    const context = testContext({
      databaseUrl,
      redisUrl: redisServer.url,
      overrides: { FEEDS_URL: gatedMongoUrl(mongoDatabase(), gate.port) },
    });
    const feeds = openFeeds(context.settings, pool);
    const give = (id: string) => {
      const message = {
        ...{ id, topic: 'org.example.prod.git.receive', environment: 'prod', category: 'git' },
        ...{ time: 1_700_000_000_000, severity: 'info', body: {} },
      };
      return redis.xadd(
        streams.work,
        '*',
        ...toFields({ message, feeds: [{ hub: hub.id, why: 'package:guake' }], stale: [] }),
      );
    };
    const ids = async () => (await feeds.read(hub.id)).map(({ messageId }) => messageId);

    const worker = await startWorker(context);
    await give('a');
    await until(async () => (await worker.wrong()).some((one) => one.startsWith('worker waits for a store')));
    expect((await worker.wrong()).join('\n')).toContain(
      `The feeds' MongoDB at 127.0.0.1:${gate.port} (FEEDS_URL)`,
    );
    await gate.open();
    await until(async () => (await ids()).length === 1);

    const deleted = hub.id + 1;
    await feeds.add(await feeds.read(hub.id).then((all) => all.map((one) => ({ ...one, hub: deleted }))));
    await gate.shut();
    await pool.query(`SELECT graphile_worker.add_job('clear-feed', json_build_object('hub', $1::int))`, [
      deleted,
    ]);
    await give('b');
    await give('c');
    await until(async () => (await worker.wrong()).some((one) => one.startsWith('worker waits for a store')));
    await gate.open();
    await until(async () => (await redis.xlen(streams.work)) === 0);
    expect(await ids()).toEqual(['c', 'b', 'a']);
    await until(async () => (await feeds.read(deleted)).length === 0);
    expect(await redis.xlen(streams.dead)).toBe(0);
    expect(await context.metrics.getSingleMetricAsString('hubs_items_total')).toContain(
      'hubs_items_total{group="worker",outcome="failed"} 0',
    );
    expect(await worker.wrong()).toEqual([]);

    await worker.stop();
    await feeds.close();
    await gate.shut();
    redis.disconnect();
    await pool.end();
    await redisServer.stop();
  });
});
