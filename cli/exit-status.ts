/** How the command ends when not with 0; docs/commands.md says it to people. */
export const exitStatus = {
  /** Something is wrong, was refused or does not answer. */
  wrong: 1,
  /** The command line can't be understood. */
  usage: 2,
  /** The accounts do not answer: a later run may do it. */
  later: 75,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
