import type { Subject } from '../experiment.ts';
import { bulkEvents } from './bulk-events.ts';
import { catalog } from './catalog.ts';
import { catalogJobs } from './catalog-jobs.ts';
import { consent } from './consent.ts';
import { counting } from './counting.ts';
import { erasure } from './erasure.ts';
import { events } from './events.ts';
import { identity } from './identity.ts';
import { imports } from './imports.ts';
import { profiles } from './profiles.ts';
import { protocol } from './protocol.ts';

/** All experiments, by subject. */
export const subjects: readonly Subject[] = [
  protocol,
  events,
  bulkEvents,
  identity,
  profiles,
  imports,
  catalog,
  catalogJobs,
  counting,
  consent,
  erasure,
];
