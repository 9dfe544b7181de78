/** A message's id as it stands in an address; null for what can't be one. */
export function readEntryId(text: string): string | null {
  try {
    const id = decodeURIComponent(text);
    return id.length > 0 && id.length <= 200 ? id : null;
  } catch {
    // Not encoded as addresses are: no link of ours.
    return null;
  }
}
