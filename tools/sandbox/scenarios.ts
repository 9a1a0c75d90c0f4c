import { IGNORED } from '../../test/fixtures/effects.ts';
import { effectsOf, fixtureNames } from '../../test/fixtures/index.ts';
import { cartScenarios } from './cart-scenarios.ts';
import { catalogScenarios, removalScenarios } from './catalog-scenarios.ts';
import { customerScenarios } from './customer-scenarios.ts';
import { orderScenarios } from './order-scenarios.ts';
import { reviewScenarios } from './review-scenarios.ts';
import type { Scenario } from './scenario.ts';

const told: Scenario[] = [
  ...catalogScenarios,
  ...customerScenarios,
  ...orderScenarios,
  ...cartScenarios,
  ...reviewScenarios,
];
const mentioned = new Set([...told, ...removalScenarios].map((scenario) => scenario.fixture));

/** A shop's life in short, with every well-formed notification that there is a fixture of, and a malformed one. */
export const scenarios: Scenario[] = [
  ...IGNORED.map((fixture): Scenario => ({ fixture, outcome: 'ignored' })),
  ...told,
  ...fixtureNames().flatMap((fixture) => (effectsOf(fixture) && !mentioned.has(fixture) ? [{ fixture }] : [])),
  ...removalScenarios,
  { fixture: 'invalid/OrderCreated.wrong-money', outcome: 'failed', attempts: 5 },
];
