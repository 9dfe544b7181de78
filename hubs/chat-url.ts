/**
 * The address a browser can open for a room as the accounts name it: `matrix://server/#room` and `#room:server` by
 * matrix.to, `irc://network/#channel` and web addresses as they are. A bare `#channel` names no network: null.
 */
export function chatUrl(room: string): string | null {
  const matrix = /^matrix:\/\/([^/\s]+)\/(#?[^/\s#]+)$/.exec(room);
  if (matrix) return `https://matrix.to/#/#${matrix[2]?.replace(/^#/, '')}:${matrix[1]}`;
  const id = /^#([^:\s#]+):([\w.-]+(?::\d+)?)$/.exec(room);
  if (id) return `https://matrix.to/#/#${id[1]}:${id[2]}`;
  return /^(https?|ircs?):\/\/\S+$/.test(room) ? room : null;
}
