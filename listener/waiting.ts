// What was taken from the bus and is not in Redis yet: bounded, oldest first.
import type { Arrival } from './sources/source.ts';

/** A bound beside the number of messages, for a bus of large ones. */
const LIMIT_BYTES = 64_000_000;

export interface WaitingMessage {
  id: string;
  service: string;
  /** As JSON. */
  text: string;
  settle?: Arrival['settle'];
}

/** A buffer between those who add and the one who takes away; each waits for the other. */
export class WaitingMessages {
  readonly #limit: number;
  readonly #messages: WaitingMessage[] = [];
  #characters = 0;
  #closed = false;
  #changed = Promise.withResolvers<void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#messages.length;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Adds when there is room. @returns false when it was closed before there was */
  async add(message: WaitingMessage): Promise<boolean> {
    while (!this.#closed && this.#isFull()) await this.#changed.promise;
    if (this.#closed) return false;
    this.#messages.push(message);
    this.#characters += message.text.length;
    this.#tell();
    return true;
  }

  /** The oldest ones, at least one, still kept here until `drop`. None when it is closed. */
  async oldest(limit: number, limitCharacters: number): Promise<WaitingMessage[]> {
    while (!this.#closed && this.count === 0) await this.#changed.promise;
    if (this.#closed) return [];
    let characters = 0;
    const end = this.#messages.slice(0, limit).findIndex((message) => {
      characters += message.text.length;
      return characters > limitCharacters;
    });
    return this.#messages.slice(0, end === -1 ? limit : Math.max(end, 1));
  }

  /** Forgets the oldest ones. */
  drop(count: number): void {
    for (const message of this.#messages.splice(0, count)) this.#characters -= message.text.length;
    this.#tell();
  }

  /** Resolves when nothing waits. */
  async isEmpty(): Promise<void> {
    while (!this.#closed && this.count > 0) await this.#changed.promise;
  }

  /** Ends every wait. @returns what is left */
  close(): WaitingMessage[] {
    this.#closed = true;
    this.#tell();
    return this.#messages.splice(0);
  }

  #isFull(): boolean {
    return this.count >= this.#limit || this.#characters >= LIMIT_BYTES;
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
