// A brush over time: how many incidents a month, and two handles between which they are shown. It stands in the address.

import { useMemo } from "preact/hooks";
import { change, address } from "./router";
import { counted, day } from "./words";

export type Range = [string, string] | null;

export function parseBrush(text: string | null): Range {
  const found = /^(\d{4}-\d{2})\.\.(\d{4}-\d{2})$/.exec(text ?? "");
  return found?.[1] && found[2] ? [found[1], found[2]] : null;
}

/** Whether something lies at least in part between the handles. What nobody dates is shown only without a brush. */
export function inBrush(brush: Range, from: string | null, to: string | null): boolean {
  if (!brush) return true;
  const [first, last] = [(from ?? to)?.slice(0, 7), (to ?? from)?.slice(0, 7)];
  return first !== undefined && last !== undefined && last >= brush[0] && first <= brush[1];
}

const next = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
};

export function Brush({ days }: { days: (string | null)[] }) {
  const months = useMemo(() => {
    const counts = new Map<string, number>();
    for (const one of days) if (one) counts.set(one.slice(0, 7), (counts.get(one.slice(0, 7)) ?? 0) + 1);
    const sorted = [...counts.keys()].sort();
    const all: [string, number][] = [];
    const last = sorted.at(-1);
    for (let month = sorted[0]; month && last && month <= last && all.length < 600; month = next(month))
      all.push([month, counts.get(month) ?? 0]);
    return all;
  }, [days]);
  if (months.length < 2) return null;
  const brush = parseBrush(address.value.params.get("brush"));
  const end = months.length - 1;
  const at = (month: string, otherwise: number) => {
    const found = months.findIndex(([one]) => one >= month);
    return found < 0 ? otherwise : found;
  };
  const from = brush ? at(brush[0], end) : 0;
  const to = brush ? Math.max(from, at(brush[1], end)) : end;
  const most = Math.max(...months.map(([, n]) => n));
  const undated = days.filter((one) => !one).length;
  const set = (a: number, b: number) => {
    const [first, last] = [months[Math.min(a, b)]?.[0], months[Math.max(a, b)]?.[0]];
    change({ brush: Math.min(a, b) === 0 && Math.max(a, b) === end ? null : `${first}..${last}` }, true);
  };
  const name = (i: number) => day(`${months[i]?.[0]}-01`).replace(/^1 /, "");
  return (
    <div class="brush">
      <svg viewBox={`0 0 ${months.length} 30`} preserveAspectRatio="none" aria-hidden="true">
        {months.map(([month, n], i) => (
          <rect
            key={month}
            x={i + 0.08}
            width={0.84}
            y={30 - (n / most) * 30}
            height={(n / most) * 30}
            class={i >= from && i <= to ? "in" : "out"}
          />
        ))}
      </svg>
      <div class="handles">
        <input
          type="range"
          min={0}
          max={end}
          value={from}
          aria-label="From which month"
          aria-valuetext={name(from)}
          onInput={(event) => set(Number(event.currentTarget.value), to)}
        />
        <input
          type="range"
          min={0}
          max={end}
          value={to}
          aria-label="To which month"
          aria-valuetext={name(to)}
          onInput={(event) => set(from, Number(event.currentTarget.value))}
        />
      </div>
      <p class="detail">
        {name(from)} to {name(to)}; incidents a month, at most {most}
        {undated ? `; ${counted(undated, "incident")} without a date, shown only without a brush` : ""}
        {brush ? (
          <button type="button" class="small" onClick={() => change({ brush: null }, true)}>
            All of it
          </button>
        ) : null}
      </p>
    </div>
  );
}
