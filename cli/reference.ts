import { HubsCommand } from './hubs-command.ts';

interface Named {
  path: string;
  command: HubsCommand;
}

/** The command and those below it, each group before its own, by name. */
export function listCommands(command: HubsCommand, above: string[] = []): Named[] {
  const path = [...above, command.name()];
  const below = command.commands.toSorted((a, b) => a.name().localeCompare(b.name()));
  return [
    { path: path.join(' '), command },
    ...below.flatMap((one) => (one instanceof HubsCommand ? listCommands(one, path) : [])),
  ];
}

const HEADING = /^#{2,3} (?=hubs\b)/m;

/**
 * docs/commands.md with the help of every command as it is now. What stands before the first command, and in each section
 * behind the help, is written by hand and stays.
 */
export function composeReference(doc: string, program: HubsCommand): string {
  const [introduction = '', ...sections] = doc.split(HEADING);
  const prose = new Map(
    sections.map((section) => {
      const [, path = '', rest = ''] = /^(.*)\n\n```\n[\s\S]*?\n```\n?([\s\S]*)$/.exec(section) ?? [];
      return [path, rest.trim()];
    }),
  );
  const written = listCommands(program).map(({ path, command }) => {
    const heading = `${path.split(' ').length > 2 ? '###' : '##'} ${path}`;
    const help = `\`\`\`\n${command.helpInformation()}\`\`\``;
    return [heading, help, prose.get(path)].filter(Boolean).join('\n\n');
  });
  return `${[introduction.trim(), ...written].join('\n\n')}\n`;
}
