// MirrorManager: mirrors crawled, hosts and sites of mirrors.
import { isRecord } from '../../bus/bad-message.ts';
import { avatarOf } from '../avatar.ts';
import { firstText, text } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/downloads.png';

function describeFedmsg(m: Subject): Said | undefined {
  const results = m.list('results').filter(isRecord);
  const hosts = m.list('hosts').filter(isRecord);
  const failed = results.filter((one) => one.rc !== 0).length;
  const templates: Record<string, string> = {
    'mirrormanager.crawler.complete':
      "mirrormanager's crawler finished a crawl of {crawled} mirrors ({succeeded} succeeded, {failed} failed)",
    'mirrormanager.crawler.start': "mirrormanager's crawler started a crawl of {hosts} mirrors",
    'mirrormanager.netblocks.get': "mirrormanager's backend {updated} its {type} netblocks file",
  };
  const template = templates[m.kind];
  if (!template) return undefined;
  const mirrors =
    hosts.length > 0
      ? hosts.map((one) => firstText(one, 'host', 'name'))
      : results.map((one) => text(one, 'host.name'));
  return {
    sentence: fill(template, {
      crawled: results.length,
      succeeded: results.length - failed,
      failed,
      hosts: hosts.length,
      updated: m.at('success') ? 'successfully updated' : 'failed to update',
      type: m.text('type'),
    }),
    link: 'https://mirrors.fedoraproject.org',
    picture: icon,
    agent: null,
    objects: m.kind.includes('netblocks')
      ? [whole`netblocks/${m.text('type')}`]
      : mirrors.map((name) => whole`mirrors/${name}`),
  };
}

const doneWords: Record<string, string> = { added: 'added', updated: 'updated', deleted: 'deleted' };

function describeSchema(m: Subject): Said | undefined {
  const words = m.kind.replace(/\.v\d$/, '').split('.');
  const [, thing] = words;
  const agent = m.text('agent');
  const did = doneWords[words.at(-1) ?? ''];
  const host = m.text('host.name');
  const templates: Record<string, string | undefined> = {
    crawler: "Host {host} has been disabled by MirrorManager's crawler",
    site: 'Site {site}[ ({siteId})] has been deleted[ by {agent}]',
    host: host
      ? {
          added: 'Host {host} has been added to site {site} by {agent}',
          deleted: 'Host {host} has been deleted from site {site} by {agent}',
          updated: 'Host {host} in site {site} has been updated by {agent}',
        }[did ?? '']
      : 'Host on site {siteId} has been {did}',
  };
  const template = templates[thing ?? ''];
  const isHost = host !== undefined;
  return {
    sentence: fill(template, {
      host,
      did,
      site: m.firstText('site.name', 'site_name'),
      siteId: m.firstText('site.id', 'site_id'),
      agent: agent && person(agent),
    }),
    link: m.text('host.url'),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: isHost ? [agent, ...m.texts('site.admins')] : [agent],
    objects: isHost ? [whole`mirrors/${host}`] : [],
    body: m.text('reason'),
  };
}

export const mirrormanager: Service = {
  icon,
  schemaIcon: 'https://apps.fedoraproject.org/img/icons/mirrormanager.png',
  fedmsg: describeFedmsg,
  schema: describeSchema,
};
