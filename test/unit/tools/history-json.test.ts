import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openJson } from '../../../tools/operator/history/json.ts';
import { UsageError } from '../../../tools/operator/support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'history-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Never told. */
const ignore = () => {};

describe('the file of differences', () => {
  test('has each line as soon as it is written', () => {
    const path = join(folder, 'lines.json');
    const file = openJson(path, ignore);
    file.begin();
    file.write({ id: '1' });
    expect(readFileSync(path, 'utf8')).toBe('{"id":"1"}\n');
    file.write({ id: '2' });
    file.close();

    expect(readFileSync(path, 'utf8')).toBe('{"id":"1"}\n{"id":"2"}\n');
    expect(file.problem()).toBeUndefined();
  });

  test('keeps what it has until a run begins', () => {
    const path = join(folder, 'former.json');
    writeFileSync(path, 'former\n');
    const file = openJson(path, ignore);
    expect(readFileSync(path, 'utf8')).toBe('former\n');
    file.begin();
    file.close();

    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test.each([
    ['.', 'is a folder, not a file'],
    ['nowhere/lines.json', 'there is no such folder'],
  ])('is refused before anything is done where it cannot be written: %s', (name, reason) => {
    const open = () => openJson(join(folder, name), ignore);

    expect(open).toThrow(UsageError);
    expect(open).toThrow(reason);
  });

  test('says once that the disk is full, and that lines are missing', () => {
    const told: string[] = [];
    const file = openJson('/dev/full', (problem) => told.push(problem));
    file.begin();
    file.write({ id: '1' });
    file.write({ id: '2' });
    file.close();

    expect(told).toEqual(['--json /dev/full: the disk is full']);
    expect(file.problem()).toBe(told[0]);
  });
});
