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

/** Black or white, whichever is easier to read on a colour such as `#1f57a8` (WCAG 2, relative luminance). */
export function inkOn(colour: string): 'black' | 'white' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // On this one both have the same contrast.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? 'black' : 'white';
}
