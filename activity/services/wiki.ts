// MediaWiki: edits and uploads.
import { avatarOf } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';

const icon = 'https://fedoraproject.org/w/skins/common/images/mediawiki.png';
const schemaIcon = 'https://apps.fedoraproject.org/img/icons/mediawiki.png';
const DESCRIPTION_LENGTH = 35;

export const wiki: Service = {
  icon,
  schemaIcon,
  fedmsg: (m) => {
    const shown = m.firstText('user', 'user_text');
    // The wiki writes names with a capital.
    const user = shown?.toLowerCase();
    const isEdit = m.kind.startsWith('wiki.article.edit');
    const who = user && shown ? { ...person(user), text: shown } : person(undefined);
    const title = isEdit ? m.text('title') : m.text('title.mPrefixedText');
    const url = m.text('url');
    return {
      sentence: fill(
        isEdit
          ? '{who} made a wiki edit to "{title}"'
          : '{who} uploaded {title} to the wiki[: "{description}..."]',
        { who, title, description: m.text('description')?.slice(0, DESCRIPTION_LENGTH) },
      ),
      link: isEdit ? url?.replace('http://', 'https://') : null,
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      objects: [isEdit ? title && `${title.replace(/^\/+|\/+$/g, '')}-page` : url?.slice(1)],
      body: m.firstText('summary', 'description'),
    };
  },
  schema: (m) => {
    const user = m.text('user');
    const title = m.text('title');
    return {
      sentence: fill('Wiki page {title} was edited by {user}', { title, user: person(user) }),
      link: m.firstText('diff_url', 'url', 'page_url'),
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      people: [user, title?.startsWith('User:') ? title.slice('User:'.length).toLowerCase() : undefined],
      objects: [title && `${title}-page`],
      body: m.text('summary'),
    };
  },
};
