// A course in time with what is foretold of it: observed numbers that open, then a line for the median, a dark band for half of the
// time, a pale one for nine times of ten, or the same as a bar for each month; and what came of it, hits and misses drawn alike.

import { useEffect, useRef, useState } from "preact/hooks";
import { Opening } from "./opening";
import type { Spread } from "./reckoning";
import { range } from "./words";

interface Seen {
  label: string;
  value: number | null;
  evidence: string[];
}

interface Foretold extends Spread {
  label: string;
  /** Null while nobody knows. */
  outcome?: number | null;
  /** What the outcome rests on. */
  evidence?: string[];
}

interface Props {
  seen?: Seen[];
  ahead: Foretold[];
  /** A bar for each: months of a forecast share no common path, so that nothing may join them. Days of a future do. */
  apart?: boolean;
  /** What is counted, in the plural: deaths, events. */
  of: string;
  /** The greatest number on the scale; else that of what is shown. */
  top?: number;
  height?: number;
  title: string;
}

/** Height of a chart, room for numbers at its left and for times below. */
const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 10;
const TOP = 10;
const BELOW = 24;

/** As wide as its place, so that letters are as big as elsewhere. */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, width };
}

export const isMiss = (one: Foretold): boolean =>
  one.outcome != null && (one.outcome < one.low90 || one.outcome > one.high90);

/** The greatest number of a fan. */
export const greatest = (seen: Seen[], ahead: Foretold[]): number =>
  Math.max(1, ...seen.map((one) => one.value ?? 0), ...ahead.flatMap((one) => [one.high90, one.outcome ?? 0]));

/**
 * Square roots: deaths and attacks run from nothing to hundreds, and on a straight scale the worst month leaves the others flat;
 * on a logarithmic one there is no 0.
 */
export const place = (value: number, top: number): number => Math.sqrt(Math.max(0, value) / top);

/** 0, a round number near the top, and one that stands about halfway. */
export function ticks(top: number): number[] {
  const round = Array.from({ length: 8 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
  const high = round.findLast((one) => one <= top) ?? 1;
  const middle = round.findLast((one) => one <= high / 3);
  return middle === undefined ? [0, high] : [0, middle, high];
}

export function Fan({ seen = [], ahead, apart = false, of, top: given, height = HEIGHT, title }: Props) {
  const { box, width } = useWidth();
  const top = given ?? greatest(seen, ahead);
  const n = seen.length + ahead.length;
  const step = (width - LEFT - RIGHT) / Math.max(1, n);
  const x = (at: number) => LEFT + (at + 0.5) * step;
  const y = (value: number) => TOP + (1 - place(value, top)) * (height - TOP - BELOW);
  const first = seen.length;
  const labels = [...seen, ...ahead].map(({ label }) => label);
  const every = Math.max(1, Math.ceil(58 / Math.max(1, step)));
  return (
    <div ref={box} class="fan">
      {width > 80 ? (
        <svg width={width} height={height} role="group" aria-label={title}>
          {ticks(top).map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} class="fan-grid" />
              <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end" class="fan-text">
                {range(tick, tick)}
              </text>
            </g>
          ))}
          {labels.map((label, at) =>
            at % every === 0 && x(at) < width - 24 ? (
              <text key={at} x={x(at)} y={height - 6} text-anchor="middle" class="fan-text">
                {label}
              </text>
            ) : null,
          )}
          {first > 0 && ahead.length > 0 ? (
            <line x1={x(first) - step / 2} x2={x(first) - step / 2} y1={TOP} y2={height - BELOW} class="fan-now" />
          ) : null}
          {apart ? (
            ahead.map((one, i) => <Rung key={i} one={one} x={x(first + i)} y={y} half={Math.min(9, step * 0.34)} />)
          ) : (
            <Ribbon ahead={ahead} x={(i) => x(first + i)} y={y} step={step} />
          )}
          {runs(seen).map((run) => (
            <polyline
              key={run[0]?.at}
              points={run.map((one) => `${x(one.at)},${y(one.value)}`).join(" ")}
              class="fan-seen"
            />
          ))}
          {seen.map((one, at) => (
            <SeenMark key={at} one={one} of={of} x={x(at)} y={y(one.value ?? 0)} />
          ))}
          {ahead.map((one, i) =>
            one.outcome == null ? null : (
              <Outcome key={i} one={one} of={of} x={x(first + i)} y={y(one.outcome)} evidence={one.evidence ?? []} />
            ),
          )}
        </svg>
      ) : (
        <div class="fan-room" />
      )}
    </div>
  );
}

function SeenMark({ one, of, x, y }: { one: Seen; of: string; x: number; y: number }) {
  if (one.value === null) return null;
  const words = `${one.label}: ${range(one.value, one.value)} ${of}`;
  return (
    <Opening evidence={one.evidence} words={words} reach={<circle cx={x} cy={y} r={9} class="fan-reach" />}>
      <circle cx={x} cy={y} r={3} class="fan-dot" />
    </Opening>
  );
}

/** One forecast by itself. */
function Rung({ one, x, y, half }: { one: Foretold; x: number; y: (value: number) => number; half: number }) {
  const bar = { x: x - half, width: half * 2 };
  return (
    <g>
      <rect {...bar} y={y(one.high90)} height={Math.max(1.5, y(one.low90) - y(one.high90))} class="fan-90" />
      <rect {...bar} y={y(one.high50)} height={Math.max(0, y(one.low50) - y(one.high50))} class="fan-50" />
      <line x1={x - half} x2={x + half} y1={y(one.median)} y2={y(one.median)} class="fan-median" />
    </g>
  );
}

interface RibbonProps {
  ahead: Foretold[];
  x: (at: number) => number;
  y: (value: number) => number;
  step: number;
}

/** Futures that go on from step to step. */
function Ribbon({ ahead, x, y, step }: RibbonProps) {
  const band = (low: (one: Foretold) => number, high: (one: Foretold) => number) => {
    // Half a step beyond either end, so that a single step has a band, too.
    const ends = ahead.map((one, i) => ({ at: x(i), low: y(low(one)), high: y(high(one)) }));
    const [start, last] = [ends[0], ends.at(-1)];
    if (!start || !last) return "";
    const all = [{ ...start, at: start.at - step / 2 }, ...ends, { ...last, at: last.at + step / 2 }];
    return [...all.map((end) => `${end.at},${end.high}`), ...all.reverse().map((end) => `${end.at},${end.low}`)].join(
      " ",
    );
  };
  const [only, more] = ahead;
  return (
    <>
      <polygon
        points={band(
          (one) => one.low90,
          (one) => one.high90,
        )}
        class="fan-90"
      />
      <polygon
        points={band(
          (one) => one.low50,
          (one) => one.high50,
        )}
        class="fan-50"
      />
      <polyline points={ahead.map((one, i) => `${x(i)},${y(one.median)}`).join(" ")} class="fan-median" />
      {only && !more ? (
        <line x1={x(0) - step / 2} x2={x(0) + step / 2} y1={y(only.median)} y2={y(only.median)} class="fan-median" />
      ) : null}
    </>
  );
}

/** What came of it: a ring within nine times of ten, a cross outside of them, as big as each other. */
function Outcome({
  one,
  of,
  x,
  y,
  evidence,
}: {
  one: Foretold;
  of: string;
  x: number;
  y: number;
  evidence: string[];
}) {
  const miss = isMiss(one);
  const words = `${one.label}: ${range(one.outcome, one.outcome)} ${of}, ${miss ? "outside" : "within"} ${range(one.low90, one.high90)}`;
  return (
    <Opening evidence={evidence} words={words} reach={<circle cx={x} cy={y} r={9} class="fan-reach" />}>
      {miss ? (
        <path d={`M${x - 5},${y - 5}l10,10m0,-10l-10,10`} class="fan-miss" />
      ) : (
        <circle cx={x} cy={y} r={4.5} class="fan-hit" />
      )}
    </Opening>
  );
}

/** Stretches without a gap: an unknown month is no zero. */
function runs(seen: Seen[]): { at: number; value: number }[][] {
  const all: { at: number; value: number }[][] = [[]];
  seen.forEach(({ value }, at) => {
    if (value === null) all.push([]);
    else all.at(-1)?.push({ at, value });
  });
  return all.filter((run) => run.length > 1);
}

export function FanKey({ of, outcomes = false, seen = true }: { of: string; outcomes?: boolean; seen?: boolean }) {
  return (
    <p class="detail fan-key">
      {seen ? (
        <span>
          <b class="key-dot" aria-hidden="true" /> {of} as told
        </span>
      ) : null}
      <span>
        <b class="key-line" aria-hidden="true" /> as likely more as less
      </span>
      <span>
        <b class="key-50" aria-hidden="true" /> half of the time
      </span>
      <span>
        <b class="key-90" aria-hidden="true" /> nine times of ten
      </span>
      {outcomes ? (
        <>
          <span>
            <b class="key-hit" aria-hidden="true" /> came out within it
          </span>
          <span>
            <b class="key-miss" aria-hidden="true">
              ✕
            </b>{" "}
            came out outside
          </span>
        </>
      ) : null}
      <span>The scale is of square roots, so that small numbers show beside great ones.</span>
    </p>
  );
}
