import { describe, expect, it } from 'vitest';
import { newAttempt } from '../../../shared/attempt.ts';
import {
  CredentialsError,
  InvalidMessageError,
  PermanentError,
  RetryableError,
  SyncError,
} from '../../../shared/errors.ts';
import { createReport } from '../../../shared/log/report.ts';
import { notification, recordingLogger } from '../support.ts';

function reporting(googleCloudProject?: string) {
  const { logger, texts, lines } = recordingLogger();
  const attempt = newAttempt(1000);
  return { attempt, texts, lines, line: createReport(logger, googleCloudProject)(attempt) };
}

describe('the line of an attempt', () => {
  it('says which message it was, what became of it and what it took', () => {
    const publishedAt = Date.now() - 5000;
    const { attempt, line, lines } = reporting('my-project');
    line.addEnvelope({
      messageId: 'message-1',
      publishedAt,
      deliveryAttempt: 2,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      content: { push: {} },
    });
    line.addNotification(notification('OrderCreated'), 'order-placed');
    attempt.calls.klaviyo = 3;
    line.succeed('synced');
    expect(lines()).toEqual([
      {
        severity: 'INFO',
        message: 'synced',
        outcome: 'synced',
        messageId: 'message-1',
        deliveryAttempt: 2,
        ageMilliseconds: expect.any(Number),
        notificationType: 'Message',
        notificationId: '3e550000-0000-4000-8000-000000000002',
        messageType: 'OrderCreated',
        resource: { typeId: 'order', id: '0de50000-0000-4000-8000-000000000001' },
        handler: 'order-placed',
        calls: { commercetools: 0, klaviyo: 3 },
        milliseconds: expect.any(Number),
        'logging.googleapis.com/trace': 'projects/my-project/traces/0af7651916cd43dd8448eb211c80319c',
        time: expect.any(String),
      },
    ]);
    const [{ ageMilliseconds } = {}] = lines();
    expect(Number(ageMilliseconds)).toBeGreaterThanOrEqual(5000);
  });

  it('leaves out what is not known', () => {
    const { line, lines } = reporting();
    line.addEnvelope({ traceId: '0af7651916cd43dd8448eb211c80319c', content: { push: {} } });
    line.addNotification(notification('Event'), undefined);
    line.succeed('ignored');
    const known = [
      'severity',
      'notificationType',
      'notificationId',
      'outcome',
      'calls',
      'milliseconds',
      'message',
      'time',
    ];
    expect(Object.keys(lines()[0] ?? {}).sort()).toEqual(known.sort());
  });

  it('names the resource and tells nothing else of it', () => {
    const { line, lines } = reporting();
    const resource = { typeId: 'customer', id: '1', obj: { email: 'lena@example.org' } };
    line.addNotification(notification('ResourceUpdated.customer', { resource }), 'customer');
    line.succeed('synced');
    expect(lines()).toMatchObject([{ resource: { typeId: 'customer', id: '1' } }]);
    expect(lines()[0]?.resource).not.toHaveProperty('obj');
  });

  it('is a warning when something was given up', () => {
    const { attempt, line, lines } = reporting();
    attempt.warnings.push('Klaviyo refused the phone number');
    line.succeed('synced');
    expect(lines()).toMatchObject([{ severity: 'WARNING', warnings: ['Klaviyo refused the phone number'] }]);
  });
});

describe('the line of an attempt that failed', () => {
  it.each([
    ['WARNING', new RetryableError('it may pass', { status: 503 })],
    ['CRITICAL', new CredentialsError('refused', { status: 401 })],
    ['ERROR', new PermanentError('refused', { status: 400 })],
    ['ERROR', new InvalidMessageError('not JSON')],
    ['ERROR', new TypeError('a bug')],
  ])('has severity %s for %s', (severity, error) => {
    const { line, lines } = reporting();
    line.fail(error);
    expect(lines()).toMatchObject([{ severity, outcome: 'failed' }]);
  });

  it('tells an error by class, status, code, pointer and our own words', () => {
    const { line, lines } = reporting();
    const details = { status: 400, code: 'invalid', pointer: '/data/attributes/time' };
    line.fail(new PermanentError('Klaviyo refused it', details));
    expect(lines()).toMatchObject([
      {
        message: 'failed: Klaviyo refused it',
        error: { class: 'PermanentError', message: 'Klaviyo refused it', ...details },
      },
    ]);
  });

  it.each([
    ['has no stack for what may pass', new RetryableError('it may pass'), undefined],
    ['has the stack of what is for good', new PermanentError('no'), expect.stringContaining('report.test')],
  ])('%s', (_, error, stack) => {
    const { line, lines } = reporting();
    line.fail(error);
    expect(lines()[0]?.stack_trace).toEqual(stack);
  });

  it('gives what may be thrown: the same error, without its stack', () => {
    const error = new PermanentError('no');
    const { line } = reporting();
    expect(line.fail(error)).toBe(error);
    expect(error.stack).toBe('');
  });

  it.each([
    ['an error', new TypeError('cannot read lena@example.org'), 'unexpected TypeError'],
    ['a text', 'lena@example.org', 'unexpected Error'],
    ['nothing', undefined, 'unexpected Error'],
  ])('tells of %s that nobody thought of only its class and its place', (_, thrown, message) => {
    const { line, lines, texts } = reporting();
    const failure = line.fail(thrown);
    expect(failure).toBeInstanceOf(SyncError);
    expect(failure.message).toBe(message);
    expect(lines()[0]?.stack_trace).toEqual(expect.stringMatching(/\n +at /));
    expect(texts.join() + String(failure.stack)).not.toContain('lena');
  });

  it('says what it gave up before it failed', () => {
    const { attempt, line, lines } = reporting();
    attempt.warnings.push('cut');
    line.fail(new RetryableError('x'));
    expect(lines()).toMatchObject([{ warnings: ['cut'] }]);
  });
});
