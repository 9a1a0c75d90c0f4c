import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';

const REQUIRED = {
  CT_API_URL: 'https://api.example.org',
  CT_AUTH_URL: 'https://auth.example.org',
  CT_PROJECT_ID: 'demo-shop',
  CT_SCOPE: 'view_orders:demo-shop',
  CT_API_CLIENT: '{"clientId":"the-client","secret":"the-secret"}',
  KLAVIYO_AUTH_KEY: 'pk_secret',
};
const read = (variables: Record<string, string>) => readConfiguration({ ...REQUIRED, ...variables });

describe('KLAVIYO_SYNC_SETTINGS', () => {
  it('may be JSON', () => {
    const { settings } = read({ KLAVIYO_SYNC_SETTINGS: ' {"metrics":{"placedOrder":"Bought"}}' });
    expect(settings.metrics).toMatchObject({ placedOrder: 'Bought', orderedProduct: 'Ordered Product' });
  });

  it('may be the path of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'settings.json');
    writeFileSync(file, '{"catalog":{"onUnpublish":"delete"}}');
    expect(read({ KLAVIYO_SYNC_SETTINGS: file }).settings.catalog.onUnpublish).toBe('delete');
  });

  it('wins over the variables that set the same', () => {
    const { settings } = read({
      PREFERRED_LOCALE: 'de-DE',
      PREFERRED_CURRENCY: 'EUR',
      KLAVIYO_SYNC_SETTINGS: '{"locale":"en-GB","prices":{"currency":"GBP","country":"GB"}}',
    });
    expect(settings).toMatchObject({ locale: 'en-GB', prices: { currency: 'GBP', country: 'GB' } });
  });

  it('may switch off a handler that there is, and no other', () => {
    const disabled = (name: string) => ({
      KLAVIYO_SYNC_SETTINGS: JSON.stringify({ handlers: { disabled: [name] } }),
    });
    expect(read(disabled('refund')).settings.handlers.disabled).toEqual(['refund']);
    expect(() => read(disabled('invoice'))).toThrow(/KLAVIYO_SYNC_SETTINGS\.handlers\.disabled\.0/);
  });
});
