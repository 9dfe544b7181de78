import { once } from 'node:events';
import { expect, test } from 'vitest';
import { makePerson } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { noticeChannel } from './changes.ts';
import { choosePrivacy } from './choose-privacy.ts';

const { database, pool } = await openTestDatabase();

test('to whom a line is shown is kept, and whoever looks at the hub hears of it', async () => {
  const { hub } = await makePerson(database, 'mira');
  const connection = await pool.connect();
  await connection.query(`LISTEN ${noticeChannel}`);
  const heard = once(connection, 'notification');
  await choosePrivacy(database, 'mira', { email: 'nobody' });
  const [{ payload }] = await heard;
  connection.release(true);
  expect(JSON.parse(payload)).toMatchObject({ hub: hub.id, what: 'hub' });
  expect(await database.person.findUniqueOrThrow({ where: { username: 'mira' } })).toMatchObject({
    privacy: { email: 'nobody' },
  });
});
