import { IGNORED } from '../../test/fixtures/effects.ts';
import { effectsOf, fixtureNames } from '../../test/fixtures/index.ts';
import { cartScenarios } from './cart-scenarios.ts';
import { catalogScenarios } from './catalog-scenarios.ts';
import { customerScenarios, erasureScenarios } from './customer-scenarios.ts';
import { orderScenarios } from './order-scenarios.ts';
import { removalScenarios } from './removal-scenarios.ts';
import { reviewScenarios } from './review-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { shipmentScenarios } from './shipment-scenarios.ts';

const told: Scenario[] = [
  ...catalogScenarios,
  ...customerScenarios,
  ...orderScenarios,
  ...shipmentScenarios,
  ...cartScenarios,
  ...reviewScenarios,
];
const mentioned = new Set([...told, ...removalScenarios, ...erasureScenarios].map((scenario) => scenario.fixture));

/** A shop's life in short, with every well-formed notification that there is a fixture of, and a malformed one. */
export const scenarios: Scenario[] = [
  ...IGNORED.map((fixture): Scenario => ({ fixture, outcome: 'ignored' })),
  ...told,
  ...fixtureNames().flatMap((fixture) => (effectsOf(fixture) && !mentioned.has(fixture) ? [{ fixture }] : [])),
  ...removalScenarios,
  ...erasureScenarios,
  { fixture: 'invalid/OrderCreated.wrong-money', outcome: 'failed', attempts: 5 },
];
