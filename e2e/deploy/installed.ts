// Hubs on a machine as docs/operations.md installs it: from the archive, with Debian's PostgreSQL, Redis and proxies.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test as base } from '@playwright/test';
import { type Child, startChild, waitUntilReady } from '../../local/child.ts';
import { makeArchive } from '../../local/dist/archive.ts';
import { isRoot } from '../../local/nobody.ts';
import { makeAuthority } from '../../testing/pki.ts';
import { openPublisher, type TestPublisher } from '../../testing/publisher.ts';
import { accounts } from '../accounts.ts';
import { root } from '../processes.ts';
import { readGuide } from './guide.ts';
import { type Machine, openMachine } from './machine.ts';
import { readServices, type Service } from './units.ts';

export { expect } from '@playwright/test';

const NEEDED = [
  ...['/usr/bin/curl', '/usr/bin/nsenter', '/usr/bin/redis-server', '/usr/bin/systemd-analyze'],
  ...['/usr/lib/postgresql', '/usr/sbin/apache2ctl', '/usr/sbin/nginx'],
];
/** Why these tests can't run here, with the remedy; undefined where they can. */
export const installedMissing = findMissing();

function findMissing(): string | undefined {
  if (!isRoot) return 'only root can make a machine for the guide';
  const lacking = NEEDED.filter((path) => !existsSync(path));
  if (lacking.length === 0) return undefined;
  return `there is no ${lacking.join(', ')}; on Debian bin/test installs what is missing`;
}

/** As the guide names it. */
export const SITE = 'hubs.fedoraproject.org';
const READY_MS = 60_000;

export interface Installed {
  machine: Machine;
  bus: TestPublisher;
  services: (Service & { child: Child })[];
  /** Runs the guide's blocks of one section. */
  runSection(name: string): Promise<string[]>;
  /** Starts a program that stays, as root unless `user` says otherwise. */
  start(name: string, file: string, args: string[], user?: string): Promise<Child>;
}

export const test = base.extend<object, { installed: Installed }>({
  installed: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'hubs-deploy-'));
      chmodSync(folder, 0o711);
      const machine = await openMachine(folder, process.execPath);
      const running: Child[] = [];
      try {
        const installed = await install(folder, machine, running);
        await use(installed);
        installed.bus.close();
      } finally {
        await Promise.all(running.map((child) => child.stop()));
        await machine.close();
        rmSync(folder, { recursive: true });
      }
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

async function install(folder: string, machine: Machine, running: Child[]): Promise<Installed> {
  const { shared } = machine;
  const guide = readGuide();
  const runSection = async (name: string) => {
    const said: string[] = [];
    for (const { section, script } of guide)
      if (section === name) said.push(await machine.run(`cd ${shared}\n${script}`));
    return said;
  };
  const start: Installed['start'] = async (name, file, args, user) => {
    const options = user === undefined ? {} : { user };
    const child = await startChild(machine.command(file, args, options), join(folder, `${name}.log`));
    running.push(child);
    return child;
  };

  const archive = await makeArchive(root, console.log);
  copyFileSync(archive, join(shared, basename(archive)));
  await startStores(machine, start);
  await runSection('Install');
  await runSection('Configure');
  const bus = await openPublisher(`ipc://${shared}/bus.sock`);
  chmodSync(join(shared, 'bus.sock'), 0o777);
  await changeSettings(machine, bus.endpoint);
  await runSection('Start');

  const services = await Promise.all(
    (await readServices(machine)).map(async (service) => {
      const child = await startChild(service.command, join(folder, `${service.name}.log`));
      running.push(child);
      return { ...service, child };
    }),
  );
  for (const { child, healthUrl } of services)
    await waitUntilReady(child, () => isReady(machine, `${healthUrl}/readyz`), READY_MS);
  return { machine, bus, services, runSection, start };
}

const isReady = (machine: Machine, url: string) =>
  machine.run(`curl --silent --fail --max-time 5 ${url}`).then(() => true);

async function startStores(machine: Machine, start: Installed['start']): Promise<void> {
  const newest = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))[0];
  const programs = `/usr/lib/postgresql/${newest}/bin`;
  const cluster = '/var/lib/postgresql/of-the-test';
  await machine.run(`
    install -d -o postgres /run/postgresql ${cluster}
    runuser -u postgres -- ${programs}/initdb -D ${cluster} --no-sync --auth=peer`);
  const postgres = await start(
    'postgres',
    `${programs}/postgres`,
    ['-D', cluster, '-c', 'fsync=off'],
    'postgres',
  );
  await waitUntilReady(
    postgres,
    () => machine.run(`runuser -u postgres -- psql -c 'SELECT 1'`).then(() => true),
    READY_MS,
  );
  await start('redis', 'redis-server', ['--save', '']);
}

/** What is Fedora's and can't be reached from here: the bus, and the accounts system. And a certificate. */
async function changeSettings(machine: Machine, busEndpoint: string): Promise<void> {
  const { shared } = machine;
  const theirs = ['BUS_AMQP_URL', 'PUBLISH_URL', 'ARCHIVE_URL', 'FASJSON_URL', 'OIDC_PROVIDERS'];
  const ours = { BUS_ENDPOINTS: busEndpoint, ACCOUNTS_FILE: join(shared, 'accounts.yaml') };
  const settings = { ...Object.fromEntries(theirs.map((name) => [name, ''])), ...ours };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(shared, 'settings'), lines.join(''));
  writeFileSync(join(shared, 'accounts.yaml'), JSON.stringify(accounts));
  const { pem, keyPem } = await (await makeAuthority()).issue(SITE);
  mkdirSync(join(shared, 'tls'));
  writeFileSync(join(shared, 'tls/hubs.crt'), pem);
  writeFileSync(join(shared, 'tls/hubs.key'), keyPem, { mode: 0o600 });
  await machine.run(`
    cat ${shared}/settings >> /etc/hubs/hubs.env
    cp -r ${shared}/tls /etc/hubs/
    runuser -u hubs -- hubs fas create-team garden`);
}
