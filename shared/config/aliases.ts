import type { Variables } from './given.ts';

/** The names that commercetools Connect gives to what it knows of a project, beside ours. */
const CONNECT_NAMES = {
  CT_API_URL: 'CTP_API_URL',
  CT_AUTH_URL: 'CTP_AUTH_URL',
  CT_PROJECT_ID: 'CTP_PROJECT_KEY',
  CT_SCOPE: 'CTP_SCOPE',
} as const;

/** Every other name that a variable is read by. */
export const ALIASES: readonly string[] = [
  ...['CT_SCOPES', 'CTP_CLIENT_ID', 'CTP_CLIENT_SECRET'],
  ...Object.values(CONNECT_NAMES),
];

/**
 * Returns variables under our names, whichever name each was given by, and what is wrong with those that were given by both.
 *
 * @param given without empty ones
 */
export function withoutAliases(given: Variables): { variables: Variables; problems: string[] } {
  const ours: Variables = { ...given, CT_SCOPE: given.CT_SCOPE ?? given.CT_SCOPES };
  const { CTP_CLIENT_ID: clientId, CTP_CLIENT_SECRET: secret } = given;
  const client = clientId && secret ? JSON.stringify({ clientId, secret }) : undefined;
  const others: [name: string, other: string, value: string | undefined][] = [
    ...Object.entries(CONNECT_NAMES).map(([name, other]): [string, string, string | undefined] => [
      name,
      other,
      given[other],
    ]),
    ['CT_API_CLIENT', 'CTP_CLIENT_ID and CTP_CLIENT_SECRET', client],
  ];
  const problems = others.flatMap(([name, other, value]) =>
    value && ours[name] && comparable(value) !== comparable(ours[name])
      ? [`${name}: says something else than ${other}: unset one of them`]
      : [],
  );
  if (clientId && !secret) problems.push('CTP_CLIENT_SECRET: is needed with CTP_CLIENT_ID');
  if (secret && !clientId) problems.push('CTP_CLIENT_ID: is needed with CTP_CLIENT_SECRET');
  const variables = { ...ours, ...Object.fromEntries(others.map(([name, , value]) => [name, ours[name] ?? value])) };
  return { variables, problems };
}

/** Scopes have no order, a URL may end with a slash, and JSON may be written in many ways. */
function comparable(value: string): string {
  try {
    return JSON.stringify(Object.entries(JSON.parse(value)).sort());
  } catch {
    return value.trim().replace(/\/+$/, '').split(/\s+/).sort().join(' ');
  }
}
