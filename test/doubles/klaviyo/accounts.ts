import type { Answer } from '../http.ts';
import { link } from './pages.ts';
import type { Call, Route } from './route.ts';

const PATH = '/api/accounts';
const ID = 'StAnD1';

/** Klaviyo's operation on accounts: the one that the key belongs to. */
export const accountRoutes: Route[] = [{ method: 'GET', path: PATH, answer: list }];

function list({ settings }: Call): Answer {
  const attributes = {
    test_account: settings.isTestAccount,
    contact_information: {
      ...{ default_sender_name: 'Stand-in', default_sender_email: 'shop@example.org' },
      ...{ website_url: 'https://shop.example.org', organization_name: 'Stand-in', street_address: {} },
    },
    ...{ industry: null, timezone: 'UTC', preferred_currency: 'EUR', public_api_key: ID, locale: 'en-US' },
  };
  const data = [{ type: 'account', id: ID, attributes, links: { self: link(`${PATH}/${ID}`) } }];
  return { status: 200, body: { data, links: { self: link(PATH), next: null, prev: null } } };
}
