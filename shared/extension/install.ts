import * as z from 'zod';
import { HANDLER_NAMES } from '../config/settings/handlers.ts';
import { ConfigurationError } from '../errors.ts';
import type { Handler } from '../handlers/handler.ts';
import { explain } from '../validate.ts';
import { adjuster } from './adjust.ts';
import { adjusting } from './adjusting.ts';
import type { Extension, ExtensionDefinition } from './extension.ts';
import { failureOf, takeStray } from './guard.ts';
import { beside, guarded } from './handlers.ts';

const CHANGES = ['ResourceCreated', 'ResourceUpdated', 'ResourceDeleted'] as const;
const OURS: readonly string[] = HANDLER_NAMES;

const name = z.string().regex(/^[\w.-]{1,64}$/, 'expected a name of letters, digits, ".", "_" and "-"');

const called = <T extends (...args: never[]) => unknown>() =>
  z.custom<T>((value) => typeof value === 'function', 'expected a function');

/** The error is early and plain; a hook that returns a promise otherwise fails its message. */
const hook = <T extends (...args: never[]) => unknown>() =>
  called<T>()
    .refine((value) => Object(value).constructor?.name !== 'AsyncFunction', 'expected a function that is not async')
    .optional();

const schema = z.custom<z.ZodType>((value) => typeof Object(value).safeParse === 'function', 'expected a zod schema');

const handler = z
  .strictObject({
    name: name.refine((value) => !OURS.includes(value), 'is the name of a handler of ours'),
    resource: z.string().min(1),
    messages: z.record(z.string().min(1), schema),
    changes: z.array(z.enum(CHANGES)),
    becomes: z.string(),
    plan: called<Handler['plan']>(),
  })
  .refine(
    ({ messages, changes }) => Object.keys(messages).length + changes.length > 0,
    'takes no messages and no changes',
  );

const definition: z.ZodType<ExtensionDefinition> = z.strictObject(
  {
    name,
    profile: hook<NonNullable<ExtensionDefinition['profile']>>(),
    event: hook<NonNullable<ExtensionDefinition['event']>>(),
    item: hook<NonNullable<ExtensionDefinition['item']>>(),
    keep: hook<NonNullable<ExtensionDefinition['keep']>>(),
    handlers: z
      .array(handler)
      .refine((all) => new Set(all.map((one) => one.name)).size === all.length, 'two have the same name')
      .optional(),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'expected the file to export default defineExtension({ … })' : undefined,
  },
);

/**
 * Returns an extension that is ready to run.
 *
 * @param load gives what its file exports by default
 * @throws ConfigurationError with everything that is wrong with it
 */
export function install(load: () => unknown): Extension {
  const { data, error } = definition.safeParse(loaded(load));
  if (!data) throw new ConfigurationError(explain(error).map((problem) => `the extension: ${problem}`));
  const { name, handlers: given = [] } = data;
  const handlers = given.map((one) => guarded(name, one));
  const adjust = adjuster(data);
  const besideOthers: Extension['beside'] = (others) => beside(name, handlers, others);
  return { name, handlers, beside: besideOthers, adjust, adjusting: adjusting(adjust), takeStray };
}

function loaded(load: () => unknown): unknown {
  try {
    return load();
  } catch (error) {
    // Nobody's data is there yet, so that the words are safe to log.
    const { message } = failureOf({ extension: 'file', hook: 'while it was loaded' }, error);
    throw new ConfigurationError([`${message}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
