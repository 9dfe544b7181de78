/** What was asked of a hub is refused; the message names field, reason and remedy for people. */
export class HubError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'HubError';
  }
}
