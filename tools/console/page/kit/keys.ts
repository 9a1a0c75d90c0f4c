import { useEffect } from 'preact/hooks';

/** Whether keys are meant for what is typed, or for a dialog that is open. */
const isElsewhere = (): boolean =>
  document.querySelector('dialog[open]') !== null ||
  document.activeElement?.matches('input, textarea, select') === true;

/** Calls `onKey` by a key anywhere on the page, but not while somebody types; undefined takes no key. */
export function useKey(key: string, onKey: (() => void) | undefined): void {
  useEffect(() => {
    if (!onKey) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isElsewhere()) return;
      event.preventDefault();
      onKey();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [key, onKey]);
}

/** Esc closes what is open. */
export const useEscape = (close: (() => void) | undefined): void => useKey('Escape', close);
