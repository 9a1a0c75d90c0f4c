import * as z from 'zod';
import { settingsSchema } from '../../../shared/config/settings.ts';
import { ConfigurationError } from '../../../shared/errors.ts';
import { fixtureNames, fixtureText, invalidFixtureFiles } from '../../../test/fixtures/index.ts';
import { SWITCHED_ON, type World } from '../../sandbox/world.ts';
import type { FixtureText, MappingAnswer, MappingProblem, MappingRequest, MappingStart, Plan } from '../api.ts';
import { parseJson } from './http/json.ts';
import { found } from './http/problem.ts';
import { createPlanning, type Planning, toPlan } from './plan.ts';

/** What is typed. */
export const mappingRequest: z.ZodType<MappingRequest> = z.strictObject({
  notification: z.string(),
  settings: z.string(),
});

const SETTINGS: unknown = JSON.parse(SWITCHED_ON.KLAVIYO_SYNC_SETTINGS);
const FILES = new Map([
  ...fixtureNames().map((name): [string, string] => [name, `${name}.json`]),
  ...invalidFixtureFiles()
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, string] => [file.replace(/\.json$/, ''), file]),
]);

/** Gives what there is to begin with. */
export const startMapping = (): MappingStart => ({
  fixtures: [...FILES.keys()],
  settings: JSON.stringify(SETTINGS, null, 2),
  schema: z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }),
});

/** Gives a notification to try. Throws a 404 when there is none of that name. */
export const readFixture = (name: string): FixtureText => ({
  text: fixtureText(found(FILES.get(name), `fixture ${name}`)),
});

const faultsOf = (settings: unknown): MappingProblem[] =>
  (settingsSchema.safeParse(settings).error?.issues ?? []).map(({ path, message }) => ({
    ...{ in: 'settings', path: path.join('.'), message },
  }));

/** Plans by settings that are typed, or says what is wrong with them. */
async function planBy(world: World, settings: string, notification: unknown): Promise<Plan | MappingProblem[]> {
  const parsed = parseJson(settings);
  if ('fault' in parsed) return [{ in: 'settings', path: '', ...parsed.fault }];
  const faults = faultsOf(parsed.value);
  if (faults.length > 0) return faults;
  try {
    return toPlan(await createPlanning(world, settings)(notification));
  } catch (error) {
    // What does not go together with the rest of the environment.
    if (!(error instanceof ConfigurationError)) throw error;
    return [{ in: 'settings', path: '', message: error.message }];
  }
}

/** Says what a notification becomes by the function's settings and by those that are typed. */
export async function tryMapping(
  world: World,
  planning: Planning,
  { notification, settings }: MappingRequest,
): Promise<MappingAnswer> {
  const parsed = parseJson(notification);
  if ('fault' in parsed) {
    const after = await planBy(world, settings, {});
    const problem: MappingProblem = { in: 'notification', path: '', ...parsed.fault };
    return { problems: [problem, ...(Array.isArray(after) ? after : [])] };
  }
  const [before, after] = await Promise.all([planning(parsed.value), planBy(world, settings, parsed.value)]);
  return Array.isArray(after)
    ? { problems: after, before: toPlan(before) }
    : { problems: [], before: toPlan(before), after };
}
