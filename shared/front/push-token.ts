import type { OAuth2Client } from 'google-auth-library';
import type { Configuration } from '../config/environment.ts';

/** https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions */
const ISSUERS = ['accounts.google.com', 'https://accounts.google.com'];

/**
 * Returns the function that tells whether an Authorization header has Pub/Sub's token: signed by Google, not expired, for our
 * audience, of the account that pushes. The function throws when Google's certificates cannot be had.
 *
 * @param certificatesUrl Google's when left out
 */
export function pushTokenCheck(
  { audience, serviceAccount }: NonNullable<Configuration['pusher']>,
  certificatesUrl?: string,
) {
  let client: Promise<OAuth2Client> | undefined;

  return async (authorization = ''): Promise<boolean> => {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization) ?? [];
    if (!token) return false;
    client ??= connect(certificatesUrl);
    const google = await client;
    const { certs } = await google.getFederatedSignonCertsAsync();
    try {
      const ticket = await google.verifySignedJwtWithCertsAsync(token, certs, audience, ISSUERS);
      const { email, email_verified } = ticket.getPayload() ?? {};
      return email_verified === true && email === serviceAccount;
    } catch {
      return false;
    }
  };
}

/** Loads the library when the first token comes, not at start: most deployments never need it. */
async function connect(certificatesUrl: string | undefined): Promise<OAuth2Client> {
  const { OAuth2Client } = await import('google-auth-library');
  const endpoints = certificatesUrl ? { oauth2FederatedSignonPemCertsUrl: certificatesUrl } : undefined;
  return new OAuth2Client({ endpoints, transporterOptions: { timeout: 10_000 } });
}
