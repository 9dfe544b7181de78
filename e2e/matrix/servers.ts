// The servers beside the web: what they serve is served to whoever reaches their port, so it must say nothing of
// anybody, and the web must not pass it on.
import { healthPaths } from '../../runtime/health.ts';
import { streamPath } from '../../sse/subscribe.ts';
import type { Processes, ProcessName } from '../processes.ts';

/** By hand: what there is on the private port of every process, and on the SSE server's; its streams are in streams.ts. */
const written = { health: ['/livez', '/readyz', '/metrics'], sse: ['/sse'] };

/** What nobody reaches through the web, whoever they are. */
const notOfTheWeb = ['/livez', '/readyz', '/metrics'];

const processes: ProcessName[] = ['web', 'sse', 'listener', 'triage', 'worker'];

export async function findWrongServers({ url, sseUrl, healthUrl }: Processes): Promise<string[]> {
  const wrong: string[] = [];
  const expectStatus = async (address: string, status: number) => {
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    await answer.body?.cancel();
    if (answer.status !== status) wrong.push(`${address}: ${status} is written, ${answer.status} came`);
  };
  const served = { health: [...healthPaths], sse: [streamPath] };
  if (JSON.stringify(served) !== JSON.stringify(written))
    wrong.push(`they serve ${JSON.stringify(served)}, and ${JSON.stringify(written)} is written`);
  for (const name of processes) {
    for (const path of written.health) await expectStatus(healthUrl(name) + path, 200);
    for (const path of ['/', '/metrics/', '/debug']) await expectStatus(healthUrl(name) + path, 404);
  }
  for (const path of ['/', '/metrics', '/sse/1', '/api/newest']) await expectStatus(sseUrl + path, 404);
  for (const path of notOfTheWeb) await expectStatus(url + path, 404);
  return wrong;
}
