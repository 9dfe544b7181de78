// The services that `systemctl enable hubs.target` made the target want, and how each is started, read from the units.
import type { Command } from '../../local/child.ts';
import type { Machine } from './machine.ts';

export interface Service {
  /** `hubs-triage@1` */
  name: string;
  command: Command;
  healthUrl: string;
}

const FOLDER = '/etc/systemd/system';
/** What systemd makes before it starts a service. */
const FOLDERS = { StateDirectory: '/var/lib', CacheDirectory: '/var/cache' };
const HEALTH_PORTS: Record<string, number> = { web: 9100, listener: 9101, sse: 9104 };
const FIRST_PORTS: Record<string, number> = { triage: 9200, worker: 9300 };

export async function readServices(machine: Machine): Promise<Service[]> {
  const wanted = await machine.run(`ls ${FOLDER}/hubs.target.wants`);
  const names = wanted
    .trim()
    .split('\n')
    .map((file) => file.replace('.service', ''));
  return Promise.all(names.map((name) => readService(machine, name)));
}

/** Runs ExecStart as systemd would: its user, its environment, no shell but the one it names. */
async function readService(machine: Machine, name: string): Promise<Service> {
  const [kind = '', instance] = name.replace('hubs-', '').split('@');
  const unit = instance === undefined ? name : name.replace(`@${instance}`, '@');
  const own = await machine.run(`cat ${FOLDER}/${unit}.service ${FOLDER}/hubs-.service.d/hubs.conf`);
  const read = (key: string) =>
    [...own.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map((match) => String(match[1]));
  const fill = (text: string) => text.replaceAll('%i', instance ?? '').replaceAll('$$', '$');
  const [file = '', ...args] = splitWords(fill(String(read('ExecStart')[0])));
  const environment = read('Environment').flatMap((line) => line.split(' ').map((one) => one.split('=')));
  const settings = await Promise.all(
    read('EnvironmentFile').map(async (path) => readEnvironment(await machine.run(`cat ${path}`))),
  );
  const user = String(read('User')[0]);
  for (const [key, parent] of Object.entries(FOLDERS))
    for (const folder of read(key)) await machine.run(`install -d -m 0750 -o ${user} ${parent}/${folder}`);
  return {
    name,
    command: machine.command(file, args, {
      user,
      env: Object.assign(Object.fromEntries(environment), ...settings),
    }),
    healthUrl: `http://127.0.0.1:${HEALTH_PORTS[kind] ?? Number(FIRST_PORTS[kind]) + Number(instance)}`,
  };
}

const splitWords = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');

/** As systemd reads it: the last of a name counts, quotes around a value go. */
const readEnvironment = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value = '']) => [
      name,
      value.replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
