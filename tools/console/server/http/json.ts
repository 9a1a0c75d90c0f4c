/** What of a text is not JSON, in words, and where, from 1. */
export interface JsonFault {
  message: string;
  line: number;
  column: number;
}

/** Returns the value of a JSON text, or what is wrong with it. */
export function parseJson(text: string): { value: unknown } | { fault: JsonFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: faultOf(error instanceof Error ? error.message : '', text) };
  }
}

function faultOf(said: string, text: string): JsonFault {
  // Of a word such as NaN the message is the text itself.
  const words = /^(?!["[])[^"]*?(?= in JSON at position| at position|, "|, \.\.\.| is not valid JSON|$)/.exec(
    said,
  )?.[0];
  const before = text.slice(0, Number(/at position (\d+)/.exec(said)?.[1] ?? positionOf(text))).split('\n');
  return {
    message: `not JSON: ${words || 'Unexpected word'}`,
    ...{ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  };
}

/** Returns where a text stops being the beginning of JSON. V8 says it in most of its messages, which is faster by far. */
function positionOf(text: string): number {
  if (mayGoOn(text)) return text.length;
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether a text is JSON, or what lacks is at its end. */
function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(said)?.[1];
    return /end of JSON|Unterminated string/.test(said) || Number(position) >= text.length;
  }
}

/** Where a fault is, in words. */
export const placeOf = ({ line, column }: JsonFault): string => `line ${line}, column ${column}`;
