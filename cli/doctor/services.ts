// What Hubs talks to beside its stores. What is not configured is not missed.
import { once } from 'node:events';
import { connect } from 'node:net';
import { brokerAt, closeAmqp, connectAmqp } from '../../bus/amqp-connection.ts';
import { countArchive } from '../../upstreams/datagrepper.ts';
import { openProvider } from '../../upstreams/oidc/open-provider.ts';
import { defineCheck, judge, type Wrong } from './check.ts';

const ANSWER_MS = 5_000;
const NONE = 'none is set';

export const sse = defineCheck({
  name: 'sse',
  needs: [],
  async look({ settings }) {
    // Without a hub it refuses, and says so in its own way.
    const answer = await fetch(new URL('/sse', settings.SSE_URL), { signal: AbortSignal.timeout(ANSWER_MS) })
      .then(({ status }) => (status === 400 ? null : `answers with ${status}; that is another program.`))
      .catch(({ cause, message }) => `does not answer (${cause?.code ?? message}).`);
    return judge(
      answer && `SSE_URL ${settings.SSE_URL} ${answer}`,
      settings.SSE_URL,
      'Open pages hear of nothing new until they are loaded again.',
      'Start `hubs run sse`, or correct SSE_URL or SSE_PORT.',
    );
  },
});

export const bus = defineCheck({
  name: 'bus',
  needs: [],
  async look({ settings }) {
    const { BUS_AMQP_URL, BUS_ENDPOINTS } = settings;
    const asked = [
      ...(BUS_AMQP_URL ? [askBroker(BUS_AMQP_URL)] : []),
      ...BUS_ENDPOINTS.filter((endpoint) => endpoint.startsWith('tcp:')).map(askEndpoint),
    ];
    const wrong = (await Promise.all(asked)).filter((sentence) => sentence !== null);
    if (wrong.length === 0) return asked.length > 0 ? `${asked.length} answer` : NONE;
    return wrong.map(
      (what): Wrong => ({
        what,
        why: 'No message from there reaches a hub.',
        remedy: 'See whether it runs and a firewall lets Hubs through, or correct the setting.',
      }),
    );

    async function askBroker(url: string): Promise<string | null> {
      try {
        await closeAmqp(await connectAmqp(brokerAt(url, settings)));
        return null;
      } catch (error) {
        return `The broker of BUS_AMQP_URL does not let Hubs in: ${(error as Error).message || 'no connection'}.`;
      }
    }
  },
});

async function askEndpoint(endpoint: string): Promise<string | null> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect({ host: hostname, port: Number(port) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ANSWER_MS) });
    return null;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return `${endpoint} of BUS_ENDPOINTS does not answer (${code ?? name}).`;
  } finally {
    socket.destroy();
  }
}

export const archive = defineCheck({
  name: 'archive',
  needs: [],
  async look({ settings: { ARCHIVE_URL } }) {
    if (!ARCHIVE_URL) return NONE;
    const now = Date.now();
    const options = { signal: AbortSignal.timeout(ANSWER_MS), pauseMs: 0 };
    const wrong = await countArchive(ARCHIVE_URL, { fromMs: now - 60_000, toMs: now }, options).then(
      () => null,
      (error: Error) => `The archive of ARCHIVE_URL does not answer as expected: ${error.message}`,
    );
    return judge(
      wrong,
      ARCHIVE_URL,
      'What is missed while Hubs stands still is not caught up, and new hubs begin empty.',
      'Try the address in a browser; correct ARCHIVE_URL, or leave it out.',
    );
  },
});

export const signIn = defineCheck({
  name: 'sign-in',
  needs: [],
  async look({ settings: { providers, BASE_URL } }) {
    const asked = providers.map((settings) =>
      openProvider(settings)
        .signOutAddress(BASE_URL)
        .then(
          () => null,
          (error: Error) =>
            `The provider ${settings.name} (${settings.issuer}) can't be used: ${error.message}`,
        ),
    );
    const wrong = (await Promise.all(asked)).filter((sentence) => sentence !== null);
    if (wrong.length === 0) return providers.map(({ name }) => name).join(', ') || NONE;
    return wrong.map((what) => ({
      what,
      why: 'Nobody can sign in with it.',
      remedy: 'Compare OIDC_<NAME>_ISSUER with the provider’s /.well-known/openid-configuration.',
    }));
  },
});
