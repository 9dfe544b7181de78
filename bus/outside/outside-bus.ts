// The outside bus that Hubs' own events go to, if one is configured.
import type { Message } from '../message.ts';

export interface OutsideBus {
  /**
   * Publishes the message, or throws a sentence: then it was not taken for certain, and may be published again.
   */
  publish(message: Message): Promise<void>;
  close(): Promise<void>;
}
