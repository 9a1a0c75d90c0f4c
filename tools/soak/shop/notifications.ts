import type { TypeId } from '../../../test/doubles/shop/seed.ts';

const projectKey = 'demo-shop';
const EPOCH = Date.UTC(2026, 5, 1);

let now = EPOCH;

/** The shop's own time, ISO 8601: a second later each time that it is asked. */
export function tick(): string {
  now += 1000;
  return new Date(now).toISOString();
}

/** Sets the shop's own time, in milliseconds since the epoch. */
export const setTime = (time: number): void => {
  now = time;
};

/** Lets time pass in the shop, in milliseconds. */
export const passTime = (milliseconds: number): void => setTime(now + milliseconds);

interface Resource {
  id: string;
  version: number;
}

/** A Message of a subscription, in PlatformFormat. */
export function message(type: string, typeId: TypeId, resource: Resource, payload: object, createdAt = tick()) {
  return { ...envelope(typeId, resource, createdAt), type, ...payload };
}

/** The same when the payload was too large to be included. */
export function messageWithoutPayload(type: string, typeId: TypeId, resource: Resource, createdAt = tick()) {
  const payloadNotIncluded = { reason: 'Payload size exceeded.', payloadType: type };
  return { ...envelope(typeId, resource, createdAt), payloadNotIncluded };
}

const envelope = (typeId: TypeId, { id, version }: Resource, createdAt: string) => ({
  notificationType: 'Message',
  projectKey,
  resource: { typeId, id },
  id: crypto.randomUUID(),
  version: 1,
  sequenceNumber: version,
  resourceVersion: version,
  createdAt,
  lastModifiedAt: createdAt,
});

/** A change of a resource, in PlatformFormat. */
export const change = (
  type: 'Created' | 'Updated' | 'Deleted',
  typeId: string,
  { id, version }: Resource,
  identifiers?: object,
  modifiedAt = tick(),
) => ({
  notificationType: `Resource${type}`,
  projectKey,
  resource: { typeId, id },
  ...(identifiers && { resourceUserProvidedIdentifiers: identifiers }),
  version,
  ...(type === 'Updated' && { oldVersion: version - 1 }),
  modifiedAt,
});
