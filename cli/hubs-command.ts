import { Command } from 'commander';
import { formatHelp } from './help.ts';

/** A command or a group of them, with the help, errors and exits that all of `hubs` has. */
export class HubsCommand extends Command {
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

  /** A group alone asks what it can do: that is an answer, not an error. */
  override help(): never {
    return super.help();
  }
}
