// The `hubs` command. Each command imports what it needs when it runs, so that help is there at once.
import { CommanderError } from 'commander';
import { addDbCommands } from './db.ts';
import { addFasCommands } from './fas.ts';
import { HubsCommand } from './hubs-command.ts';
import { addLedgerCommand } from './ledger.ts';
import { addMessageCommands } from './message.ts';
import { addReplayCommand } from './replay.ts';
import { addRunCommands } from './run.ts';
import { addUserCommands } from './user.ts';

const USAGE = 2;

const program = new HubsCommand('hubs').description('Run and look after Hubs.');
addDbCommands(program);
addFasCommands(program);
addLedgerCommand(program);
addMessageCommands(program);
addReplayCommand(program);
addRunCommands(program);
addUserCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else {
    const { explain } = await import('./explain.ts');
    const { sentence, exitCode } = explain(error);
    console.error(sentence);
    process.exitCode = exitCode;
  }
}
