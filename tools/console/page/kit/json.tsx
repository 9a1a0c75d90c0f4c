const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d[\d.eE+-]*)/g;

/** Characters of which keys and values are told apart; of a payload of megabytes that takes a browser minutes. */
const COLOURED = 200_000;

/** JSON with two spaces, its keys and values told apart; text that is none as it is. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: whoever has no mouse scrolls it by the keys.
    <pre class="json" tabIndex={0} role="region" aria-label={label}>
      {typeof value === 'string' || text.length > COLOURED ? text : coloured(text)}
    </pre>
  );
}

function coloured(text: string) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon = '', word] = match;
    const kind = word ? 'word' : string ? (colon ? 'key' : 'text') : 'word';
    parts.push(text.slice(at, match.index), <span class={kind}>{string ?? whole}</span>, string ? colon : '');
    at = match.index + whole.length;
  }
  return [...parts, text.slice(at)];
}
