import type { AttemptLine } from '../../test/doubles/attempts.ts';
import { eventually } from '../../test/doubles/eventually.ts';
import type { RecordedRequest } from '../../test/doubles/http.ts';
import { fixture, fixtureText } from '../../test/fixtures/index.ts';
import { type Outcome, type Row, rowFor } from './rows.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** After so many attempts the sandbox's Pub/Sub gives a message up. */
export const MAXIMUM_ATTEMPTS = 5;

/** What became of a scenario. */
export interface Result {
  scenario: Scenario;
  /** How it is to end. */
  outcome: Outcome;
  /** Where the table counts it; undefined when it ended in a way that nothing should. */
  row: Row | undefined;
  messageId: string;
  attempts: AttemptLine[];
  /** What Klaviyo was asked meanwhile. */
  calls: RecordedRequest[];
  /** What Klaviyo holds of it, in words. */
  held: string | undefined;
  /** What is not as it should be; empty when all is. */
  problems: string[];
}

/** The notification as it is published. */
export function published({ fixture: name, about }: Scenario): string {
  if (!about) return fixtureText(`${name}.json`);
  const { resource, resourceUserProvidedIdentifiers, ...notification } = fixture(name);
  return JSON.stringify({ ...notification, resource: { ...Object(resource), id: about } });
}

/** Publishes a scenario's notification, waits until it is acknowledged or given up, and judges what became of it. */
export async function play(scenario: Scenario, world: World): Promise<Result> {
  const { klaviyo, broker, fn } = world;
  await scenario.before?.(world);
  const callsBefore = klaviyo.requests.length;
  const messageId = await broker.publish(published(scenario));
  const attempts = await eventually(() => {
    const lines = fn.attempts(messageId);
    return lines.at(-1)?.outcome === 'failed' && lines.length < MAXIMUM_ATTEMPTS
      ? undefined
      : lines.length > 0
        ? lines
        : undefined;
  }, `message ${messageId} to be acknowledged or given up`);
  const last = attempts.at(-1);
  const result = {
    scenario,
    outcome: scenario.outcome ?? 'synced',
    row: rowFor(last?.outcome, last?.handler),
    messageId,
    attempts,
    calls: klaviyo.requests.slice(callsBefore),
    held: scenario.holds?.(klaviyo),
  };
  return { ...result, problems: problemsOf(result) };
}

function problemsOf({ scenario, outcome, attempts, calls, held }: Omit<Result, 'problems'>): string[] {
  const isWritten = calls.length > 0;
  const differences: [string, unknown, unknown][] = [
    ['outcome', attempts.at(-1)?.outcome, outcome],
    ['attempts', attempts.length, scenario.attempts ?? attempts.length],
    ['calls to Klaviyo', isWritten, outcome === 'synced'],
    ['Klaviyo holds', held, scenario.expected],
  ];
  return differences
    .filter(([, actual, expected]) => actual !== expected)
    .map(([what, actual, expected]) => `${what}: ${actual}, expected ${expected}`);
}
