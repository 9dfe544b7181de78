// Logs of scripts.
import type { Part } from '../activity.ts';
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';

export const logger: Service = {
  icon: null,
  fedmsg: (m) => {
    const isLog = m.kind.startsWith('logger.log');
    const log = m.text('log');
    const words = log ?? '<custom JSON message>';
    const told: Part[] | undefined = fill('you logged "{log}"', { log });
    return {
      sentence: isLog
        ? fill('{words} ({who})', { words, who: m.publisher ?? 'none' })
        : fill('<unhandled log message>', {}),
      subjective: m.publisher && told && isLog ? { [m.publisher]: told } : {},
      agent: m.publisher ?? null,
      body:
        isLog && m.at('log') === undefined
          ? `A custom JSON message was logged by ${m.publisher ?? '(None)'}::\n\n${indentBody(m.body)}`
          : null,
    };
  },
};

/** As part of an object, four spaces a level. */
const indentBody = (msg: unknown) => JSON.stringify({ msg }, null, 4).split('\n').slice(1, -1).join('\n');
