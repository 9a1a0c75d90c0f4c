import type { Settings } from '../../../shared/config/settings.ts';
import type { State } from '../../../test/doubles/klaviyo/state.ts';
import type { ShopState } from '../shop/state.ts';
import { checkCatalog } from './catalog.ts';
import { checkConsents } from './consents.ts';
import { checkEvents } from './events.ts';
import type { Finding } from './finding.ts';
import { checkLandmarks } from './landmarks.ts';
import { checkErased, checkProfiles } from './profiles.ts';

export type { Finding } from './finding.ts';

/** Everything in Klaviyo that is not as the shop says, by the project's own mappers and by what was written down by hand. */
export const check = (shop: ShopState, klaviyo: State, settings: Settings): Finding[] => [
  ...checkProfiles(shop, klaviyo, settings),
  ...checkErased(shop, klaviyo),
  ...checkEvents(shop, klaviyo, settings),
  ...checkCatalog(shop, klaviyo, settings),
  ...checkLandmarks(klaviyo),
  ...checkConsents(klaviyo),
];
