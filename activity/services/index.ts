// Which rules know a message: by fedora-messaging's schema name, or by the service its topic names.
import type { Service } from '../rule.ts';
import { anitya } from './anitya.ts';
import { announce } from './announce.ts';
import { ansible } from './ansible.ts';
import { askbot } from './askbot.ts';
import { autocloud } from './autocloud.ts';
import { badges } from './badges.ts';
import { bodhi } from './bodhi.ts';
import { bugzilla } from './bugzilla.ts';
import { buildsys } from './buildsys.ts';
import { centosCi } from './centos-ci.ts';
import { compose } from './compose.ts';
import { copr } from './copr.ts';
import { datanommer } from './datanommer.ts';
import { discourse } from './discourse.ts';
import { elections } from './elections.ts';
import { faf } from './faf.ts';
import { fas } from './fas.ts';
import { fedimg } from './fedimg.ts';
import { fedocal } from './fedocal.ts';
import { fedoratagger } from './fedoratagger.ts';
import { fmn } from './fmn.ts';
import { git } from './git.ts';
import { github } from './github.ts';
import { greenwave } from './greenwave.ts';
import { hotness } from './hotness.ts';
import { hubs } from './hubs.ts';
import { infragit } from './infragit.ts';
import { ipa } from './ipa.ts';
import { irc } from './irc.ts';
import { jenkins } from './jenkins.ts';
import { kerneltest } from './kerneltest.ts';
import { koschei } from './koschei.ts';
import { logdetective } from './logdetective.ts';
import { logger } from './logger.ts';
import { mailman } from './mailman.ts';
import { maubot } from './maubot.ts';
import { mbs } from './mbs.ts';
import { mdapi } from './mdapi.ts';
import { meetbot } from './meetbot.ts';
import { mirrormanager } from './mirrormanager.ts';
import { nagios } from './nagios.ts';
import { nuancier } from './nuancier.ts';
import { odcs } from './odcs.ts';
import { openqa } from './openqa.ts';
import { openscanhub } from './openscanhub.ts';
import { pagure } from './pagure.ts';
import { pdc } from './pdc.ts';
import { pkgdb } from './pkgdb.ts';
import { planet } from './planet.ts';
import { pungi } from './pungi.ts';
import { rats } from './rats.ts';
import { releng } from './releng.ts';
import { summershum } from './summershum.ts';
import { taskotron } from './taskotron.ts';
import { trac } from './trac.ts';
import { waiverdb } from './waiverdb.ts';
import { forgejo, gitlab, pretix } from './webhook.ts';
import { weblate } from './weblate.ts';
import { wiki } from './wiki.ts';
import { zanata } from './zanata.ts';

/** By the topic's word after the environment. */
const services: Record<string, Service> = {
  allpackages: centosCi,
  anitya,
  announce,
  ansible,
  askbot,
  autocloud,
  badges,
  bodhi,
  bugzilla,
  buildsys,
  ci: centosCi,
  compose,
  container: centosCi,
  copr,
  datanommer,
  discourse,
  faf,
  fas,
  fedbadges: badges,
  fedimg,
  fedocal,
  fedora_elections: elections,
  fedoratagger,
  fmn,
  forgejo,
  git,
  github,
  gitlab,
  greenwave,
  hotness,
  hubs,
  infragit,
  ipa,
  irc,
  jenkins,
  kerneltest,
  koschei,
  logdetective,
  logger,
  mailman,
  maubot,
  mbs,
  mdapi,
  meetbot,
  mirrormanager,
  nagios,
  nuancier,
  odcs,
  openqa,
  openscanhub,
  pagure,
  pdc,
  pkgdb,
  planet,
  pretix,
  pungi,
  rats,
  releng,
  summershum,
  taskotron,
  trac,
  waiverdb,
  weblate,
  wiki,
  zanata,
};

/** By the words a schema's name starts with, where they are not the service's. */
const bySchema: [prefix: string, service: Service][] = [
  ['bugzilla2fedmsg.', bugzilla],
  ['fedora_messaging_git_hook.', git],
  ['git.', git],
  ['journal.ipa.', ipa],
  ['koji_fedoramessaging.', buildsys],
  ['noggin.', fas],
  ['webhook_to_fedora_messaging.forgejo', forgejo],
  ['webhook_to_fedora_messaging.github', github],
  ['webhook_to_fedora_messaging.gitlab', gitlab],
  ['webhook_to_fedora_messaging.pretix', pretix],
  ['org.fedoraproject.dev.waiverdb.', waiverdb],
];

/** Koji names its schemas after classes. */
const kojiKinds: Record<string, string> = {
  'build.BuildStateChange': 'build.state.change',
  'package.ListChange': 'package.list.change',
  'repo.Done': 'repo.done',
  'repo.Init': 'repo.init',
  'rpm.Sign': 'rpm.sign',
  'tag.Tag': 'tag',
  'tag.Untag': 'untag',
  'task.TaskStateChange': 'task.state.change',
};

/** What a topic after the environment would say, by a schema's name: its messages may be sent under any topic. */
export function kindOfSchema(schema: string): string {
  const name = schema.replace(/\.?[vV]\d+$/, '');
  const koji = name.replace('koji_fedoramessaging.', '');
  if (koji !== name) return `buildsys.${kojiKinds[koji] ?? koji}`;
  return name
    .replace(/^noggin\./, 'fas.')
    .replace(/^journal\./, '')
    .replace('fedora_messaging_git_hook.commit', 'git.receive');
}

/** The rules for a service (the topic's word after the environment) and a schema (empty when it has none). */
export function findService(category: string, schema: string): Service | undefined {
  const known = bySchema.find(([prefix]) => schema.startsWith(prefix))?.[1];
  if (known) return known;
  return own(schema.split('.')[0] ?? '') ?? own(category.toLowerCase());
}

const own = (name: string) => (Object.hasOwn(services, name) ? services[name] : undefined);
