/** Something a person can mend: its message is a sentence that says what is wrong and what to do. */
export class Problem extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

const remedies: Record<string, (place: string) => string> = {
  ENOSPC: (place) => `The disk is full${place}. Free some space, then start again.`,
  EDQUOT: (place) => `The disk quota is used up${place}. Free some space, then start again.`,
  EACCES: (place) =>
    `There is no right to write${place}. Start as the folder's owner, or choose another with --data DIR.`,
  EPERM: (place) =>
    `There is no right to write${place}. Start as the folder's owner, or choose another with --data DIR.`,
  EROFS: (place) => `The disk is read-only${place}. Choose another folder with --data DIR.`,
  ENOTDIR: (place) => `A file stands where a folder must be${place}. Choose another with --data DIR.`,
  EMFILE: () => 'Too many files are open. Raise the limit with `ulimit -n 4096`, then start again.',
};

/** Words that programs use in their output for what Node says by a code. */
const spoken: [RegExp, string][] = [
  [/No space left on device|ENOSPC/, 'ENOSPC'],
  [/Disk quota exceeded|EDQUOT/, 'EDQUOT'],
  [/Too many open files|EMFILE/, 'EMFILE'],
];

/** What went wrong, for a person: sentences, and a program's last words where there are some; no stack. */
export function explain(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  const remedy = remedies[code ?? ''];
  if (remedy) return remedy(path ? ` (${path})` : '');
  const heard = spoken.find(([words]) => words.test(message))?.[1];
  return heard ? `${message}\n${remedies[heard]?.('')}` : message;
}
