import * as z from 'zod';
import { maybe } from '../commercetools/resources/common.ts';

/**
 * The envelope of a commercetools notification. Extra fields pass through; the payload of a message stays unknown here
 * and is validated by the handler that reads it.
 *
 * Source: https://docs.commercetools.com/api/projects/subscriptions#delivery-payloads
 */
const name = z
  .string()
  .min(1)
  .max(256)
  .refine((value) => value.isWellFormed());

/** https://docs.commercetools.com/api/projects/project: letters, digits, _ and - */
const projectKey = z.string().regex(/^[\w-]{1,64}$/, 'expected the key of a project');

const about = {
  projectKey,
  resource: z.looseObject({ typeId: name, id: name }),
  resourceUserProvidedIdentifiers: maybe(z.looseObject({ sku: maybe(z.string()) })),
};

const message = z
  .looseObject({
    notificationType: z.literal('Message'),
    ...about,
    type: maybe(name),
    /** Version of the resource after the fact that the message is about. */
    resourceVersion: maybe(z.number()),
    createdAt: maybe(z.iso.datetime({ offset: true })),
    /** In place of a payload that was too large. */
    payloadNotIncluded: maybe(z.looseObject({ payloadType: name })),
  })
  .refine(({ type, payloadNotIncluded }) => type ?? payloadNotIncluded, {
    path: ['type'],
    error: 'expected the type of the message, or payloadNotIncluded.payloadType',
  });

const change = <T extends string>(notificationType: T) =>
  z.looseObject({
    notificationType: z.literal(notificationType),
    ...about,
    /** Version of the resource after the change. */
    version: maybe(z.number()),
  });

const event = z.looseObject({
  notificationType: z.literal('Event'),
  projectKey: maybe(projectKey),
  type: name,
  resourceType: maybe(z.string()),
});

/** What a scheduler publishes, and no subscription: it is time to look at the resources of a type. */
const tick = z.looseObject({
  notificationType: z.literal('Tick'),
  projectKey: maybe(projectKey),
  resource: z.looseObject({ typeId: name }),
  /** From one tick to the next. Terraform writes what the schedule says. */
  intervalSeconds: z.number().int().min(60).max(86_400).default(300),
  /** When it ticked, in a tick that a person writes; any other ticked when it was published. */
  time: maybe(z.iso.datetime({ offset: true })),
});

/** Any notification of a commercetools subscription, and the tick of a schedule. */
export const notificationSchema = z.discriminatedUnion(
  'notificationType',
  [message, change('ResourceCreated'), change('ResourceUpdated'), change('ResourceDeleted'), event, tick],
  'expected Message, ResourceCreated, ResourceUpdated, ResourceDeleted, Event or Tick',
);

/** A validated envelope with its payload still unknown. */
export type Notification = z.output<typeof notificationSchema>;

/** A notification that says what happened to a resource. */
export type Message = z.output<typeof message>;

/** A notification that a resource was created, updated or deleted. */
export type Change = Extract<Notification, { notificationType: `Resource${string}` }>;

/** A notification that it is time to look at the resources of a type. */
export type Tick = z.output<typeof tick>;
