import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentedStatuses, isDocumented } from '../../../shared/klaviyo/documented.ts';

/** Our calls with what Klaviyo's OpenAPI document says of them. */
const CALLS: [method: string, path: string, statuses: number[]][] = [
  ['POST', '/api/events', [202]],
  ['POST', '/api/event-bulk-create-jobs', [202]],
  ['POST', '/api/profile-subscription-bulk-create-jobs', [202]],
  ['POST', '/api/profile-subscription-bulk-delete-jobs', [202]],
  ['POST', '/api/data-privacy-deletion-jobs', [202]],
  ['GET', '/api/profiles/{id}/relationships/lists', [200]],
  ['POST', '/api/profile-import', [200, 201]],
  ['POST', '/api/profile-merge', [201]],
  ['GET', '/api/profiles', [200]],
  ['POST', '/api/profiles', [201]],
  ['GET', '/api/profiles/{id}', [200]],
  ['PATCH', '/api/profiles/{id}', [200]],
  ...['categories', 'items', 'variants'].flatMap((kind): typeof CALLS => [
    ['GET', `/api/catalog-${kind}`, [200]],
    ['POST', `/api/catalog-${kind}`, [201]],
    ['PATCH', `/api/catalog-${kind}/{id}`, [200]],
    ['DELETE', `/api/catalog-${kind}/{id}`, [204]],
  ]),
  ['GET', '/api/catalog-items/{id}', [200]],
  ['GET', '/api/mapped-metrics', [200]],
  ['GET', '/api/lists', [200]],
  ['GET', '/api/profile-suppression-bulk-create-jobs', [200]],
  ['GET', '/api/catalog-variants/{id}', [200]],
  ['GET', '/api/catalog-items/{id}/variants', [200]],
  ['GET', '/api/catalog-items/{id}/relationships/categories', [200]],
  ['PATCH', '/api/catalog-items/{id}/relationships/categories', [204]],
  ['GET', '/api/metrics', [200]],
  ['POST', '/api/metric-aggregates', [200]],
  ['GET', '/api/events', [200]],
  ['POST', '/api/profile-bulk-import-jobs', [202]],
  ['GET', '/api/profile-bulk-import-jobs/{job_id}', [200]],
  ['GET', '/api/profile-bulk-import-jobs/{id}/import-errors', [200]],
  ['GET', '/api/catalog-categories/{id}/relationships/items', [200]],
  ...['category', 'item', 'variant'].flatMap((kind) =>
    ['create', 'update'].flatMap((how): typeof CALLS => [
      ['POST', `/api/catalog-${kind}-bulk-${how}-jobs`, [202]],
      ['GET', `/api/catalog-${kind}-bulk-${how}-jobs/{job_id}`, [200]],
    ]),
  ),
];

const { KLAVIYO_OPENAPI = '' } = process.env;

describe('a successful answer', () => {
  it.each(CALLS)('to %s %s has the status %j', (method, path, statuses) => {
    expect(documentedStatuses(method, path)).toEqual(statuses);
    const request = { method, url: `https://a.klaviyo.com${path}?page%5Bsize%5D=100` };
    for (let status = 200; status < 300; status++)
      expect(isDocumented(request, { status, data: status < 202 ? { data: {} } : '' })).toBe(statuses.includes(status));
  });

  it.runIf(existsSync(KLAVIYO_OPENAPI)).each(CALLS)('to %s %s is what the document says', (method, path, statuses) => {
    const { responses } = JSON.parse(readFileSync(KLAVIYO_OPENAPI, 'utf8')).paths[path][method.toLowerCase()];
    expect(Object.keys(responses).filter((status) => status.startsWith('2'))).toEqual(statuses.map(String));
  });

  it.each(['', '<html>', undefined, null, {}, { ok: true }, []])('with a resource to come is not %j', (data) => {
    expect(
      isDocumented({ method: 'PATCH', url: 'https://a.klaviyo.com/api/catalog-items/1' }, { status: 200, data }),
    ).toBe(false);
  });

  it('with nothing to come is no page of somebody else', () => {
    expect(
      isDocumented({ method: 'POST', url: 'https://a.klaviyo.com/api/events' }, { status: 202, data: '<html>' }),
    ).toBe(false);
  });
});
