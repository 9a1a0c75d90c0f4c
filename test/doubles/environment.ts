import type { KlaviyoStandIn } from './klaviyo/server.ts';
import type { Shop } from './shop/index.ts';

/** The commercetools side of an environment: the variables that lead to the shop. */
export const shopVariables = (
  shop: Pick<Shop, 'url' | 'projectKey' | 'scope' | 'clientId' | 'clientSecret'>,
): Record<string, string> => ({
  CT_API_URL: shop.url,
  CT_AUTH_URL: shop.url,
  CT_PROJECT_ID: shop.projectKey,
  CT_SCOPE: shop.scope,
  CT_API_CLIENT: JSON.stringify({ clientId: shop.clientId, secret: shop.clientSecret }),
});

/** The Klaviyo side of an environment: the variables that lead to the stand-in. */
export const klaviyoVariables = ({ apiKey, url }: Pick<KlaviyoStandIn, 'url' | 'apiKey'>): Record<string, string> => ({
  KLAVIYO_AUTH_KEY: apiKey,
  KLAVIYO_API_URL: url,
});
