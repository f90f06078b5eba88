// What was counted, period by period, as bars that open what they rest on; and as a line what happens by itself, as the model has it.

import { place, ticks, useWidth } from "./fan";
import { Opening } from "./opening";
import { amount } from "./reckoned";
import type { CycleStream, Period } from "./reckoning";
import { range } from "./words";

const [LEFT, RIGHT, TOP, BELOW, HEIGHT] = [36, 6, 8, 22, 120];

/** The greatest number of a stream, on which its scale rests. */
const greatest = ({ periods }: CycleStream): number =>
  Math.max(1, ...periods.map(({ events, by_itself }) => Math.max(events ?? 0, by_itself ?? 0)));

export function OverTime({ streams }: { streams: CycleStream[] }) {
  const dated = streams.filter(({ periods }) => periods.length > 0);
  if (dated.length === 0) return null;
  const top = Math.max(...dated.map(greatest));
  return (
    <section>
      <h2>
        What was counted <span class="detail">each bar opens what it rests on</span>
      </h2>
      {dated.map((stream) => (
        <figure key={stream.name} class="over-time">
          <figcaption>{stream.name}</figcaption>
          <Bars stream={stream} top={top} />
        </figure>
      ))}
      <p class="detail fan-key">
        <span>
          <b class="key-bar" aria-hidden="true" /> counted
        </span>
        <span>
          <b class="key-line" aria-hidden="true" /> happens by itself, as the model has it
        </span>
        <span>
          <b class="key-gap" aria-hidden="true" /> not observed
        </span>
        <span>One scale for all, of square roots.</span>
      </p>
    </section>
  );
}

function Bars({ stream: { name, periods }, top }: { stream: CycleStream; top: number }) {
  const { box, width } = useWidth();
  const step = (width - LEFT - RIGHT) / periods.length;
  const x = (at: number) => LEFT + at * step;
  const y = (value: number) => TOP + (1 - place(value, top)) * (HEIGHT - TOP - BELOW);
  const every = Math.max(1, Math.ceil(64 / step));
  const line = periods.flatMap(({ by_itself }, at) =>
    by_itself === null ? [] : [`${x(at) + step / 2},${y(by_itself)}`],
  );
  return (
    <div ref={box} class="fan">
      {width > 80 ? (
        <svg width={width} height={HEIGHT} role="group" aria-label={`${name}, counted ${periods.length} times in a row`}>
          {ticks(top).map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} class="fan-grid" />
              <text x={LEFT - 5} y={y(tick) + 4} text-anchor="end" class="fan-text">
                {range(tick, tick)}
              </text>
            </g>
          ))}
          {periods.map((one, at) => (
            <Bar key={one.label} one={one} name={name} x={x(at)} wide={step} y={y(one.events ?? 0)} />
          ))}
          <polyline points={line.join(" ")} class="fan-median" />
          {periods.map(({ label }, at) =>
            at % every === 0 && x(at) < width - 40 ? (
              <text key={label} x={x(at)} y={HEIGHT - 5} class="fan-text">
                {label}
              </text>
            ) : null,
          )}
        </svg>
      ) : (
        <div class="over-time-room" />
      )}
    </div>
  );
}

function Bar({ one, name, x, wide, y }: { one: Period; name: string; x: number; wide: number; y: number }) {
  const floor = HEIGHT - BELOW;
  if (one.events === null)
    return (
      <rect x={x} width={wide} y={TOP} height={floor - TOP} class="not-observed">
        <title>{one.label}: not observed</title>
      </rect>
    );
  const words = `${name}, ${one.label}: ${amount(one.events)} events${
    one.by_itself === null ? "" : `, of which ${amount(one.by_itself)} happen by themselves as the model has it`
  }`;
  const inset = Math.min(1, wide * 0.1);
  const bar = (
    <rect x={x + inset} width={Math.max(0.5, wide - 2 * inset)} y={y} height={Math.max(0, floor - y)} class="counted" />
  );
  return (
    <Opening
      evidence={one.events === 0 ? [] : one.evidence}
      words={words}
      reach={<rect x={x} width={wide} y={TOP} height={floor - TOP} class="fan-reach" />}
    >
      {bar}
    </Opening>
  );
}
