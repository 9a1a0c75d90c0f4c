import type { Subject } from '../experiment.ts';
import { bulkEvents } from './bulk-events.ts';
import { catalog } from './catalog.ts';
import { consent } from './consent.ts';
import { erasure } from './erasure.ts';
import { events } from './events.ts';
import { identity } from './identity.ts';

/** All experiments, by subject. */
export const subjects: readonly Subject[] = [events, bulkEvents, identity, catalog, consent, erasure];
