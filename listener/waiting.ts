// What was taken from the bus and is not in Redis yet: bounded, oldest first.
import type { Counted } from './outcomes.ts';
import type { Arrival } from './sources/source.ts';

/** A bound beside the number of messages, for a bus of large ones. */
const LIMIT_BYTES = 64_000_000;

export interface WaitingMessage {
  id: string;
  counted: Counted;
  /** As JSON; '' for junk, which is only remembered. */
  text: string;
  settle?: Arrival['settle'];
}

/** A buffer between those who add and the one who takes away; each waits for the other. */
export class WaitingMessages {
  readonly #limit: number;
  readonly #messages: WaitingMessage[] = [];
  #characters = 0;
  #dropped = 0;
  #closed = false;
  #changed = Promise.withResolvers<void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#messages.length;
  }

  /** Of all times. */
  get added(): number {
    return this.#dropped + this.count;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get isFull(): boolean {
    return this.count >= this.#limit || this.#characters >= LIMIT_BYTES;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Adds when there is room. @returns false when it was closed before there was */
  async add(message: WaitingMessage): Promise<boolean> {
    while (!this.#closed && this.isFull) await this.#changed.promise;
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
    const gone = this.#messages.splice(0, count);
    for (const message of gone) this.#characters -= message.text.length;
    this.#dropped += gone.length;
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

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
