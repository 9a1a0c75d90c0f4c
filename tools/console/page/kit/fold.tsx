import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  summary: ComponentChildren;
  /** Whether it is open at first. */
  isOpen?: boolean;
  class?: string;
  /** Drawn once it is open: there may be hundreds, each with much in it. */
  children: () => ComponentChildren;
}

/** Something that opens by a click. */
export function Fold({ summary, isOpen = false, children, ...rest }: Props) {
  const [isShown, show] = useState(isOpen);
  return (
    <details class={rest.class} open={isOpen} onToggle={({ currentTarget }) => show(currentTarget.open)}>
      <summary>{summary}</summary>
      {isShown && children()}
    </details>
  );
}
