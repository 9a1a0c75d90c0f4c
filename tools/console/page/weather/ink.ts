/** What a line may be drawn with, by the names of the tokens. */
export type Ink = 'accent' | 'soft' | 'line' | 'good' | 'warn' | 'bad' | 'ink';

/** The colour of a token as it is now, as a canvas takes it. */
export function colourOf(element: HTMLElement, ink: Ink): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${ink})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Tells when the system goes from light to dark or back. */
export const schemeChanges = matchMedia('(prefers-color-scheme: dark)');
