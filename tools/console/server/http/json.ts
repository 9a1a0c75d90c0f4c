/** What of a text is not JSON, in words, and where: from 1; undefined where the parser does not say. */
export interface JsonFault {
  message: string;
  line?: number;
  column?: number;
}

/** Returns the value of a JSON text, or what is wrong with it. */
export function parseJson(text: string): { value: unknown } | { fault: JsonFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: faultOf(error instanceof Error ? error.message : '', text) };
  }
}

/** V8 says a position in most messages, and quotes the text in others. */
function faultOf(said: string, text: string): JsonFault {
  const [words = ''] = said.split(/ in JSON at position | is not valid JSON/);
  const message = `not JSON: ${words.replace(/, ("|\.\.\.).*$/s, '')}`;
  const position = said.match(/at position (\d+)/)?.[1] ?? (said.includes('end of JSON') ? text.length : undefined);
  if (position === undefined) return { message };
  const before = text.slice(0, Number(position)).split('\n');
  return { message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where a fault is, in words; undefined where that is not known. */
export const placeOf = ({ line, column }: JsonFault): string | undefined =>
  line === undefined ? undefined : `line ${line}, column ${column}`;
