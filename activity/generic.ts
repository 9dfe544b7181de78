// The honest sentence for a topic that no rule knows: the topic's own words and who did it.
import { isRecord } from '../bus/bad-message.ts';
import type { Part } from './activity.ts';

const agentFields = ['agent', 'agent_name', 'user', 'username', 'user_name', 'author', 'submitter', 'owner'];
const userName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;

/** The user name in the first field that usually holds the agent, as text or as an object with a name. */
export function findAgent(body: Record<string, unknown>): string | null {
  for (const field of agentFields) {
    const value = body[field];
    const name = isRecord(value) ? (value.username ?? value.name) : value;
    if (typeof name === 'string' && userName.test(name)) return name;
  }
  return null;
}

/** `planning.sprint.closed` by ana is "planning: sprint closed, by ana". */
export function sayGenerically(kind: string, agent: string | null): Part[] {
  const [service = kind, ...rest] = kind.replaceAll('_', ' ').split('.');
  const what = rest.join(' ');
  const text = what ? `${service}: ${what}` : service;
  if (!agent) return [{ type: 'text', text }];
  return [
    { type: 'text', text: `${text}, by ` },
    { type: 'person', text: agent, name: agent },
  ];
}
