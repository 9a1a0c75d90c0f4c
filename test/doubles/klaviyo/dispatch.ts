import type { Answer, SandboxRequest } from '../http.ts';
import { errorBody, KlaviyoError, refusal } from './errors.ts';
import { carryOutJobs } from './jobs.ts';
import type { Check } from './openapi.ts';
import { carryOutMerges } from './profile-merge.ts';
import type { Call, Route } from './route.ts';
import { findRoute } from './routes.ts';
import { scopesOf } from './scopes.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** What a request is answered from. */
export interface Account {
  apiKeys: string[];
  state: State;
  settings: Settings;
  check: Check;
  violations: string[];
}

/** 5 MB for an event, and for many things in one request; and, as Klaviyo's reference says of its operations, 100 KB for a profile. */
function mostBytes(path: string): number {
  if (path === '/api/profiles' || path === '/api/profile-import') return 100_000;
  return path === '/api/events' || /^\/api\/(event|profile|catalog-[a-z]+)-bulk-/.test(path)
    ? 5_000_000
    : Number.POSITIVE_INFINITY;
}

const PARAMETERS = /^(filter|sort|include|page\[(size|cursor)\]|(additional-)?fields\[[a-z-]+\])$/;

/** Answers a request to Klaviyo's API: known route, authorized, well formed, then whatever the route says. */
export function dispatch(account: Account, request: SandboxRequest): Answer {
  try {
    const { pathname: path, searchParams: query } = new URL(request.path, 'http://klaviyo');
    const { route, id } = findRoute(request.method, path);
    authorize(account, request);
    requireScopes(account, route);
    requireRevision(request);
    const body = route.method === 'GET' ? undefined : request.body;
    const call: Call = { ...account, id, path, query, body };
    inspect(account, route, call);
    refuseTooMuch(route, request);
    carryOutMerges(account.state);
    carryOutJobs(account.state);
    return route.answer(call);
  } catch (error) {
    if (!(error instanceof KlaviyoError)) throw error;
    return { status: error.status, body: errorBody(error.status, error.refusals) };
  }
}

/** Whether a request comes with this key. */
export const isOf = (apiKey: string, { authorization }: SandboxRequest['headers']): boolean =>
  authorization === `Klaviyo-API-Key ${apiKey}`;

function authorize({ apiKeys }: Account, { headers }: SandboxRequest): void {
  if (headers.authorization === undefined)
    throw refusal(401, 'not_authenticated', 'Authentication credentials were not provided.');
  if (!apiKeys.some((apiKey) => isOf(apiKey, headers))) {
    throw refusal(401, 'authentication_failed', 'Incorrect authentication credentials.');
  }
}

/** The wording is not in Klaviyo's document. */
function requireScopes({ settings: { scopes } }: Account, route: Route): void {
  const missing = scopes === 'all' ? [] : scopesOf(route).filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return;
  const detail = `The API key is missing required scopes: ${missing.join(', ')}`;
  throw refusal(403, 'permission_denied', detail);
}

function requireRevision({ headers }: SandboxRequest): void {
  if (/^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(String(headers.revision))) return;
  throw refusal(400, 'invalid', 'A valid revision header is required.');
}

/** Klaviyo's own document has the first word, so that a violation is told even when the route would refuse as well. */
function inspect({ check, violations }: Account, route: Route, { path, query, body }: Call): void {
  const findings = check(route, query, body);
  for (const { place, message } of findings) {
    const where = 'pointer' in place ? place.pointer : `?${place.parameter}`;
    violations.push(`${route.method} ${path} ${where}: ${message}`);
  }
  if (findings.length > 0)
    throw new KlaviyoError(
      400,
      findings.map(({ place, message }) => ({ ...INVALID, detail: message, source: place })),
    );
  const unknown = [...query.keys()].find((name) => !PARAMETERS.test(name));
  if (unknown !== undefined)
    throw refusal(400, 'invalid', `The stand-in does not know the parameter '${unknown}'.`, { parameter: unknown });
}

function refuseTooMuch(route: Route, { raw }: SandboxRequest): void {
  const limit = mostBytes(route.path);
  if (raw.length > limit) throw refusal(400, 'invalid', `The body is larger than ${limit} bytes.`);
}

const INVALID = { code: 'invalid', title: 'Invalid input.' };
