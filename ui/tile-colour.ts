/** White on each has a contrast of at least 5. */
const colours = [
  '#3c6eb4',
  '#7b4fa3',
  '#a3366f',
  '#b03a2e',
  '#935514',
  '#4d7420',
  '#1f7557',
  '#1b7385',
  '#5a5fa8',
  '#666b73',
];

/** The same name has the same colour everywhere. */
export function colourOf(name: string): string {
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return colours[hash % colours.length] ?? '#666b73';
}
