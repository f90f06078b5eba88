// Where events stand in lanes: one lane a party, rows within a lane so that marks do not lie on one another.

import type { TimelineAnswer, TimelineEvent } from "./answers";
import { type Stretch, stretch } from "./time-scale";

/** The lane of those whom nobody names. */
export const UNNAMED = "?";

export interface Lane {
  id: string;
  name: string;
  top: number;
  height: number;
}

export interface Mark {
  event: TimelineEvent;
  when: Stretch;
  x0: number;
  x1: number;
  /** Where the mark stands: the middle of what is known. */
  x: number;
  y: number;
  size: number;
  /** Middles of the lanes of those to whom it was done. */
  to: number[];
}

export interface Layout {
  lanes: Lane[];
  marks: Mark[];
  height: number;
  undated: number;
  /** Events of parties whose lanes are not shown. */
  elsewhere: number;
  /** Events in sight that are not drawn, since there are too many: the least grave. */
  left: number;
}

/** More marks than this are no picture, and slow. */
const DRAWN = 1200;

const ROW = 20;
const PAD = 9;

export function layout(answer: TimelineAnswer, shown: number, view: Stretch, width: number): Layout {
  const named = answer.lanes.slice(0, shown);
  const order = [...named.map((lane) => lane.id), UNNAMED];
  const x = (at: number) => ((at - view.from) / (view.to - view.from)) * width;
  let [undated, elsewhere] = [0, 0];
  const placed: {
    event: TimelineEvent;
    when: Stretch;
    lane: string;
    x0: number;
    x1: number;
    x: number;
    size: number;
    row: number;
  }[] = [];
  for (const event of answer.events) {
    const when = stretch(event.from, event.to);
    if (!when) {
      undated += 1;
      continue;
    }
    const lane = event.actor.length ? event.actor.find((key) => order.includes(key)) : UNNAMED;
    if (
      lane === undefined ||
      (lane === UNNAMED && event.actor.length === 0 && !event.recipient.some((key) => order.includes(key)))
    ) {
      elsewhere += 1;
      continue;
    }
    const [x0, x1] = [x(when.from), x(when.to)];
    if (x1 < -20 || x0 > width + 20) continue;
    const dead = event.dead_low ?? event.dead_high;
    const size = dead === null ? 4 : Math.min(9.5, 4 + Math.sqrt(dead) * 0.6);
    // The mark stays in sight as long as any of its stretch is.
    const middle = (Math.max(x0, 0) + Math.min(x1, width)) / 2;
    placed.push({ event, when, lane, x0, x1, x: middle, size, row: 0 });
  }
  const left = Math.max(0, placed.length - DRAWN);
  if (left > 0) placed.sort((a, b) => b.size - a.size).splice(DRAWN);
  placed.sort((a, b) => a.x - b.x || a.event.id.localeCompare(b.event.id));
  const ends = new Map<string, number[]>();
  for (const one of placed) {
    const rows = ends.get(one.lane) ?? [];
    let row = rows.findIndex((end) => end <= one.x - one.size - 1);
    if (row < 0) row = rows.length < 5 ? rows.length : rows.indexOf(Math.min(...rows));
    rows[row] = one.x + one.size + 1;
    one.row = row;
    ends.set(one.lane, rows);
  }
  const lanes: Lane[] = [];
  let top = 0;
  for (const id of order) {
    const rows = ends.get(id)?.length ?? 0;
    if (id === UNNAMED && rows === 0) continue;
    const height = Math.max(1, rows) * ROW + PAD * 2;
    lanes.push({
      id,
      name: id === UNNAMED ? "not named" : (answer.lanes.find((lane) => lane.id === id)?.name ?? id),
      top,
      height,
    });
    top += height;
  }
  const laneOf = new Map(lanes.map((lane) => [lane.id, lane]));
  const marks = placed.flatMap((one): Mark[] => {
    const lane = laneOf.get(one.lane);
    if (!lane) return [];
    const to = one.event.recipient.flatMap((key) => {
      const there = laneOf.get(key);
      return there && key !== one.lane ? [there.top + there.height / 2] : [];
    });
    return [
      {
        event: one.event,
        when: one.when,
        x0: one.x0,
        x1: one.x1,
        x: one.x,
        y: lane.top + PAD + ROW / 2 + one.row * ROW,
        size: one.size,
        to,
      },
    ];
  });
  return { lanes, marks, height: top, undated, elsewhere, left };
}
