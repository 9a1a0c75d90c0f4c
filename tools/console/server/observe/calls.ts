import type { RecordedRequest } from '../../../../test/doubles/http.ts';
import type { Calls, FlowCall, ServiceName } from '../../api.ts';

/** A call as the waterfall of an attempt shows it. */
export const toCall = (service: ServiceName, call: RecordedRequest, attemptStartedAt: number): FlowCall => ({
  ...{ service, method: call.method, path: call.path, status: call.status },
  offset: Math.max(0, call.receivedAt.getTime() - attemptStartedAt),
  milliseconds: Math.round((call.milliseconds ?? Date.now() - call.receivedAt.getTime()) * 10) / 10,
  body: call.body,
});

/** Returns counts of no call. */
export const noCalls = (): Calls => ({ ok: 0, refused: 0, limited: 0, failed: 0, cut: 0 });

/** What a call counts as, by the status of its answer. */
export function kindOf(status: number | undefined): keyof Calls {
  if (status === undefined) return 'cut';
  if (status === 429) return 'limited';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

/** Whether a call may have changed something. */
export const isWrite = ({ method }: RecordedRequest): boolean => method !== 'GET';
