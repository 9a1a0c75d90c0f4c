import { signal } from '@preact/signals';
import type { Tone } from './basics.tsx';

/** What was said last, until it is closed. */
export const told = signal<{ text: string; tone: Tone } | undefined>(undefined);
let fading: ReturnType<typeof setTimeout> | undefined;

/** Says in a line what came of what somebody did. Failures stay until they are closed. */
export function tell(text: string, tone: Tone = 'good'): void {
  clearTimeout(fading);
  told.value = { text, tone };
  if (tone !== 'bad')
    fading = setTimeout(() => {
      told.value = undefined;
    }, 5000);
}

/** Says why something was not done. */
export const tellFailure = (error: unknown): void =>
  tell(error instanceof Error ? error.message : String(error), 'bad');
