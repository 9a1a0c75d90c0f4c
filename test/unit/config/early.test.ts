import { describe, expect, it } from 'vitest';
import { googleCloudProject, listeningPort } from '../../../shared/config/early.ts';
import { VARIABLES } from '../../../shared/config/environment.ts';

const REQUIRED = ['CT_API_URL', 'CT_AUTH_URL', 'CT_PROJECT_ID', 'CT_SCOPE', 'CT_API_CLIENT', 'KLAVIYO_AUTH_KEY'];

describe('VARIABLES', () => {
  it('tells of each variable what it is for, and whether it must be set', () => {
    expect(VARIABLES.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(REQUIRED);
    expect(VARIABLES.filter(({ description }) => description === '')).toEqual([]);
  });
});

describe('listeningPort', () => {
  it.each([
    [{ PORT: '1', PUB_SUB_PORT: '2' }, '1'],
    [{ PUB_SUB_PORT: '2' }, '2'],
    [{ PORT: '', PUB_SUB_PORT: '' }, '8080'],
  ])('of %j is %s', (variables, expected) => {
    expect(listeningPort(variables)).toBe(expected);
  });
});

describe('googleCloudProject', () => {
  it('is the variable of that name, if it is not empty', () => {
    expect(googleCloudProject({ GOOGLE_CLOUD_PROJECT: 'my-project' })).toBe('my-project');
    expect(googleCloudProject({ GOOGLE_CLOUD_PROJECT: '' })).toBeUndefined();
  });
});
