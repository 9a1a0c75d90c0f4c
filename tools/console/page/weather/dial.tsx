import { useId } from 'preact/hooks';

interface Props {
  label: string;
  /** What the dial can be set to. */
  stops: readonly number[];
  value: number;
  /** A value in plain words. */
  wordsOf(value: number): string;
  onChange(value: number): void;
}

/** A slider over some values, which says in words what it is set to. */
export function Dial({ label, stops, value, wordsOf, onChange }: Props) {
  const id = useId();
  const distances = stops.map((stop) => Math.abs(stop - value));
  const at = distances.indexOf(Math.min(...distances));
  const words = wordsOf(value);
  return (
    <div class="dial">
      <label for={id}>{label}</label>
      <output for={id} class={value === stops[0] ? 'soft' : 'set'}>
        {words}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        style={{ '--at': `${(at / (stops.length - 1)) * 100}%` }}
        aria-valuetext={words}
        onInput={({ currentTarget }) => onChange(stops[Number(currentTarget.value)] ?? value)}
      />
    </div>
  );
}

/** A switch, which says what is on. */
export const Switch = ({
  label,
  isOn,
  onChange,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) => (
  <label class="switch">
    <span>{label}</span>
    <input
      type="checkbox"
      role="switch"
      checked={isOn}
      aria-checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  </label>
);
