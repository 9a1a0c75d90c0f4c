import type { Signal } from '@preact/signals';
import { useCallback, useRef } from 'preact/hooks';
import { useKey } from './keys.ts';

/** A field to filter by, which `/` leads to; Esc empties it, then leaves it. */
export function Search({ label, value, placeholder }: { label: string; value: Signal<string>; placeholder: string }) {
  const field = useRef<HTMLInputElement>(null);
  useKey(
    '/',
    useCallback(() => field.current?.focus(), []),
  );
  return (
    <span class="search">
      <input
        ref={field}
        class="input"
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={`Filter: ${placeholder}`}
        value={value.value}
        onInput={({ currentTarget }) => {
          value.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          if (value.value === '') event.currentTarget.blur();
          value.value = '';
        }}
      />
      <span class="hotkey" aria-hidden="true">
        /
      </span>
    </span>
  );
}
