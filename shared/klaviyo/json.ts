/** Where a request in bulk has its entries: `data.attributes["events-bulk-create"].data`. */
const LEVELS = 4;

/**
 * Returns a value as JSON in UTF-8, the entries of a list written one by one: one text of megabytes takes more memory and time
 * (`docs/performance.md`).
 */
export const toJsonBytes = (value: unknown): Buffer =>
  Buffer.concat(piecesOf(value, LEVELS).map((piece) => Buffer.from(piece)));

function piecesOf(value: unknown, levels: number): string[] {
  if (Array.isArray(value))
    return listed(
      '[',
      value.map((entry) => [JSON.stringify(entry) ?? 'null']),
      ']',
    );
  if (levels === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) return [JSON.stringify(value)];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return listed(
    '{',
    members.map(([name, member]) => [`${JSON.stringify(name)}:`, ...piecesOf(member, levels - 1)]),
    '}',
  );
}

const listed = (open: string, entries: string[][], close: string): string[] => [
  open,
  ...entries.flatMap((pieces, index) => (index === 0 ? pieces : [',', ...pieces])),
  close,
];
