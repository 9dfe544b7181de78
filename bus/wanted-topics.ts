// Which topics Hubs subscribed to: the archive has all of them, and what a bus does not bring shall not come from there.
import type { Settings } from '../settings/settings.ts';

type Subscriptions = Pick<
  Settings,
  'BUS_ENDPOINTS' | 'BUS_TOPICS' | 'BUS_AMQP_URL' | 'BUS_AMQP_BINDINGS' | 'BUS_AMQP_DECLARE'
>;

export interface WantedTopics {
  /** All that is on the bus. */
  everything: boolean;
  has(topic: string): boolean;
}

/** A queue that somebody else bound may bring anything. */
export const bindingsOf = ({ BUS_AMQP_BINDINGS, BUS_AMQP_DECLARE }: Subscriptions): string[] =>
  BUS_AMQP_BINDINGS ?? (BUS_AMQP_DECLARE === 'active' ? ['#'] : []);

/** Where no bus is configured, everything. */
export function wantedTopics(settings: Subscriptions): WantedTopics {
  if (!settings.BUS_AMQP_URL && settings.BUS_ENDPOINTS.length === 0)
    return { everything: true, has: () => true };
  const bindings = bindingsOf(settings);
  const patterns = settings.BUS_AMQP_URL ? (bindings.length > 0 ? bindings : ['#']) : [];
  const prefixes = settings.BUS_ENDPOINTS.length > 0 ? settings.BUS_TOPICS : [];
  return {
    everything: patterns.includes('#') || prefixes.includes(''),
    has: (topic) =>
      prefixes.some((prefix) => topic.startsWith(prefix)) ||
      patterns.some((pattern) => matchesBinding(topic.split('.'), pattern.split('.'))),
  };
}

/** As AMQP's topic exchange compares: `*` is a word, `#` any number of them. */
function matchesBinding([word, ...words]: string[], [part, ...parts]: string[]): boolean {
  if (part === undefined) return word === undefined;
  if (part === '#')
    return (
      matchesBinding(word === undefined ? [] : [word, ...words], parts) ||
      (word !== undefined && matchesBinding(words, [part, ...parts]))
    );
  return word !== undefined && (part === '*' || part === word) && matchesBinding(words, parts);
}
