// Every command there is. Each imports what it needs when it runs, so that help is there at once.
import { addCacheCommands } from './cache.ts';
import { addDbCommands } from './db.ts';
import { addDeadCommands } from './dead.ts';
import { addDoctorCommand } from './doctor.ts';
import { addFasCommands } from './fas.ts';
import { addHubCommands } from './hub.ts';
import { HubsCommand } from './hubs-command.ts';
import { addLedgerCommand } from './ledger.ts';
import { addMessageCommands } from './message.ts';
import { addQueueCommands } from './queue.ts';
import { addReplayCommand } from './replay.ts';
import { addRunCommands } from './run.ts';
import { addUserCommands } from './user.ts';

/** @param name what it was called by: `hubs`, or `fedora-hubs` as the original was */
export function makeProgram(name = 'hubs'): HubsCommand {
  const program = new HubsCommand(name).description('Run and look after Hubs.');
  addCacheCommands(program);
  addDbCommands(program);
  addDeadCommands(program);
  addDoctorCommand(program);
  addFasCommands(program);
  addHubCommands(program);
  addLedgerCommand(program);
  addMessageCommands(program);
  addQueueCommands(program);
  addReplayCommand(program);
  addRunCommands(program);
  addUserCommands(program);
  return program;
}
