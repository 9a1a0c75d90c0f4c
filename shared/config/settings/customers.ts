import * as z from 'zod';
import { clash } from '../names.ts';
import { knownSelection, refuse, selection } from '../schemas.ts';

/** What a profile tells of the customer's record besides Klaviyo's own fields, by the names of the properties. */
const PROFILE_PROPERTIES = [
  ...(['CustomerNumber', 'CustomerGroup', 'CustomerGroups', 'Stores', 'DateOfBirth'] as const),
  ...(['EmailVerified', 'AccountCreated', 'Salutation', 'MiddleName', 'VatId'] as const),
] as const;

/** The name of one of these properties. */
export type ProfileProperty = (typeof PROFILE_PROPERTIES)[number];

/** How customers become profiles, and what becomes of a profile whose customer is deleted. */
export const customers = z
  .strictObject({
    linkByEmail: z
      .boolean()
      .default(true)
      .describe(
        'when another profile holds the e-mail of a customer, one without a customer id is merged into the customer’s, and one of another customer gives the e-mail up; `false` leaves both profiles unchanged, and the message ends in the dead-letter topic',
      ),
    onDelete: z
      .enum(['keep', 'erase-on-request', 'erase'])
      .default('erase-on-request')
      .describe(
        '`erase-on-request`: the profile of a customer who is deleted with `dataErasure=true` is erased in Klaviyo, with its history and for good; `erase`: of every customer who is deleted; `keep`: of none',
      ),
    properties: knownSelection(
      'properties of customers',
      PROFILE_PROPERTIES,
      PROFILE_PROPERTIES.filter((name) => name !== 'VatId'),
    ),
    customFields: selection('custom fields of customers'),
  })
  .superRefine(({ properties, customFields }, context) =>
    refuse(context, ['customFields', 'map'], clash([customFields, properties])),
  )
  .prefault({});
