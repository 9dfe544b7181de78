// Who may ask what: every route × role × visibility, each cell a real request to a real server, compared with tables
// that are written by hand (matrix/hub-lines.ts, matrix/person-lines.ts). A new route fails here until it has a line.

import { hubLines } from './matrix/hub-lines.ts';
import { personLines } from './matrix/person-lines.ts';
import { listRoutes } from './matrix/routes.ts';
import { findWrong, hubCells, personCells } from './matrix/run.ts';
import { makeWorld } from './matrix/world.ts';
import { expect, test } from './stack.ts';

/** Asked for in other ways than a table's: see below. */
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
});
