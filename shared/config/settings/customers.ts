import * as z from 'zod';
import { clash } from '../names.ts';
import { refuse, selection } from '../schemas.ts';

/** How customers become profiles. */
export const customers = z
  .strictObject({
    linkByEmail: z
      .boolean()
      .default(true)
      .describe(
        'when another profile holds the e-mail of a customer, one without a customer id is merged into the customer’s, and one of another customer gives the e-mail up; `false` leaves both profiles unchanged, and the message ends in the dead-letter topic',
      ),
    customFields: selection('custom fields of customers'),
  })
  .superRefine(({ customFields }, context) => refuse(context, ['customFields', 'map'], clash([customFields])))
  .prefault({});
