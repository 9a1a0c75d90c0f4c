import type { Answer, SandboxRequest } from '../http.ts';
import { breakThings } from './break.ts';
import { toJson } from './lookups.ts';
import type { State } from './state.ts';

/** What the stand-in's own paths begin with, which Klaviyo does not have. */
export const OWN = '/-/';

/** Answers people who play with the stand-in: what it holds, that it is to forget it, or to break some of it. */
export function answerPeople(state: State, { method, path }: SandboxRequest): Answer {
  switch (`${method} ${path}`) {
    case 'GET /-/state':
      return readable(toJson(state));
    case 'DELETE /-/state':
      state.clear();
      return { status: 204 };
    case 'POST /-/break':
      return readable(breakThings(state));
    default:
      return { status: 404, body: { message: `The stand-in does not know ${method} ${path}.` } };
  }
}

const readable = (value: unknown): Answer => ({ status: 200, body: `${JSON.stringify(value, undefined, 2)}\n` });
