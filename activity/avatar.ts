// Pictures: Libravatar by OpenID (a hash of the user name) or by e-mail address, and icons of packages.
import { createHash } from 'node:crypto';

/** Accounts of machines that have a picture of their own. */
const machines = new Set(['bodhi', 'koschei', 'taskotron']);

const libravatar = (algorithm: 'sha256' | 'md5', text: string): string =>
  `https://seccdn.libravatar.org/avatar/${createHash(algorithm).update(text).digest('hex')}?s=64&d=retro`;

/** A person's picture, by user name. */
export const avatarOf = (name: string): string =>
  libravatar('sha256', `http://${name}.id.fedoraproject.org/`);

/** fedmsg's messages know some accounts of machines, those of fedora-messaging don't. */
export const avatarOrMachine = (name: string): string =>
  machines.has(name) ? `https://apps.fedoraproject.org/img/icons/${name}-64.png` : avatarOf(name);

/** By e-mail address; fedmsg hashes with MD5, fedora-messaging with SHA-256. */
export const avatarOfAddress = (address: string, algorithm: 'sha256' | 'md5'): string =>
  libravatar(algorithm, address);

/** By a whole OpenID, or what stands for one. */
export const avatarOfOpenId = (openId: string): string => libravatar('sha256', openId);

export const packageIcon = (name: string): string =>
  `https://apps.fedoraproject.org/packages/images/icons/${name}.png`;
