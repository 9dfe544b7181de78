// Pushes to the infrastructure team's own repositories.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { commitSummary, whole } from '../words.ts';

/** Repositories that are not shown to the world. */
const hidden = ['puppet'];

export const infragit: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/git-logo.png',
  fedmsg: (m) => {
    const repo = m.text('commit.path')?.split('/').at(-1);
    const user = m.text('commit.username');
    const branch = m.text('commit.branch');
    const summary = m.text('commit.summary');
    return {
      sentence: fill('{user} pushed a commit to the fedora-infra {repo} repo[ ({branch})][:  "{summary}"]', {
        user: person(user),
        repo,
        branch,
        summary: summary === undefined ? undefined : commitSummary(summary, m.text('commit.message')),
      }),
      link:
        !repo || hidden.includes(repo)
          ? null
          : whole`https://infrastructure.fedoraproject.org/cgit/${repo}.git/commit/?h=${branch}&id=${m.text('commit.rev')}`,
      picture: user ? avatarOrMachine(user) : null,
      agent: user ?? null,
      objects: Object.keys(m.record('commit.stats.files')).map((file) => whole`${repo}/${file}`),
      touches: repo ? [`project:${repo}`] : [],
      body: m.text('commit.message'),
    };
  },
};
