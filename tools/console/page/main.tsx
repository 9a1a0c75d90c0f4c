import { effect } from '@preact/signals';
import { type FunctionComponent, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './page.css';
import { followFlow, takeRows } from './data/flow.ts';
import { listen } from './data/live.ts';
import { DeadLettersPage } from './dead-letters/dead-letters-page.tsx';
import { FlowPage } from './flow/flow-page.tsx';
import { Side, titleOf } from './frame.tsx';
import { Told } from './kit/told.tsx';
import { KlaviyoPage } from './klaviyo/klaviyo-page.tsx';
import { MappingPage } from './mapping/mapping-page.tsx';
import { type PageName, place } from './router.ts';
import { ShopPage } from './shop/shop-page.tsx';
import { WeatherPage } from './weather/weather-page.tsx';

const SHOWN: Record<PageName, FunctionComponent> = {
  flow: FlowPage,
  shop: ShopPage,
  klaviyo: KlaviyoPage,
  'dead-letters': DeadLettersPage,
  weather: WeatherPage,
  mapping: MappingPage,
};

function Console() {
  const { page } = place.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // Whoever chose a page by the keyboard, or hears it read, is at its name next.
  useEffect(() => {
    if (!isFirst.current) main.current?.querySelector('h1')?.focus();
    isFirst.current = false;
  }, [page]);
  const Page = SHOWN[page];
  return (
    <div class="frame">
      <Side />
      <main ref={main} class="main">
        <Page key={page} />
      </main>
      <Told />
    </div>
  );
}

effect(() => {
  document.title = `${titleOf(place.value.page)} · commercetools to Klaviyo`;
});
followFlow();
listen(takeRows);
const root = document.getElementById('page');
if (root) render(<Console />, root);
