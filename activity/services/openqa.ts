// openQA: jobs that install and test whole systems, and comments on them.
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const EXTRACT_LENGTH = 30;
const commentVerbs: Record<string, string> = { create: 'created', update: 'updated', delete: 'deleted' };

const jobSentences: Record<string, string> = {
  duplicate: '{job}{how}duplicated as {result} for {build}',
  restart: '{job}restarted as {result} for {build}',
  done: '{job}completed [with result {result} ]for {build}, {remaining} remaining jobs',
  create: '{job}created for {build}',
};

const hows: Record<string, string> = { 0: 'manually ', 1: 'automatically ' };

function jobWords(m: Subject): string {
  const test = m.firstText('TEST');
  const medium = m.firstText('ISO')
    ? ` for iso ${m.text('ISO')}`
    : m.firstText('HDD_1')
      ? ` for disk ${m.text('HDD_1')}`
      : '';
  return `${m.isStaging ? 'staging ' : ''}job ${m.text('id') ?? ''} ${
    test ? `(test ${test} on ${m.text('MACHINE') ?? 'a machine'}${medium}) ` : ''
  }`;
}

function describe(m: Subject): Said | undefined {
  const site = `https://openqa${m.isStaging ? '.stg' : ''}.fedoraproject.org`;
  const build = m.firstText('BUILD', 'build');
  const media = m.firstText('ISO', 'HDD_1');
  if (m.kind.includes('.comment.')) return describeComment(m, site, [build, media]);
  const template = m.kind.includes('.job.') ? jobSentences[m.action] : undefined;
  return {
    sentence: fill(template, {
      job: jobWords(m),
      how: hows[m.text('auto') ?? ''] ?? '',
      result: m.firstText('result'),
      build: build ?? '',
      remaining: m.text('remaining') ?? '',
    }),
    link: whole`${site}/tests/${m.text('id')}`,
    agent: null,
    people: [m.text('user')],
    objects: [build, media],
  };
}

function describeComment(m: Subject, site: string, objects: (string | undefined)[]): Said {
  const user = m.firstText('user');
  const [job, group] = [m.firstText('job_id'), m.firstText('group_id')];
  const words = m.firstText('text');
  return {
    sentence: fill('{user} {verb} comment #{id} on openQA[ job {job}][ group {group}][, text: {extract}]', {
      user: user ? person(user) : 'someone',
      verb: commentVerbs[m.action] ?? 'did something to',
      id: m.text('id'),
      job,
      group: job ? undefined : group,
      extract: words && words.length > EXTRACT_LENGTH ? `${words.slice(0, EXTRACT_LENGTH)}...` : words,
    }),
    link: job ? whole`${site}/tests/${job}#comments` : group ? whole`${site}/group_overview/${group}` : site,
    agent: user ?? null,
    people: [user],
    objects: [...objects, job, group],
    body: words,
  };
}

export const openqa: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/openqa.png',
  fedmsg: describe,
};
