// Help in the form people know from the original `fedora-hubs` command.
import type { Command, Help } from 'commander';

/** Usage, description, options and commands of one command. */
export function formatHelp(command: Command, helper: Help): string {
  const commands = helper.visibleCommands(command).map((one): Row => [one.name(), one.description()]);
  const options = helper.visibleOptions(command).map((one): Row => [one.flags, one.description]);
  const blocks = [`Usage: ${usage(command)}`, `  ${command.description()}`, table('Options', options)];
  if (commands.length > 0) blocks.push(table('Commands', commands));
  return `${blocks.join('\n\n')}\n`;
}

/** `hubs db [OPTIONS] COMMAND [ARGS]...`, `hubs fas create-team [OPTIONS] NAME...` */
function usage(command: Command): string {
  const path: string[] = [];
  for (let one: Command | null = command; one; one = one.parent) path.unshift(one.name());
  const rest =
    command.commands.length > 0
      ? ['COMMAND', '[ARGS]...']
      : command.registeredArguments.map((argument) => `${argument.name()}${argument.variadic ? '...' : ''}`);
  return [...path, '[OPTIONS]', ...rest].join(' ');
}

type Row = [name: string, text: string];

function table(title: string, rows: Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`${title}:`, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join('\n');
}
