/** What lets a client into a shop. */
export interface ShopAccess {
  projectKey: string;
  clientId: string;
  clientSecret: string;
  scope: string;
}

/** What lets clients into the shops of this folder and of the soak. */
export const ACCESS: ShopAccess = {
  projectKey: 'demo-shop',
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
  scope: [
    ...['view_orders', 'view_published_products', 'view_products', 'view_standalone_prices'],
    ...['view_customers', 'view_payments'],
  ]
    .map((permission) => `${permission}:demo-shop`)
    .join(' '),
};
