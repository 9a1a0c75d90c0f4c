import { catalogScenarios, removalScenarios } from './catalog-scenarios.ts';
import { customerScenarios } from './customer-scenarios.ts';
import { orderScenarios } from './order-scenarios.ts';
import type { Scenario } from './scenario.ts';

const ignored = (fixture: string): Scenario => ({ row: 'ignored', fixture });

/** A shop's life in short, with every well-formed notification that there is a fixture of, and a malformed one. */
export const scenarios: Scenario[] = [
  ignored('ResourceCreated.subscription'),
  ...catalogScenarios,
  ignored('ResourceCreated.product'),
  ignored('ResourceUpdated.product'),
  ...customerScenarios,
  ignored('ResourceCreated.customer'),
  ignored('CustomerEmailVerified'),
  ...orderScenarios,
  ignored('OrderStateChanged.Open'),
  ignored('ResourceUpdated.order'),
  ignored('PaymentTransactionAdded.Charge'),
  ignored('PaymentTransactionAdded.PendingRefund'),
  ignored('Event'),
  ...removalScenarios,
  { row: 'malformed', fixture: 'invalid/OrderCreated.wrong-money', attempts: 5 },
];
