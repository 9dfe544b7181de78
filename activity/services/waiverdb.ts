// WaiverDB: results of tests that somebody waived.
import { avatarOf } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

export const waiverdb: Service = {
  icon: `${icons}/waiverdb.png`,
  schemaIcon: 'https://github.com/release-engineering/waiverdb/logo.png',
  fedmsg: (m) => describeWaiver(m, true),
  schema: (m) => describeWaiver(m, false),
};

function describeWaiver(m: Subject, isOld: boolean): Said {
  if (m.at('body.waived') !== undefined) return describeWrapped(m);
  const user = m.text('username');
  const id = m.text('id');
  const result = m.text('result_id');
  const item = m.firstText('subject_identifier', 'subject.item');
  return {
    sentence:
      result && isOld
        ? fill('{user} waived result {result} ({version})[: "{comment}"]', {
            user: person(user),
            result,
            version: m.text('product_version'),
            comment: m.text('comment'),
          })
        : fill('{user} waived {testcase}[ for {item}][ ({version})][: "{comment}"]', {
            user: person(user),
            testcase: m.text('testcase'),
            item,
            version: m.text('product_version'),
            comment: m.text('comment'),
          }),
    link:
      isOld && id
        ? whole`https://waiverdb-web-waiverdb.app.os.fedoraproject.org/api/v1.0/waivers/${id}`
        : null,
    picture: user ? avatarOf(user) : null,
    agent: user ?? null,
  };
}

/** A class whose body holds the whole message once more. */
function describeWrapped(m: Subject): Said {
  const user = m.text('body.username');
  const what = m.at('body.waived') === true ? 'waived' : 'un-waived';
  return {
    sentence: fill(`{user} created a ${what} message "{id}"`, { user: person(user), id: m.text('id') }),
    agent: user ?? null,
    people: [],
    body: m.text('body.comment'),
  };
}
