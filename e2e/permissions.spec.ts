// Who may ask what: every route × role × visibility, each cell a real request to a real server, compared with tables
// that are written by hand (matrix/hub-lines.ts, matrix/person-lines.ts). A new route fails here until it has a line.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fault, faults } from './matrix/faults.ts';
import { hubLines } from './matrix/hub-lines.ts';
import { personLines } from './matrix/person-lines.ts';
import { listRoutes } from './matrix/routes.ts';
import { findWrong, hubCells, personCells } from './matrix/run.ts';
import { findWrongServers } from './matrix/servers.ts';
import { findWrongStreams } from './matrix/streams.ts';
import { makeWorld } from './matrix/world.ts';
import { expect, test } from './stack.ts';

/** On a busy machine; alone each takes less than half a minute. */
test.describe.configure({ timeout: 300_000 });

/** Lines of a form of their own: matrix/streams.ts. */
const otherwise = ['GET /sse'];

test('every route answers everybody as it is written', async ({ hubs, database, databaseUrl }) => {
  const asked = new Set([...hubLines, ...personLines].map(({ route }) => route));
  expect([...asked, ...otherwise].sort(), 'the lines of the matrix').toEqual(
    (await listRoutes(hubs.url)).sort(),
  );

  const world = await makeWorld(database, databaseUrl, 'm');
  const cells = [
    ...(await hubCells(hubLines, hubs.url, world)),
    ...(await personCells(personLines, hubs.url, world)),
  ];
  expect(await findWrong(cells, world)).toEqual([]);
  expect(await findWrongStreams(hubs.url, world)).toEqual([]);
  expect(await findWrongServers(hubs)).toEqual([]);
});

/**
 * Whether the tables would notice: each rule of hubs/permissions.ts is broken once, and the same requests are asked of
 * the same build. The faults are seeded as Node loads the built pages and the SSE server's sources
 * (matrix/seed-faults.ts): no rebuild, and the product has no switch that a test, or anybody, could turn.
 */
test.describe('with faults seeded in the rules', () => {
  const faultFile = join(tmpdir(), `hubs-fault-${process.pid}`);
  const seeding = `--import=${join(import.meta.dirname, 'matrix/seed-faults.ts')}`;
  test.use({ settings: { NODE_OPTIONS: seeding, FAULT_FILE: faultFile } });

  test('each one is noticed', async ({ hubs, database, databaseUrl }) => {
    const world = await makeWorld(database, databaseUrl, 'f');
    const seed = (name: string) => writeFileSync(faultFile, name);
    const cellsOf = ({ lines, row }: Fault) => hubCells(lines, hubs.url, world, row);

    seed('none');
    const sound = (await Promise.all(faults.map(cellsOf))).flat();
    expect(await findWrong(sound, world)).toEqual([]);

    const unnoticed = [];
    for (const fault of faults) {
      seed(fault.name);
      if ((await findWrong(await cellsOf(fault), world)).length === 0) unnoticed.push(fault.name);
    }
    expect(unnoticed).toEqual([]);
    for (const name of ['audience for all', 'members heard by all']) {
      seed(name);
      expect(await findWrongStreams(hubs.url, world), name).not.toEqual([]);
    }
    rmSync(faultFile);
  });
});
