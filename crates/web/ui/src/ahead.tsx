// How far ahead is foretold: a slider whose value stands in the address once it is let go.

import { useState } from "preact/hooks";
import { change } from "./router";

interface Props {
  /** The parameter of the address. */
  name: string;
  label: string;
  value: number;
  /** What an address without the parameter means. */
  usual: number;
  least: number;
  most: number;
}

export function Ahead({ name, label, value, usual, least, most }: Props) {
  const [moved, setMoved] = useState<number | null>(null);
  const n = moved ?? value;
  return (
    <label class="leads">
      {label} <b>{n}</b>
      <input
        type="range"
        min={least}
        max={most}
        value={n}
        onInput={(event) => setMoved(Number(event.currentTarget.value))}
        onChange={(event) => {
          setMoved(null);
          const { value: chosen } = event.currentTarget;
          change({ [name]: Number(chosen) === usual ? null : chosen }, true);
        }}
      />
    </label>
  );
}
