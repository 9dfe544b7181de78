import { Command } from 'commander';
import { formatHelp } from './help.ts';
import { type Output, openOutput } from './output.ts';

/** A command or a group of them, with the help, errors and exits that all of `hubs` has. */
export class HubsCommand extends Command {
  /** Shown below the help, without the program's name. */
  readonly examples: string[] = [];

  constructor(name: string) {
    super(name);
    this.helpOption('--help', 'Show this message and exit.')
      .helpCommand(false)
      .configureHelp({ formatHelp, sortSubcommands: true })
      .configureOutput({
        outputError: (message, write) =>
          write(message.replace(/^error: (.)/, (_, first: string) => `Error: ${first.toUpperCase()}`)),
      })
      .showHelpAfterError('Add --help to see what there is.')
      .exitOverride();
  }

  override createCommand(name: string): HubsCommand {
    return new HubsCommand(name);
  }

  example(...lines: string[]): this {
    this.examples.push(...lines);
    return this;
  }

  /**
   * What the command does when it is called; it gets --json and --quiet, which `out` heeds. Where something is wrong that
   * is no error it sets process.exitCode (exit-status.ts).
   * @param work gets the command's arguments, then its options
   */
  answers<Given extends unknown[]>(work: (out: Output, ...given: Given) => Promise<void>): this {
    return this.option('--json', 'Answer in JSON.')
      .option('--quiet', 'Say only what is wrong.')
      .action((...given) => work(openOutput(this.opts()), ...(given as Given)));
  }

  /** A group alone asks what it can do: that is an answer, not an error. */
  override help(): never {
    return super.help();
  }
}
