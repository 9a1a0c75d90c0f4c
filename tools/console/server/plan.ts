import { readPlanningConfiguration } from '../../../shared/config/planning.ts';
import { functionVariables, type Variables } from '../../../test/doubles/environment.ts';
import { describeWrite } from '../../operator/support/describe.ts';
import { createDryRun, type DryRun } from '../../operator/support/dry-run.ts';
import { SWITCHED_ON, type World } from '../../sandbox/world.ts';
import type { Plan } from '../api.ts';

/** Plans whatever the function takes, and writes nothing. */
export type Planning = ReturnType<typeof createDryRun>;

/** The function's environment, but for its settings where others are given as JSON. */
const variablesOf = ({ shop, klaviyo }: World, settings?: string): Variables => ({
  ...functionVariables(shop, klaviyo),
  ...SWITCHED_ON,
  ...(settings !== undefined && { KLAVIYO_SYNC_SETTINGS: settings }),
});

/**
 * Returns what plans as the function would, with its own settings or others.
 *
 * @throws ConfigurationError when they are not as the schema says
 */
export const createPlanning = (world: World, settings?: string): Planning =>
  createDryRun(readPlanningConfiguration(variablesOf(world, settings)));

/** What a dry run says, as the page shows it. */
export const toPlan = ({ outcome, handler, reason, warnings, adjusted, writes }: DryRun): Plan => ({
  ...{ outcome, handler, reason, warnings, adjusted },
  writes: writes.map((write) => ({ ...describeWrite(write), write: { ...write } })),
});
