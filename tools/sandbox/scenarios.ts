import { IGNORED } from '../../test/fixtures/effects.ts';
import { catalogScenarios, removalScenarios } from './catalog-scenarios.ts';
import { customerScenarios } from './customer-scenarios.ts';
import { orderScenarios } from './order-scenarios.ts';
import type { Scenario } from './scenario.ts';

const ignored = (fixture: string): Scenario => ({ row: 'ignored', fixture });

/** A shop's life in short, with every well-formed notification that there is a fixture of, and a malformed one. */
export const scenarios: Scenario[] = [
  ...IGNORED.map(ignored),
  ...catalogScenarios,
  ...customerScenarios,
  ...orderScenarios,
  ...removalScenarios,
  { row: 'malformed', fixture: 'invalid/OrderCreated.wrong-money', attempts: 5 },
];
