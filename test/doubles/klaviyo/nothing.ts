import type { Answer } from '../http.ts';
import { link } from './pages.ts';
import type { Call, Route } from './route.ts';

/** Operations that only a doctor asks for, to see whether they are allowed: the account has none of it. */
export const nothingRoutes: Route[] = ['/api/lists', '/api/profile-suppression-bulk-create-jobs'].map((path) => ({
  method: 'GET',
  path,
  answer: ({ path: self }: Call): Answer => ({
    status: 200,
    body: { data: [], links: { self: link(self), next: null, prev: null } },
  }),
}));
