// What brings messages: a bus, the archive, a file. Each hands on what came and hears what became of it.
import type { Message } from '../../bus/message.ts';

/** Why something is no message. */
export const formFaults = ['frames', 'size', 'encoding', 'json', 'topic', 'message'] as const;
export type FormFault = (typeof formFaults)[number];

/** The bus's own limit for one message. */
export const MESSAGE_BYTES = 1_000_000;

/** `sentence` completes "a message that …". */
export type ReadResult =
  | {
      message: Message;
      /** The JSON text that is signed, on buses whose messages are. */
      envelope?: string;
    }
  | { dropped: FormFault; sentence: string };

/**
 * `queued`: Redis has it. `duplicate`: it had it before. `refused`: nobody can use it, or nobody may. `left`: it was not
 * brought to Redis before the stop.
 */
export type Fate = 'queued' | 'duplicate' | 'refused' | 'left';

export interface Arrival {
  /** As it came, of whatever form. */
  topic: string;
  result: ReadResult;
  /** Called once. A source that hears it brings again what was left. */
  settle?(fate: Fate): void;
}

/** Takes what a source hands on; done when there is room for the next. */
export type Take = (arrival: Arrival) => Promise<void>;

export interface Source {
  /** As people know it, without credentials. */
  readonly name: string;
  /** Why nothing comes, a sentence; none when it is connected. */
  wrong(): string[];
  /** Resolves when it has nothing more to hand on: at its end, if it has one, or after a stop. Rejects when it can't. */
  readonly done: Promise<void>;
  /** Hands on what it already holds, for at most that long, and closes. */
  stop(limitMs: number): Promise<void>;
}

/** A bus: it breaks and comes back, and has no end. */
export interface LiveSource extends Source {
  /** Since when it hears without a break, milliseconds since 1970; null while it does not. */
  hearsSinceMs(): number | null;
  /** What reached it before this time was handed on, and taken; null where it can't tell now. */
  heardUntilMs(): Promise<number | null>;
}
