import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { indexByKey } from './list-keys.ts';
import { useSteadyView } from './steady-view.ts';

/** How many rows are drawn above and below those in view. */
const SPARE = 6;

interface Props<T> {
  /** Rows, of any number. */
  items: ReadonlySignal<readonly T[]>;
  /** Names a row for good, wherever it moves. */
  keyOf(item: T): string;
  /** Pixels, the same for each. */
  rowHeight: number;
  label: string;
  /** Key of the row that is open beside the list. */
  selected?: string;
  /** Called by a click or Enter. */
  onOpen(item: T): void;
  row(item: T): ComponentChildren;
  /** Names of the columns. */
  head?: ComponentChildren;
  class: string;
  empty: ComponentChildren;
}

/** A list that draws the rows in view only. Arrows, Home, End and the page keys move in it, Enter opens. */
export const VirtualList = <T,>(props: Props<T>) =>
  props.items.value.length === 0 ? props.empty : <Filled {...props} />;

function Filled<T>(props: Props<T>) {
  const { keyOf, rowHeight, label, selected, onOpen, row, head } = props;
  const items = props.items.value;
  const id = useId();
  const viewport = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(800);
  const active = useSignal<string | undefined>(selected);
  useSteadyView(viewport, items, keyOf, rowHeight);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    observer.observe(element);
    moveTo(items.findIndex((item) => keyOf(item) === selected));
    return () => observer.disconnect();
  }, []);

  function moveTo(index: number): void {
    const item = items[index];
    const element = viewport.current;
    if (item === undefined || !element) return;
    active.value = keyOf(item);
    const y = index * rowHeight;
    element.scrollTop = Math.min(y, Math.max(element.scrollTop, y + rowHeight - element.clientHeight));
    top.value = element.scrollTop;
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLElement>): void {
    const page = Math.max(1, Math.floor(height.value / rowHeight) - 1);
    const at = items.findIndex((item) => keyOf(item) === active.value);
    const index = indexByKey(event.key, at, page, items.length);
    const item = items[at];
    if (index !== undefined) moveTo(Math.max(0, Math.min(index, items.length - 1)));
    else if (event.key === 'Enter' && item !== undefined) onOpen(item);
    else return;
    event.preventDefault();
  }

  const first = Math.max(0, Math.floor(top.value / rowHeight) - SPARE);
  const rows = items.slice(first, Math.ceil((top.value + height.value) / rowHeight) + SPARE);
  const activeRow = rows.findIndex((item) => keyOf(item) === active.value);
  return (
    <>
      {head && (
        <div class={`line head-line ${props.class}`} aria-hidden="true">
          {head}
        </div>
      )}
      <div
        ref={viewport}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={activeRow < 0 ? undefined : `${id}-${first + activeRow}`}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => {
          top.value = currentTarget.scrollTop;
        }}
      >
        <div role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
          {rows.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and takes the keys.
            <div
              key={keyOf(item)}
              id={`${id}-${first + index}`}
              role="option"
              aria-selected={keyOf(item) === selected}
              aria-posinset={first + index + 1}
              aria-setsize={items.length}
              class={`line ${props.class} ${keyOf(item) === active.value ? 'active' : ''}`}
              style={{ height: `${rowHeight}px`, transform: `translateY(${(first + index) * rowHeight}px)` }}
              onClick={() => {
                active.value = keyOf(item);
                onOpen(item);
              }}
            >
              {row(item)}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
