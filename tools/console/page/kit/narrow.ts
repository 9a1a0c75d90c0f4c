import { signal } from '@preact/signals';

const media = matchMedia('(max-width: 720px)');

/** Whether the page is as narrow as a phone. */
export const isNarrow = signal(media.matches);
media.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches;
});
