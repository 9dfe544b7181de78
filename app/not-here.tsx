import type { ReactNode } from 'react';
import NotFound from './not-found.tsx';
import { answerWith } from './response-status.ts';

class NotHere extends Error {}

/** Ends a page made by `orNotHere` with 404. */
export function notHere(): never {
  throw new NotHere();
}

/** A page that may call `notHere()`: then the server's HTML says so, with the status 404. */
export const orNotHere =
  <Props,>(render: (props: Props) => Promise<ReactNode>) =>
  async (props: Props): Promise<ReactNode> => {
    try {
      return await render(props);
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      answerWith(404);
      return <NotFound />;
    }
  };
