import * as z from 'zod';
import { defineExtension, defineHandler, ownerOf, validate } from '#extension';

/** The custom objects that a loyalty program keeps: one a customer, whose id is the key. */
const CONTAINER = 'loyalty';

const identifiers = z.looseObject({
  containerAndKey: z.looseObject({ container: z.string(), key: z.string() }),
});

const account = z.looseObject({
  version: z.number(),
  lastModifiedAt: z.string(),
  value: z.looseObject({ tier: z.string(), points: z.number() }),
});

/** A custom object of the container was written: `Changed Loyalty Tier` of its customer, with what the object says now. */
const loyalty = defineHandler({
  name: 'loyalty',
  resource: 'key-value-document',
  changes: ['ResourceCreated', 'ResourceUpdated'],
  becomes: '`Changed Loyalty Tier`',
  async plan({ notification }, context) {
    const about = () => `The change of custom object ${notification.resource.id}`;
    const { containerAndKey } = validate(identifiers, notification.resourceUserProvidedIdentifiers, about);
    const { container, key } = containerAndKey;
    if (container !== CONTAINER) return [];
    const object = await context.commercetools.read(`custom-objects/${container}/${key}`, account);
    const owner = object && (await ownerOf(key, context));
    if (!object || !owner) return [];
    const { tier, points } = object.value;
    const event = {
      metric: 'Changed Loyalty Tier',
      profile: owner.profile,
      uniqueId: `loyalty:${key}:${object.version}`,
      time: object.lastModifiedAt,
      properties: { Tier: tier, Points: points },
    };
    return [...owner.before, { kind: 'createEvent', event, trimmed: [] }];
  },
});

/** Tells Klaviyo of a loyalty program that is kept in custom objects. */
export default defineExtension({ name: 'loyalty', handlers: [loyalty] });
