import { computed, signal } from '@preact/signals';

/** The pages in the order of their links, by the first part of the address's hash. */
export const PAGES = ['flow', 'shop', 'klaviyo', 'dead-letters', 'weather', 'mapping'] as const;
/** A page's name in the address. */
export type PageName = (typeof PAGES)[number];

/** Where the page is: `#/klaviyo/catalog` is the page klaviyo with the rest `catalog`. */
export interface Place {
  page: PageName;
  /** What is chosen on the page, decoded; empty for nothing. */
  rest: string[];
}

function placeOf(hash: string): Place {
  const [first = '', ...rest] = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
  const page = PAGES.find((name) => name === first) ?? 'flow';
  return { page, rest: page === first ? rest : [] };
}

/** A part of an address; as it is where somebody typed what cannot be decoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** Where the page is now. */
export const place = computed(() => placeOf(hash.value));

/** The address of a place, for links. */
export const linkTo = (page: PageName, ...rest: string[]): string =>
  `#/${[page, ...rest].map(encodeURIComponent).join('/')}`;

/** Goes to a place; `replace` leaves no step back to the place before. */
export function goTo(link: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', link);
  else location.hash = link;
  hash.value = link;
}
