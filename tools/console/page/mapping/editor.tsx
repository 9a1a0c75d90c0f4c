import { useId, useRef } from 'preact/hooks';
import type { MappingProblem } from '../../api.ts';
import { countOf } from '../kit/format.ts';
import { lineOf, linesOf } from './json-lines.ts';

interface Props {
  label: string;
  value: string;
  problems: readonly MappingProblem[];
  onInput(value: string): void;
}

/** A text of JSON with its lines counted, and what is wrong beside the lines that it is about. */
export function Editor({ label, value, problems, onInput }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const drawn = useRef<HTMLDivElement>(null);
  const texts = value.split('\n');
  const found = linesOf(value);
  const placed = problems.map((problem) => ({ ...problem, line: problem.line ?? lineOf(found, pathOf(problem)) }));
  const byLine = Map.groupBy(placed, ({ line }) => line);

  /** Marks a line, or the character of it that is wrong. */
  function goTo(line: number, column?: number): void {
    const start = texts.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const [from, length] = column === undefined ? [start, texts[line - 1]?.length ?? 0] : [start + column - 1, 1];
    area.current?.focus();
    area.current?.setSelectionRange(from, from + length);
  }

  return (
    <div class="editor card">
      <header>
        <h2 id={`${id}-label`}>{label}</h2>
        <span class={`small ${problems.length > 0 ? 'bad' : 'soft'}`}>
          {problems.length > 0 ? countOf(problems.length, 'problem') : 'as it should be'}
        </span>
      </header>
      <div class="text">
        <div ref={drawn} class="drawn" aria-hidden="true">
          {texts.map((text, index) => {
            const wrong = byLine.get(index + 1);
            return (
              <div key={index} class={wrong ? 'wrong' : ''}>
                <span class="count">{index + 1}</span>
                <span class="ghost">{text}</span>
                {wrong && <span class="said">{wrong.map(({ message }) => message).join('; ')}</span>}
              </div>
            );
          })}
        </div>
        <textarea
          ref={area}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-problems`}
          aria-invalid={problems.length > 0}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          wrap="off"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          onScroll={({ currentTarget: { scrollTop, scrollLeft } }) => {
            if (drawn.current) drawn.current.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
          }}
        />
      </div>
      <ul id={`${id}-problems`} class="problems">
        {placed.map(({ line, column, path, message }) => (
          <li key={`${line} ${path} ${message}`}>
            <button type="button" onClick={() => goTo(line, column)}>
              <span class="soft">
                line {line}
                {column !== undefined && `, column ${column}`}
              </span>{' '}
              {path && <code>{path}</code>} <span class="bad">{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where a problem is: a key that is too many is named in the message only. */
function pathOf({ path, message }: MappingProblem): string {
  const [, key] = /^Unrecognized key[^"]*"([^"]+)"/.exec(message) ?? [];
  return [path, key].filter(Boolean).join('.');
}
