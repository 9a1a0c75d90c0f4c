import * as z from 'zod';
import { ExtensionError } from '../errors.ts';
import type { Write } from '../klaviyo/writes.ts';
import { explain } from '../validate.ts';
import { type Call, callHook } from './guard.ts';
import { category, event, item, profile, stock } from './shapes.ts';

const id = z.string().min(1);
const trimmed = { trimmed: z.array(z.string()).default([]) };
const ifChanged = z.boolean().optional();

/** Every kind of write that a handler of an extension may plan: all but an erasure and a consent, which cannot be undone. */
const planned = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('createProfile'), profile, ...trimmed }),
    z.strictObject({ kind: z.literal('upsertProfile'), profile, ...trimmed }),
    z
      .strictObject({ kind: z.literal('identify'), externalId: id, email: id, profileId: id.optional() })
      .transform((given) => ({ profileId: undefined, ...given })),
    z.strictObject({ kind: z.literal('createEvent'), event, isOneOfMany: z.boolean().optional(), ...trimmed }),
    z.strictObject({ kind: z.literal('upsertCategory'), category, descendants: z.array(category) }),
    z.strictObject({ kind: z.literal('deleteCategory'), id }),
    z.strictObject({
      ...{ kind: z.literal('upsertItem'), item, keepsVariants: z.boolean().optional(), ifChanged, ...trimmed },
    }),
    z.strictObject({ kind: z.literal('unpublishItem'), id }),
    z.strictObject({ kind: z.literal('deleteItem'), id }),
    z.strictObject({ kind: z.literal('setInventory'), variantId: id, stock, ifChanged }),
  ]),
);

/**
 * Returns what a handler of an extension has planned, checked.
 *
 * @throws ExtensionError naming each path that is not as expected, without values
 */
export function checkPlan(call: Call, plan: unknown): Write[] {
  const { data, error } = callHook(call, () => planned.safeParse(plan));
  if (data) return data;
  throw new ExtensionError(call, `planned what cannot be written: ${explain(error).join('; ')}`);
}
