import * as z from 'zod';

/** How events reach Klaviyo. */
export const events = z
  .strictObject({
    bulk: z
      .enum(['when limited', 'never'])
      .default('when limited')
      .describe(
        '`when limited`: events go in bulk while Klaviyo refuses more single calls, as bulk has a limit of its own, 30 to 40 times as wide; `never`: each event waits for a single call',
      ),
  })
  .prefault({});
