import { ALIASES } from '../../shared/config/aliases.ts';
import { VARIABLES } from '../../shared/config/variables.ts';
import type { ShopAccess } from './shop/access.ts';

/** Variables of an environment by name; undefined for none. */
export type Variables = Record<string, string | undefined>;

/** Where a service is; without a trailing slash. */
interface Service {
  url: string;
}

/** Every variable that is read, without a value: a developer's .env file gives way to what is set, if only to nothing. */
export const UNSET: Record<string, string> = Object.fromEntries([...VARIABLES, ...ALIASES].map((name) => [name, '']));

/** Where shoppers come back to their carts. */
export const CHECKOUTS = { urlTemplate: 'https://shop.example.org/{{locale}}/checkout?cart={{cartId}}' };

/** Returns the variables that lead to a shop. */
export const shopVariables = ({ url, projectKey, scope, clientId, clientSecret }: Service & ShopAccess) => ({
  CT_API_URL: url,
  CT_AUTH_URL: url,
  CT_PROJECT_ID: projectKey,
  CT_SCOPE: scope,
  CT_API_CLIENT: JSON.stringify({ clientId, secret: clientSecret }),
});

/** Returns the variables that lead to a Klaviyo account. */
export const klaviyoVariables = ({ url, apiKey }: Service & { apiKey: string }) => ({
  KLAVIYO_AUTH_KEY: apiKey,
  KLAVIYO_API_URL: url,
});

/** Returns the environment of a function between a shop and an account: where they are, and how the shop wants its texts. */
export const functionVariables = (shop: Service & ShopAccess, klaviyo: Service & { apiKey: string }) => ({
  ...shopVariables(shop),
  ...klaviyoVariables(klaviyo),
  PREFERRED_CURRENCY: 'EUR',
  PREFERRED_LOCALE: 'en-GB',
  PRODUCT_URL_TEMPLATE: 'https://shop.example.org/{{locale}}/{{productSlug}}',
});
