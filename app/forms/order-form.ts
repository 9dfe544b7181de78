import { z } from 'zod';
import { orderSide } from '../../hubs/side.ts';
import type { FormDefinition } from './form-route.ts';
import { placeAfter, readRowId } from './hub-id.ts';

const hub = z.string().transform(readRowId);
type Change =
  | { do: 'reset' }
  | { do: 'place'; hub: number; after: number }
  | { do: 'up' | 'down'; hub: number };

/** The order of the hubs at one's side; `do` says what: a step, a place, or `reset`: by visits. */
export const orderForm: FormDefinition<Change, object> = {
  fields: z.discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('reset') }),
      z.strictObject({ do: z.literal('place'), hub, after: placeAfter }),
      z.strictObject({ do: z.enum(['up', 'down']), hub }),
    ],
    { error: 'Say what to do: up, down, place or reset.' },
  ),
  async act({ stores: { database }, viewer, values }) {
    const move =
      values.do === 'reset'
        ? null
        : { hub: values.hub, to: values.do === 'place' ? values.after : values.do };
    await orderSide(database, viewer, move);
    return {
      said: move ? 'Your hubs stand in this order now.' : 'The hubs you visit most stand on top now.',
    };
  },
};
