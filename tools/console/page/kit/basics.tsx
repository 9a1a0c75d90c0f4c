import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** How good something is, which decides its colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** A state in a word. */
export const Badge = ({
  tone = 'plain',
  busy,
  children,
}: {
  tone?: Tone;
  busy?: boolean;
  children: ComponentChildren;
}) => <span class={`badge ${tone} ${busy ? 'busy' : ''}`}>{children}</span>;

/** What there is to say where there is nothing to show: why, and what to do. */
export const Empty = ({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <Icon name={icon} size={28} />
    <strong>{title}</strong>
    <p>{children}</p>
  </div>
);

/** The page's name, what it is for, and what can be done on all of it. */
export const Head = ({
  title,
  children,
  tools,
}: {
  title: string;
  children?: ComponentChildren;
  tools?: ComponentChildren;
}) => (
  <header class="head">
    <div>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{children}</p>
    </div>
    {tools && <div class="tools">{tools}</div>}
  </header>
);
