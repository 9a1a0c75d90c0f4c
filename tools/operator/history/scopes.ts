import * as z from 'zod';
import type { Configuration } from '../../../shared/config/environment.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import { CredentialsError } from '../../../shared/errors.ts';
import type { Kind, Options, Patience } from '../../../shared/history/history.ts';
import { type Area, createInspection } from '../../../shared/klaviyo/inspection.ts';
import { commercetoolsClient } from '../doctor/commercetools.ts';
import type { Feature } from '../doctor/feature.ts';
import { needsOf, switchedOn } from '../doctor/features.ts';
import { PROBES } from '../doctor/scopes.ts';

const EVENTS = ['profiles:read', 'events:read', 'metrics:read', 'profiles:write', 'events:write'] as const;
const OF_ORDER = ['view_orders', 'view_customers', 'view_published_products'] as const;

/** What a run needs to read, and to write where it repairs. */
const NEEDS: readonly (Feature & { kind: Kind })[] = [
  {
    ...{ kind: 'categories', name: 'categories', handlers: ['category'] },
    commercetools: ['view_products'],
    klaviyo: ['catalogs:read', 'catalogs:write'],
  },
  {
    ...{ kind: 'products', name: 'products', handlers: ['product'] },
    commercetools: ['view_products', 'view_published_products'],
    klaviyo: ['catalogs:read', 'catalogs:write'],
  },
  {
    ...{ kind: 'customers', name: 'customers', handlers: ['customer'] },
    commercetools: ['view_customers'],
    klaviyo: ['profiles:read', 'profiles:write', 'lists:write'],
  },
  {
    ...{ kind: 'orders', name: 'orders', handlers: ['order-placed', 'order-state', 'shipment-state'] },
    commercetools: OF_ORDER,
    klaviyo: EVENTS,
  },
  {
    ...{ kind: 'orders', name: 'refunds', handlers: ['refund'] },
    commercetools: ['view_payments', ...OF_ORDER],
    klaviyo: EVENTS,
  },
];

/**
 * Asks both services for what the run will need of them, and returns a line for each scope that is refused. That a key may write shows
 * only when it does.
 *
 * @throws CredentialsError when the credentials themselves are refused
 */
export async function lackingScopes(
  configuration: Configuration,
  { only, repair }: Options,
  patience: Patience,
): Promise<string[]> {
  const needs = needsFor(configuration.settings, only);
  const client = commercetoolsClient(configuration);
  const { probes } = createInspection(configuration);

  const isRefused = (probe: () => Promise<unknown>): Promise<boolean> =>
    patience.persist(probe).then(
      () => false,
      (error: unknown) => {
        if (error instanceof CredentialsError && error.status === 403) return true;
        throw error;
      },
    );

  const commercetools = needsOf(needs, (need) => need.commercetools).map(async ([scope, names]) => {
    const probe = () => client.query(scope, z.unknown(), PROBES[scope](client.api));
    const advice = `name ${scope}:${configuration.commercetools.projectKey} in CT_SCOPE, and have an API client that has it`;
    return (await isRefused(probe))
      ? [`commercetools refuses the scope ${scope}, which ${names} need: ${advice}.`]
      : [];
  });
  const klaviyo = needsOf(needs, (need) => need.klaviyo.map(areaOf)).map(async ([area, names]) => {
    const probe = probes[area];
    const scopes = needsOf(needs, (need) => need.klaviyo).flatMap(([scope]) =>
      areaOf(scope) === area && (repair || scope.endsWith(':read')) ? [scope] : [],
    );
    if (scopes.length === 0 || !probe || !(await isRefused(probe))) return [];
    return [`The key of Klaviyo lacks ${scopes.join(' and ')}, which ${names} need: make one that has them.`];
  });
  return (await Promise.all([...commercetools, ...klaviyo])).flat();
}

/** Returns the scopes that a run writes with: whether a key has them shows only when it writes. */
export const writeScopes = (settings: Settings, { only }: Pick<Options, 'only'>): string[] =>
  needsOf(needsFor(settings, only), (need) => need.klaviyo).flatMap(([scope]) =>
    scope.endsWith(':write') ? scope : [],
  );

const needsFor = (settings: Settings, only: readonly Kind[]): Feature[] =>
  switchedOn(
    settings,
    NEEDS.filter(({ kind }) => only.includes(kind)),
  );

const areaOf = (scope: `${Area}:${string}`): Area => scope.slice(0, scope.indexOf(':')) as Area;
