/** What the scopes of an operation are about, by how its path begins; of several beginnings the first one counts. */
const SUBJECTS: readonly [path: RegExp, ...subjects: string[]][] = [
  [/^profile-subscription-bulk-/, 'lists', 'profiles', 'subscriptions'],
  [/^profile-suppression-bulk-/, 'subscriptions'],
  [/^profile-bulk-import-jobs\/\{id\}\/import-errors$/, 'profiles'],
  [/^profile-bulk-import-jobs/, 'lists', 'profiles'],
  [/^profiles\/\{id\}\/relationships\/lists$/, 'lists', 'profiles'],
  [/^profile/, 'profiles'],
  [/^event/, 'events'],
  [/^catalog-/, 'catalogs'],
  [/^(metric|mapped-metric)/, 'metrics'],
  [/^data-privacy-/, 'data-privacy'],
  [/^lists/, 'lists'],
  [/^accounts/, 'accounts'],
];

/** Reads by POST. */
const QUERY = '/api/metric-aggregates';

/**
 * The scopes that a key needs for an operation, such as `profiles:write`: `x-klaviyo-scopes` of Klaviyo's OpenAPI document.
 *
 * @throws Error when the table does not have it: no scope is guessed
 */
export function scopesOf({ method, path }: { method: string; path: string }): string[] {
  const [, ...subjects] = SUBJECTS.find(([beginning]) => beginning.test(path.slice('/api/'.length))) ?? [];
  if (subjects.length === 0) throw new Error(`test/doubles/klaviyo/scopes.ts has no scope of ${method} ${path}`);
  const way = method === 'GET' || path === QUERY ? 'read' : 'write';
  return subjects.map((subject) => `${subject}:${way}`);
}
