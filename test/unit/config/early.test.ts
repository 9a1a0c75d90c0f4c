import { describe, expect, it } from 'vitest';
import { googleCloudProject, listeningPort, listenToThisMachine } from '../../../shared/config/early.ts';

describe('listeningPort', () => {
  it.each([
    [{ PORT: '1', PUB_SUB_PORT: '2' }, '1'],
    [{ PUB_SUB_PORT: '2' }, '2'],
    [{ PORT: '', PUB_SUB_PORT: '' }, '8080'],
  ])('of %j is %s', (variables, expected) => {
    expect(listeningPort(variables)).toBe(expected);
  });
});

describe('listenToThisMachine', () => {
  it.each([
    [{}, '127.0.0.1'],
    [{ HOST: '' }, '127.0.0.1'],
    [{ HOST: '0.0.0.0' }, '0.0.0.0'],
  ])('makes HOST of %j %s', (given, expected) => {
    const variables: Record<string, string | undefined> = { ...given };
    listenToThisMachine(variables);
    expect(variables.HOST).toBe(expected);
  });
});

describe('googleCloudProject', () => {
  it('is the variable of that name, if it is not empty', () => {
    expect(googleCloudProject({ GOOGLE_CLOUD_PROJECT: 'my-project' })).toBe('my-project');
    expect(googleCloudProject({ GOOGLE_CLOUD_PROJECT: '' })).toBeUndefined();
  });
});
