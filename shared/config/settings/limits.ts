import * as z from 'zod';
import { seconds } from '../schemas.ts';

const REQUEST_SECONDS = 10;

/** How long things may take. */
export const limits = z
  .strictObject({
    attemptSeconds: seconds("one attempt at a message; keep it under the function's timeout", 50, 590),
    requestSeconds: seconds('one try of an HTTP call, no longer than an attempt', REQUEST_SECONDS, 60),
  })
  // The default may be longer: a try ends with its attempt anyway.
  .refine(({ attemptSeconds, requestSeconds }) => requestSeconds <= Math.max(attemptSeconds, REQUEST_SECONDS), {
    path: ['requestSeconds'],
    error: 'expected no more than attemptSeconds',
  })
  .prefault({});
