import type { Overview } from '../api.ts';
import { isLive, samples } from './data/live.ts';
import { useResource } from './data/resource.ts';
import { durationOf, numberOf } from './kit/format.ts';
import { Icon } from './kit/icon.tsx';
import { linkTo, PAGES, type PageName, place } from './router.ts';

const TITLES: Record<PageName, string> = {
  flow: 'Flow',
  shop: 'Shop',
  klaviyo: 'Klaviyo',
  'dead-letters': 'Dead letters',
  weather: 'Weather',
  mapping: 'Mapping',
};

/** The name of a page as people read it. */
export const titleOf = (page: PageName): string => TITLES[page];

/** The pages to choose from, and how the sync is doing. */
export function Side() {
  const overview = useResource<Overview>('/api/overview', ['overview', 'dead-letters']).value;
  const letters = overview?.counts.deadLetters ?? 0;
  return (
    <header class="side">
      <div class="brand">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <rect width="24" height="24" rx="6" fill="currentColor" />
          <path d="M6 12h10.5M12 7l5 5-5 5" fill="none" stroke="var(--sunk)" stroke-width="2.2" />
        </svg>
        commercetools
        <br />
        to Klaviyo
      </div>
      <nav class="pages" aria-label="Pages">
        {PAGES.map((page) => (
          <a key={page} href={linkTo(page)} aria-current={place.value.page === page ? 'page' : undefined}>
            <Icon name={page} />
            {page === 'dead-letters' ? (
              <span class="label">
                <span class="only-wide">Dead </span>letters
              </span>
            ) : (
              <span>{TITLES[page]}</span>
            )}
            {page === 'dead-letters' && letters > 0 && <span class="count">{numberOf(letters)}</span>}
          </a>
        ))}
      </nav>
      <Pulse overview={overview} />
    </header>
  );
}

function Pulse({ overview }: { overview: Overview | undefined }) {
  const last = samples.value.at(-1);
  const isUp = overview?.process.isUp ?? true;
  const [state, tone] = !isLive.value
    ? ['not connected', 'bad']
    : isUp
      ? ['live', 'good']
      : ['process is down', 'warn'];
  return (
    <dl class="pulse">
      <div>
        <dt>Function</dt>
        <dd>
          <span class={`dot ${tone}`} />
          {state}
        </dd>
      </div>
      <div>
        <dt>Messages a second</dt>
        <dd>{numberOf(last?.acknowledged ?? 0)}</dd>
      </div>
      <div>
        <dt>Waiting</dt>
        <dd>{numberOf(last?.backlog ?? 0)}</dd>
      </div>
      <div>
        <dt>p99</dt>
        <dd>{durationOf(last?.p99)}</dd>
      </div>
      <div>
        <dt>Pub/Sub</dt>
        <dd>{overview?.broker ?? '–'}</dd>
      </div>
    </dl>
  );
}
