const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const amounts = new Map<string, Intl.NumberFormat>();
const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** A time of today to the second; `milliseconds` since the epoch. */
export const timeOf = (milliseconds: number): string => clock.format(milliseconds);

/** A day and a time to the minute. */
export const dayOf = (milliseconds: number): string =>
  `${day.format(milliseconds)}, ${clock.format(milliseconds).slice(0, 5)}`;

/** A duration in the unit that reads best: `84 ms`, `2.4 s`, `3 min`. */
export function durationOf(milliseconds: number | undefined | null): string {
  if (milliseconds === undefined || milliseconds === null) return '–';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${figures.format(milliseconds / 1000)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** Money in major units, as it is written in English. */
export function moneyOf(amount: number | undefined, currency: string | undefined): string {
  if (amount === undefined) return 'no price';
  if (currency === undefined) return figures.format(amount);
  const format = amounts.get(currency) ?? new Intl.NumberFormat('en-GB', { style: 'currency', currency });
  amounts.set(currency, format);
  return format.format(amount);
}

/** A number with its thousands apart. */
export const numberOf = (value: number): string => figures.format(value);

/** `1 order`, `2 orders`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${numberOf(count)} ${count === 1 ? one : many}`;

/** A name in code as words: `upsertProfile`, `given-up` and `NEVER_SUBSCRIBED` alike. */
export const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
