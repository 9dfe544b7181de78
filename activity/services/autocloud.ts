import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

const imageSentences: Record<string, string> = {
  queued: '{image} is queued for testing',
  running: 'The tests for the {image} have started running',
  aborted: 'The tests for the {image} have been aborted',
  failed: 'The tests for the {image} failed',
  success: 'The tests for {image} were a success',
};

const composeSentences: Record<string, string> = {
  queued: '{compose} is queued for testing',
  running: '{compose} tests have started running',
  completed: '{compose} tests have completed',
};

export const autocloud: Service = {
  icon: `${icons}/fedimg.png`,
  fedmsg: (m) => {
    const isCompose = m.kind.startsWith('autocloud.compose');
    const status = m.text('status') ?? '';
    const template = (isCompose ? composeSentences : imageSentences)[status];
    const release = m.firstText('release');
    const name = m.text('image_name') && `${m.text('image_name')}${release ? ` (${release})` : ''}`;
    const compose = m.text('compose_id');
    const job = m.firstText('job_id');
    const composeJob = m.text('compose_job_id');
    const site = 'https://apps.fedoraproject.org/autocloud/';
    return {
      sentence: fill(template, {
        image: name && (compose && !isCompose ? `${name}(${compose})` : name),
        compose: m.firstText('id', 'compose_id') ?? 'A compose',
      }),
      link: isCompose
        ? composeJob
          ? whole`${site}jobs/${composeJob}`
          : site
        : job
          ? whole`${site}jobs/${job}/output`
          : m.text('image_url'),
      picture: `${icons}/fedimg.png`,
      agent: null,
      objects: [whole`autocloud/${isCompose ? 'compose' : 'image'}/${status}`],
    };
  },
};
