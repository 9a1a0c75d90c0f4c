import { expect, it } from 'vitest';
import { recordingLogger } from '../support.ts';

it.each([
  ['debug', 'DEBUG'],
  ['info', 'INFO'],
  ['warn', 'WARNING'],
  ['error', 'ERROR'],
  ['fatal', 'CRITICAL'],
] as const)('%s is written as one JSON line of severity %s', (level, severity) => {
  const { logger, texts, lines } = recordingLogger();
  logger[level]({ outcome: 'synced' }, 'text');
  expect(lines()).toEqual([
    { severity, outcome: 'synced', message: 'text', time: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
  expect(texts[0]).toMatch(/^[^\n]+\n$/);
});

it('nothing below the level is written', () => {
  const { logger, texts } = recordingLogger('warn');
  logger.info('text');
  expect(texts).toEqual([]);
});
