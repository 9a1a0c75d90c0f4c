import type { HTMLAttributes } from 'preact';
import { useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';
import { tellFailure } from './tell.ts';

interface ButtonProps extends Pick<HTMLAttributes<HTMLButtonElement>, 'aria-label' | 'aria-pressed' | 'children'> {
  icon?: IconName;
  /** The page's first thing to do, what cannot be taken back, or a quiet one. */
  look?: 'first' | 'harsh' | 'plain';
  /** Called by a click; while its promise is pending the button takes no other, and its failure is told. */
  onPress: () => unknown;
}

/** A button that waits for what it started. */
export function Button({ icon, look, onPress, children, ...rest }: ButtonProps) {
  const [isBusy, setBusy] = useState(false);
  async function press(): Promise<void> {
    if (isBusy) return;
    const pending = onPress();
    if (!(pending instanceof Promise)) return;
    setBusy(true);
    await pending.catch(tellFailure);
    setBusy(false);
  }
  return (
    <button {...rest} type="button" class={`button ${look ?? ''}`} aria-disabled={isBusy} onClick={press}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}
