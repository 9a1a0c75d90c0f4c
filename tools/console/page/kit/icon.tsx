/** Outlines on a grid of 20, drawn for this page. */
const PATHS = {
  flow: 'M3 5.5h14M3 10h9M3 14.5h12M15 8l2 2-2 2',
  shop: 'M4 8v8.5h12V8M2.5 8l2-4.5h11l2 4.5zM8 16.5V12h4v4.5',
  klaviyo: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 2.7-5 6-5s6 2 6 5',
  'dead-letters': 'M2.5 5h15v10.5h-15zM2.5 5.5 10 11l7.5-5.5',
  weather: 'M6 14.5a3.5 3.5 0 1 1 .6-6.95A4.5 4.5 0 0 1 15 9a2.8 2.8 0 0 1 0 5.5zM7 17.5h6',
  mapping: 'M3 5h5M3 10h5M3 15h5M12 5h5M12 10h5M12 15h5M8 5l4 5M8 10l4 5M8 15l4-10',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4.5v11l9-5.5z',
  again: 'M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon beside a text that says the same, so that it is hidden from who does not see. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    viewBox="0 0 20 20"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);
