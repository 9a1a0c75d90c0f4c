import * as z from 'zod';
import type { ShownProfile } from '../../klaviyo/bulk/account.ts';
import { isSameEmail } from '../../klaviyo/profiles.ts';
import { differing, inKlaviyosNames } from '../../klaviyo/writers/shown.ts';
import type { Profile } from '../../klaviyo/writes.ts';

const values = z.record(z.string(), z.unknown()).catch({});

/**
 * Returns the names of what Klaviyo shows otherwise of a profile, such as `first_name`, `location.city` and `properties.Stores`. What
 * a customer does not have is not compared: Klaviyo may know it from elsewhere.
 */
export function profileDifferences(profile: Profile, shown: ShownProfile): string[] {
  const { externalId, email, location = {}, properties, ...attributes } = profile;
  return [
    ...(isSameEmail(email, shown.email) ? [] : ['email']),
    ...differing(inKlaviyosNames(attributes), shown.attributes),
    ...within('location', location, shown),
    ...within('properties', asSent(properties), shown),
  ];
}

const within = (name: 'location' | 'properties', parts: object, { attributes }: ShownProfile): string[] =>
  differing(parts, values.parse(attributes[name])).map((part) => `${name}.${part}`);

/** What was cut to keep Klaviyo's limits is undefined, which JSON does not have. */
const asSent = (properties: Profile['properties']): object => values.parse(JSON.parse(JSON.stringify(properties)));
