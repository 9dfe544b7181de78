// Which certificate may sign which topic.
import { z } from 'zod';
import { readTopic } from '../topic.ts';
import { BadTrust, type RoutingPolicy } from './trust.ts';

const names = z.record(z.string(), z.array(z.string()));
const schema = z.union([
  z.object({ policy: names, nitpicky: z.boolean().default(false) }),
  z.object({ routing_policy: names, routing_nitpicky: z.boolean().default(false) }).transform((given) => ({
    policy: given.routing_policy,
    nitpicky: given.routing_nitpicky,
  })),
  names.transform((policy) => ({ policy, nitpicky: false })),
]);

/**
 * Reads a policy in JSON: `{"<topic>": ["<common name>", …]}`, as fedmsg's `routing_policy`; or that as `policy`, beside
 * `nitpicky`: true refuses topics that are not listed, which are open to all otherwise.
 *
 * A topic is the whole one or the part after the environment (`git.receive`). A common name is `<service>-<host>`; also
 * understood are `service` (on any host) and, as Fedora's inventory has it, `service (group)` (on any host) and
 * `service (host.example.org)`.
 * @throws {BadTrust}
 */
export function readRoutingPolicy(text: string): RoutingPolicy {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new BadTrust('is not JSON', { cause });
  }
  const result = schema.safeParse(given);
  if (!result.success) throw new BadTrust('is not like {"<topic>": ["<common name>"]}');
  const { nitpicky } = result.data;
  const senders = new Map(
    Object.entries(result.data.policy).map(([topic, list]) => [topic, list.map(readSender)]),
  );
  return (topic, commonName) => {
    const listed = senders.get(topic) ?? senders.get(readTopic(topic).kind);
    return listed ? listed.some((isSender) => isSender(commonName)) : !nitpicky;
  };
}

function readSender(text: string): (commonName: string) => boolean {
  const [, service = text, place] = /^(\S+) \((\S+)\)$/.exec(text) ?? [];
  if (place?.includes('.')) return (commonName) => commonName === `${service}-${place}`;
  if (service.includes('.')) return (commonName) => commonName === service;
  return (commonName) => commonName === service || commonName.startsWith(`${service}-`);
}
