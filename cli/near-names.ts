const MOST = 3;

/** Names somebody may have meant: one begins with the other, or a third of the letters at most differs. */
export function nearNames(name: string, names: string[]): string[] {
  const wanted = name.toLowerCase();
  return names
    .map((one) => ({ one, distance: closeness(wanted, one.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.ceil(wanted.length / 3))
    .sort((a, b) => a.distance - b.distance || a.one.localeCompare(b.one))
    .slice(0, MOST)
    .map(({ one }) => one);
}

function closeness(a: string, b: string): number {
  if (a.length > 1 && b.length > 1 && (a.startsWith(b) || b.startsWith(a))) return 1;
  return editDistance(a, b);
}

/** How many letters to add, drop or change (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[j + 1], row[j], next[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
