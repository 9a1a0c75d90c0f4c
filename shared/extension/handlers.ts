import { ConfigurationError } from '../errors.ts';
import type { Handler } from '../handlers/handler.ts';
import { callHandler } from './guard.ts';
import { checkPlan } from './writes.ts';

/** Returns a handler of an extension whose failures are told as the extension's, and whose plans are checked. */
export function guarded(extension: string, handler: Handler): Handler {
  const call = { extension, hook: `handler ${handler.name}` };
  return {
    ...handler,
    plan: async (notification, context) =>
      checkPlan(call, await callHandler(call, () => handler.plan(notification, context))),
  };
}

/** What a handler takes, in words. */
const takenBy = ({ messages, changes, resource }: Handler): string[] => [
  ...Object.keys(messages),
  ...changes.map((change) => `${change} of ${resource}`),
];

/**
 * Returns the handlers of an extension.
 *
 * @throws ConfigurationError when one takes what one of the others, or another of its own, takes
 */
export function beside(
  extension: string,
  handlers: readonly Handler[],
  others: readonly Handler[],
): readonly Handler[] {
  const takers = new Map(others.flatMap((handler) => takenBy(handler).map((what) => [what, handler.name])));
  const problems: string[] = [];
  for (const handler of handlers)
    for (const what of takenBy(handler)) {
      const taker = takers.get(what);
      if (taker)
        problems.push(
          `the extension ${extension}: the handler ${handler.name} takes ${what}, as ${taker} does. Two cannot: handlers.disabled switches one of ours off`,
        );
      takers.set(what, handler.name);
    }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return handlers;
}
