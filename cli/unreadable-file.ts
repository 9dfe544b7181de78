import { Refusal } from './refusal.ts';

/** A file that somebody named on the command line can't be read. */
export class UnreadableFile extends Refusal {
  constructor(file: string, reason: string) {
    super(`${file} can't be read (${reason}); check path and rights.`);
    this.name = 'UnreadableFile';
  }
}
