const LONGEST = 2_000;

/** Whether a person may give this as a link: an http or https address without a password in it. */
export function isWebAddress(text: string): boolean {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** What to say where it is none. */
export const noWebAddress = 'Give a whole address, such as https://example.org/page.';
