import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './button.tsx';
import { tellFailure } from './tell.ts';

interface Props {
  title: string;
  /** What the button says that does it. */
  action: string;
  look?: 'first' | 'harsh';
  onClose: () => void;
  /** Gets the fields by their names; a failure is told, and the dialog stays. */
  onSubmit: (fields: FormData) => Promise<unknown>;
  children: ComponentChildren;
}

/** A question over the page, which Esc closes. */
export function Dialog({ title, action, look = 'first', onClose, onSubmit, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  async function submit(form: HTMLFormElement): Promise<void> {
    try {
      await onSubmit(new FormData(form));
      onClose();
    } catch (error) {
      tellFailure(error);
    }
  }
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <div class="row end">
          <Button onPress={onClose}>Cancel</Button>
          <button type="submit" class={`button ${look}`}>
            {action}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface FieldProps {
  label: string;
  name: string;
  value?: string | number;
  /** Which keys a phone offers. */
  mode?: 'text' | 'email' | 'tel' | 'decimal' | 'numeric';
  hint?: string;
}

/** A field of a form, empty for what is to be chosen. */
export function Field({ label, name, value, mode = 'text', hint }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        name={name}
        type="text"
        inputMode={mode}
        defaultValue={value?.toString()}
        placeholder={hint}
      />
    </div>
  );
}

interface ChoiceProps extends Pick<FieldProps, 'label' | 'name' | 'value'> {
  choices: readonly { key: string; name: string }[];
}

/** A choice in a form, of one or of none. */
export function Choice({ label, name, value = '', choices }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" name={name}>
        {[{ key: '', name: 'none' }, ...choices].map((choice) => (
          <option key={choice.key} value={choice.key} selected={choice.key === value}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What was typed into a field; undefined when it is empty. */
export function typed(fields: FormData, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A number that was typed; undefined when the field is empty. Throws when it is none, in words that may be shown. */
export function typedNumber(fields: FormData, name: string): number | undefined {
  const text = typed(fields, name);
  if (text === undefined) return undefined;
  const number = Number(text.replace(',', '.'));
  if (!Number.isFinite(number) || number < 0) throw new Error(`${text} is no amount.`);
  return number;
}
