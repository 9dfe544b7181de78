// `hubs message`: messages from standard input, JSON lines in any form of the bus, put in words.
import type { Message } from '../bus/message.ts';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';
import { addVerifyCommand } from './verify-messages.ts';

export function addMessageCommands(program: HubsCommand): void {
  const group = program.command('message').description('Message-related operations.');
  group.example('message render < messages.jsonl', 'message group --subject mira < messages.jsonl');
  group
    .command('render')
    .description('Put each message (a JSON line) in words, a JSON line each.')
    .answers(renderMessages);
  group
    .command('group')
    .description('Group messages (JSON lines, newest first) as a feed does.')
    .option('--subject <NAME>', 'The user name of the reader.')
    .answers(groupMessages);
  addVerifyCommand(group);
}

/** The messages of standard input; a line that is none goes to standard error with its number, the rest goes on. */
async function* readMessages(): AsyncGenerator<Message> {
  const { fromAnyForm } = await import('../bus/archive.ts');
  const { BadMessage } = await import('../bus/bad-message.ts');
  const { readLines } = await import('./read-lines.ts');
  for await (const { text, number } of readLines(process.stdin)) {
    try {
      yield fromAnyForm(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof BadMessage || error instanceof SyntaxError)) throw error;
      const reason = error instanceof BadMessage ? error.reason : 'is not JSON';
      console.error(`line ${number}: ${reason}`);
      process.exitCode = 1;
    }
  }
}

async function renderMessages(out: Output): Promise<void> {
  const { describe } = await import('../activity/describe.ts');
  const { joinParts } = await import('../activity/activity.ts');
  for await (const message of readMessages()) {
    const {
      parts,
      subjective,
      people,
      title,
      link,
      icon,
      picture,
      agent,
      packages,
      groups,
      objects,
      kind,
      generic,
    } = describe(message);
    const said = {
      title,
      subject: joinParts(parts),
      subjective: Object.fromEntries(
        Object.entries(subjective).map(([name, theirs]) => [name, joinParts(theirs)]),
      ),
      link,
      icon,
      picture,
      agent,
      users: people,
      packages,
      groups,
      objects,
      kind,
      generic,
    };
    out.answer(said, JSON.stringify(said));
  }
}

async function groupMessages(out: Output, { subject }: { subject?: string }): Promise<void> {
  const { group } = await import('../activity/grouping.ts');
  const { joinParts } = await import('../activity/activity.ts');
  const messages = await Array.fromAsync(readMessages());
  for (const { parts, subjective, link, picture, people, packages, topics, messages: held } of group(
    messages,
    { subject },
  )) {
    const ids = held.map(({ id }) => id);
    const said = {
      subject: joinParts(parts),
      subjective: joinParts(subjective),
      link,
      picture,
      users: people,
      packages,
      topics,
      ids,
    };
    out.answer(said, JSON.stringify(said));
  }
}
