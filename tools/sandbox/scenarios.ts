import { takes } from '../../shared/handlers/handler.ts';
import { handlers } from '../../shared/handlers/index.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import { fixture, fixtureNames } from '../../test/fixtures/index.ts';
import { catalogScenarios, removalScenarios } from './catalog-scenarios.ts';
import { customerScenarios } from './customer-scenarios.ts';
import { orderScenarios } from './order-scenarios.ts';
import type { Scenario } from './scenario.ts';

const told: Scenario[] = [...catalogScenarios, ...customerScenarios, ...orderScenarios];

/** A fixture that no scenario is about: it is to be synced when a handler takes it, else ignored. */
function plain(name: string): Scenario {
  const notification = parseNotification({ content: { payload: fixture(name) } });
  return { fixture: name, outcome: handlers.some((handler) => takes(handler, notification)) ? 'synced' : 'ignored' };
}

/** Fixtures of a kind that a handler takes, and that ask for nothing all the same. */
const ASKS_FOR_NOTHING = [
  'OrderStateChanged.Open',
  'PaymentTransactionAdded.Charge',
  'PaymentTransactionAdded.PendingRefund',
];

const mentioned = new Set([...told, ...removalScenarios].map((scenario) => scenario.fixture).concat(ASKS_FOR_NOTHING));

/** A shop's life in short, with every well-formed notification that there is a fixture of, and a malformed one. */
export const scenarios: Scenario[] = [
  ...told,
  ...ASKS_FOR_NOTHING.map((name): Scenario => ({ fixture: name, outcome: 'ignored' })),
  ...fixtureNames()
    .filter((name) => !mentioned.has(name))
    .map(plain),
  ...removalScenarios,
  { fixture: 'invalid/OrderCreated.wrong-money', outcome: 'failed', attempts: 5 },
];
