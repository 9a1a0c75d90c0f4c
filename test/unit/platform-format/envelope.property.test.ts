import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../shared/errors.ts';
import { fixture, fixtureNames } from '../../fixtures/index.ts';
import { decode, push } from '../support.ts';

const order = fixture('OrderCreated');

describe('whatever comes in is decoded or refused as an invalid message', () => {
  const check = (event: unknown) => {
    for (const posted of [false, true]) {
      try {
        decode(event, posted);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidMessageError);
      }
    }
  };
  const mutated = fc
    .tuple(
      fc.constantFrom(...fixtureNames()),
      fc.constantFrom('notificationType', 'resource', 'type', 'projectKey', 'createdAt', 'payloadNotIncluded', 'data'),
      fc.jsonValue(),
    )
    .map(([name, field, value]) => ({ ...fixture(name), [field]: value }));

  it.each([
    ['as the event', (value: unknown) => value],
    ['as the data of the event', (value: unknown) => ({ specversion: '1.0', data: value })],
    ['as the Pub/Sub message', (value: unknown) => ({ data: { message: value } })],
    ['as what Pub/Sub says of the message', (value: unknown) => ({ ...push(order), deliveryAttempt: value })],
    ['as the time of the message', (value: unknown) => push(order, { publishTime: value })],
    ['as the trace', (value: unknown) => ({ ...push(order), traceparent: value })],
    ['as the payload', (value: unknown) => push(value)],
    ['as the payload in CloudEvents format', (value: unknown) => push({ specversion: '1.0', data: value })],
  ])('any JSON %s', (_, wrap) => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated), (value) => check(wrap(value))),
      { numRuns: 300 },
    );
  });

  it('any text as the data of the message', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String()), (data) => check({ message: { data } })));
  });
});
