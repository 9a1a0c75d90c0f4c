import { useLayoutEffect, useRef } from 'preact/hooks';

/** Whoever has scrolled down sees the same rows although others come in above, or all become higher. */
export function useSteadyView<T>(
  viewport: { current: HTMLDivElement | null },
  items: readonly T[],
  keyOf: (item: T) => string,
  rowHeight: number,
): void {
  const before = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const element = viewport.current;
    const first = items[0];
    if (first === undefined) return;
    const moved = before.current === undefined ? 0 : items.findIndex((item) => keyOf(item) === before.current);
    if (element && moved > 0 && element.scrollTop > 0) element.scrollTop += moved * rowHeight;
    before.current = keyOf(first);
  }, [items, keyOf, rowHeight, viewport]);

  const height = useRef(rowHeight);
  useLayoutEffect(() => {
    if (viewport.current) viewport.current.scrollTop *= rowHeight / height.current;
    height.current = rowHeight;
  }, [rowHeight, viewport]);
}
