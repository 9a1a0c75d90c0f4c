import { describe, expect, it } from 'vitest';
import { trackingOf, trackingUrl } from '../../../../shared/mappers/orders/tracking.ts';
import { order } from '../../factories.ts';
import { settings } from '../../support.ts';

const urlOf = (trackingUrls: object, carrier?: string, trackingId = 'A/1 ü') =>
  trackingUrl({ trackingId, carrier }, order(), settings({ orders: { trackingUrls } }));
const DHL = 'https://dhl.example.org/{{trackingId}}';
const ANY = 'https://any.example.org/{{orderNumber}}/{{trackingId}}';

describe('the URL at which a parcel is tracked', () => {
  it.each(['DHL', 'dhl'])('is that of its carrier, in any case: %s', (carrier) => {
    expect(urlOf({ DHL, '*': ANY }, carrier)).toBe('https://dhl.example.org/A%2F1%20%C3%BC');
  });

  it.each(['UPS', undefined, '', 'constructor'])('is that of any when the carrier is %j', (carrier) => {
    expect(urlOf({ DHL, '*': ANY }, carrier)).toBe('https://any.example.org/1001/A%2F1%20%C3%BC');
  });

  it.each(['UPS', undefined, '', '*', '__proto__'])('is none when no template is for the carrier %j', (carrier) => {
    expect(urlOf({ DHL }, carrier)).toBeUndefined();
  });

  it('is none when the template names what is not known', () => {
    expect(urlOf({ '*': 'https://any.example.org/{{carrier}}/{{trackingId}}' })).toBeUndefined();
  });
});

describe('what templates read of parcels', () => {
  it('is the first, and the numbers of all', () => {
    const parcels = [{ trackingId: 'A', carrier: 'DHL' }, { trackingId: 'B' }];
    expect(trackingOf(parcels, order(), settings({ orders: { trackingUrls: { DHL } } }))).toEqual({
      TrackingCompany: 'DHL',
      TrackingNumber: 'A',
      TrackingNumbers: ['A', 'B'],
      TrackingURL: 'https://dhl.example.org/A',
      Fulfillment: { carrier: 'DHL', trackingCode: 'A', trackingURL: 'https://dhl.example.org/A' },
    });
  });

  it('is nothing without a tracking id', () => {
    expect(trackingOf([{ trackingId: undefined, carrier: 'DHL' }], order(), settings())).toEqual({});
  });
});
