/** Outlines of what the shop sells, by a word of the name; on a grid of 48. */
const SHAPES: [RegExp, string][] = [
  [/jean|pant|trouser/, 'M16 8h16l2 32h-7l-3-20-3 20h-7zM16 13h16M24 8v6'],
  [/jacket|coat|storm/, 'M18 8h12l3 3 7 18-5 2-3-8v17H16V23l-3 8-5-2 7-18zM24 11v29M18 8q6 6 12 0'],
  [/backpack|tour/, 'M15 40V17q0-8 9-8t9 8v23zM20 9q0-4 4-4t4 4M15 27h18M20 32h8M15 22h-4v12h4M33 22h4v12h-4'],
  [/gas|cartridge/, 'M14 22q0-6 7-6h6q7 0 7 6v17q0 2-2 2H16q-2 0-2-2zM21 16v-5h6v5M14 29h20M22 8h4'],
  [/stove|ember/, 'M12 26h24l-3 8H15zM17 34l-4 7M31 34l4 7M24 34v7M24 22q-5-4 0-11 5 7 0 11zM14 22h20'],
];
const BOX = 'M10 17 24 10l14 7v15l-14 7-14-7zM10 17l14 7 14-7M24 24v15';

/** Colours that a name tells, as pairs for light and dark. */
const COLOURS: [RegExp, string][] = [
  [/indigo|blue|navy/, 'light-dark(#dfe3f3, #242b45)'],
  [/moss|green|olive/, 'light-dark(#dfe8dc, #243025)'],
  [/sand|beige/, 'light-dark(#efe6d5, #362f22)'],
  [/ember|red|orange|stove/, 'light-dark(#f4e0d8, #3b2720)'],
];

/** A picture of a product, drawn here: those of the shop are elsewhere, and this page needs no network. */
export function Picture({ name, image = '' }: { name: string; image?: string }) {
  const about = `${name} ${image.split('/').at(-1)}`.toLowerCase();
  const [, shape = BOX] = SHAPES.find(([word]) => word.test(about)) ?? [];
  const [, background = 'light-dark(#e8e8e6, #2a2b31)'] = COLOURS.find(([word]) => word.test(about)) ?? [];
  return (
    <span class="picture" style={{ background }}>
      <svg
        viewBox="0 0 48 48"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d={shape} />
      </svg>
    </span>
  );
}
