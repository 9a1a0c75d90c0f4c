import type { Effect, FaultTarget } from '../../doubles/faults.ts';
import { localShop } from '../support.ts';

export const LENA = 'c0500000-0000-4000-8000-000000000001';
export const ORDER = '0de50000-0000-4000-8000-000000000001';
export const FOREVER = Number.POSITIVE_INFINITY;

export const status = (code: number, more = {}): Effect => ({ kind: 'status', status: code, ...more });

export const isToken = ({ path }: FaultTarget) => path.startsWith('/oauth/token');
export const isRead = (request: FaultTarget) => !isToken(request);

/** A local shop whose requests for a token, or whose reads, may meet with faults. Both are counted. */
export function faultyShop(faulty: 'tokens' | 'reads') {
  const local = localShop();
  return {
    local,
    reads: () => local.shop.requests.filter(isRead).length,
    tokens: () => local.shop.requests.filter(isToken).length,
    /** Reads an order while what is faulty meets this effect. */
    readUnder(effect: Effect, times = 1) {
      local.shop.faults.add({ effect, times, match: faulty === 'tokens' ? isToken : isRead });
      return local.reader({ limits: { requestSeconds: limitFor(effect, times) } }).orders.byId(ORDER);
    },
  };
}

/** Seconds: short for what never answers, and long for what does, however busy the machine is. */
function limitFor({ kind }: Effect, times: number): number {
  if (kind !== 'hang') return 40;
  return times === FOREVER ? 0.3 : 3;
}
