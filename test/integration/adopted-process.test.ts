import domain from 'node:domain';
import { expect, test, vi } from 'vitest';
import { onSentRequest } from '../doubles/sent-requests.ts';
import { fixture } from '../fixtures/index.ts';
import { functionForTest } from './support.ts';

// What we bend of the process that the functions-framework gives us: each of these fails when one patch is gone.

test('a message is handled without a domain of its own', async () => {
  const create = vi.spyOn(domain, 'create');
  const { push, log } = await functionForTest();
  const domains: unknown[] = [];
  const stop = onSentRequest(({ path }) => {
    if (path.includes('/customers/')) domains.push(Reflect.get(process, 'domain'));
  });

  expect(await push(fixture('ResourceUpdated.customer'))).toBe(204);
  stop();
  expect(domains).toHaveLength(2);
  for (const one of domains) expect(one).not.toBeInstanceOf(domain.Domain);
  expect(create).not.toHaveBeenCalled();
  expect(log).toHaveLength(1);
});

test('what a promise throws that nobody awaits ends the process by itself, and not by what we bend', async () => {
  await functionForTest();
  expect(Reflect.get(process, 'domain').emit('error', new TypeError())).toBe(false);
});

test('what is printed goes to the log, and an error that the log has is dropped', async () => {
  const { log } = await functionForTest();
  // The function has been loaded afresh, and its classes with it.
  const { SyncError } = await import('../../shared/errors.ts');

  console.error(new SyncError('known'));
  console.error(new TypeError('unknown'));
  expect(log).toMatchObject([{ severity: 'ERROR', error: { class: 'TypeError' } }]);
});

test('SIGTERM waits for messages from the first one on', async () => {
  const { push } = await functionForTest();
  const before = process.listeners('SIGTERM');

  await push(fixture('Event'));
  expect(process.listeners('SIGTERM')).toHaveLength(1);
  expect(before).not.toContain(process.listeners('SIGTERM')[0]);
});
