import type { Configuration } from './environment.ts';

/**
 * Returns what looks wrong with a configuration, but may be right: a line each, without secrets. It is for a person to look
 * at, and no reason not to start.
 */
export function doubtsOf({ commercetools, klaviyo }: Pick<Configuration, 'commercetools' | 'klaviyo'>): string[] {
  const { projectKey, scopes } = commercetools;
  // `view_orders:shop`, `manage_orders_in_store:shop:store`
  const foreign = scopes.filter((scope) => /^(view|manage)_\w+:/.test(scope) && scope.split(':')[1] !== projectKey);
  const doubts = [];
  if (!klaviyo.apiKey.startsWith('pk_'))
    doubts.push('KLAVIYO_AUTH_KEY does not look like a private API key of Klaviyo: those begin with pk_');
  if (foreign.length > 0)
    doubts.push(`CT_SCOPE has scopes of another project than CT_PROJECT_ID, ${projectKey}: ${foreign.join(', ')}`);
  return doubts;
}
