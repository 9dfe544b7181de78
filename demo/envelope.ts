import { randomUUID } from 'node:crypto';
import type { Happening } from './happening.ts';
import { canonical, type Signer } from './sign.ts';

/** Puts happenings in fedmsg's envelopes: two frames, the topic and the signed JSON. Ids are new at every start. */
export function makeEnvelopes(signer: Signer, now: () => Date): (happening: Happening) => [string, string] {
  let count = 0;
  return ({ topic, body }) => {
    const at = now();
    const envelope = signer.sign({
      topic,
      msg: body,
      timestamp: Math.floor(at.getTime() / 1_000),
      msg_id: `${at.getFullYear()}-${randomUUID()}`,
      i: ++count,
      username: 'demo',
    });
    return [topic, canonical(envelope)];
  };
}
