// A message in words. Rules are chosen by the topic after the environment; what no rule knows is said generically.
import type { Message } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import type { Activity } from './activity.ts';
import { findAgent, sayGenerically } from './generic.ts';

export function describe(message: Message): Activity {
  const { kind } = readTopic(message.topic);
  const agent = findAgent(message.body);
  return {
    parts: sayGenerically(kind, agent),
    subjective: {},
    kind,
    title: kind,
    link: null,
    icon: null,
    picture: null,
    agent,
    people: agent ? [agent] : [],
    concerns: [],
    packages: [],
    groups: [],
    objects: [],
    touches: [],
    body: null,
    generic: true,
  };
}
