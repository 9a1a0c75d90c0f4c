import * as z from 'zod';

/** Some of the values that commercetools knows; another would never come, and what it should switch on would be off. */
export const some = (description: string, known: readonly string[], values: string[]) =>
  z
    .array(z.string().refine((value) => known.includes(value), `expected ${known.join(', ')}`))
    .default(values)
    .describe(description);

/** Which properties of something are sent, and under which names. */
export const selection = (of: string) =>
  z
    .strictObject({
      include: z.array(z.string().min(1)).optional().describe(`send only these ${of}; unset sends all`),
      exclude: z.array(z.string().min(1)).default([]).describe(`never send these ${of}`),
      map: z.record(z.string(), z.string().min(1)).default({}).describe(`rename ${of}: \`{"from": "to"}\``),
    })
    .prefault({});

/** Which properties of an object are sent to Klaviyo, and under which names. */
export type Selection = z.output<ReturnType<typeof selection>>;
