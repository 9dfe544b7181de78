// Help in the form people know from the original `fedora-hubs` command.
import type { Command, Help } from 'commander';

/** Usage, description, options and commands of one command, and examples. */
export function formatHelp(command: Command, helper: Help): string {
  const commands = helper.visibleCommands(command).map((one): Row => [one.name(), one.description()]);
  const options = helper.visibleOptions(command).map((one): Row => [one.flags, one.description]);
  const [program = '', ...path] = pathOf(command);
  const blocks = [
    `Usage: ${[program, ...path, '[OPTIONS]', ...argumentsOf(command)].join(' ')}`,
    `  ${command.description()}`,
    table('Options', options),
  ];
  if (commands.length > 0) blocks.push(table('Commands', commands));
  const examples = 'examples' in command ? (command.examples as string[]) : [];
  if (examples.length > 0)
    blocks.push(['Examples:', ...examples.map((line) => `  ${program} ${line}`)].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function pathOf(command: Command): string[] {
  const path: string[] = [];
  for (let one: Command | null = command; one; one = one.parent) path.unshift(one.name());
  return path;
}

/** `COMMAND [ARGS]...` of a group, `NAME...` and `[WIDGET]...` of a command. */
function argumentsOf(command: Command): string[] {
  if (command.commands.length > 0) return ['COMMAND', '[ARGS]...'];
  return command.registeredArguments.map(
    (argument) =>
      (argument.required ? argument.name() : `[${argument.name()}]`) + (argument.variadic ? '...' : ''),
  );
}

type Row = [name: string, text: string];

function table(title: string, rows: Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`${title}:`, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join('\n');
}
