// The processes that bin/up runs.
import type { Child } from './child.ts';
import { demoAuthority, type Ground } from './settings.ts';
import type { Part } from './supervisor.ts';

/** Hubs' processes and the demo's. Only the pages are meant for a browser; all of them listen on 127.0.0.1. */
export function makeProcessParts(
  { root, data, port, ports, demo }: Ground,
  env: NodeJS.ProcessEnv,
): (Part & { what: string })[] {
  const makePart = (
    name: string,
    what: string,
    args: string[],
    own: Record<string, string>,
    isReady: Part['isReady'],
  ) => ({
    name,
    what,
    command: () => ({ file: process.execPath, args: args, cwd: root, env: { ...env, ...own } }),
    isReady,
  });
  const makeHubsPart = (name: 'listener' | 'jobs' | 'sse', what: string) => {
    const health = ports[`${name}-health`];
    return makePart(name, what, [`${name}/main.ts`], { HEALTH_PORT: String(health) }, () => isReady(health));
  };
  const next = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)];
  const web = makePart(
    'web',
    `the pages, on 127.0.0.1:${port}`,
    next,
    { HEALTH_PORT: String(ports['web-health']) },
    async () => {
      return (await isReady(ports['web-health'])) && (await fetchOk(`http://127.0.0.1:${port}/`));
    },
  );
  const demoPorts = {
    DEMO_BUS_PORT: String(ports['demo-bus']),
    DEMO_FORUM_PORT: String(ports['demo-forum']),
    DEMO_CA_FILE: demoAuthority(data),
  };
  const demoParts = [
    makePart('demo', 'a bus and a forum of its own', ['demo/main.ts'], demoPorts, says('demo: ready')),
    makePart(
      'provider',
      'signs anybody in, with one click',
      ['demo/provider.ts'],
      { DEMO_PROVIDER_PORT: String(ports['demo-provider']) },
      says('provider: ready'),
    ),
  ];
  return [
    makeHubsPart('sse', 'notices to browsers'),
    makeHubsPart('listener', 'from the bus to Redis'),
    makeHubsPart('jobs', 'triage and worker'),
    web,
    ...(demo ? demoParts : []),
  ];
}

const ASK_MS = 5_000;

const isReady = (healthPort: number) => fetchOk(`http://127.0.0.1:${healthPort}/readyz`);

const fetchOk = async (url: string) => (await fetch(url, { signal: AbortSignal.timeout(ASK_MS) })).ok;

const says = (line: string) => async (child: Child) => child.output().includes(line);
