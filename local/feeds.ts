// bin/up with FEEDS_URL=mongodb://…: the feeds are in a MongoDB that runs already.
import { openMongodbFeeds } from '../feeds/open-feeds.ts';
import { feedsAddress } from '../settings/store-addresses.ts';
import { Problem } from './problem.ts';

/** EX_CONFIG. */
const WRONG_SETTING = 78;

/**
 * Makes sure that the feeds can be used.
 * @param isNew whether the hubs are to be made: feeds of others, which have the same numbers, would be shown as theirs
 * @throws {Problem}
 */
export async function demandFeeds(url: string, isNew: boolean): Promise<void> {
  const [issue] = feedsAddress.safeParse(url).error?.issues ?? [];
  if (issue) throw new Problem(`FEEDS_URL ${issue.message}.`, WRONG_SETTING);
  const feeds = openMongodbFeeds(url);
  try {
    const wrong = await feeds.wrong();
    if (wrong) throw new Problem(`${wrong} Start it, or unset FEEDS_URL to keep feeds in PostgreSQL.`);
    if (isNew && !(await feeds.isEmpty())) {
      throw new Problem(
        'The MongoDB of FEEDS_URL holds feeds of other hubs than those that are made now. Name another database in it, like mongodb://localhost/hubs2, or empty that one: mongosh "$FEEDS_URL" --eval "db.feed_entry.drop()"',
      );
    }
  } finally {
    await feeds.close();
  }
}
