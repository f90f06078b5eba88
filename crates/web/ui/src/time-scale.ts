// Time on a line: from years to hours. Moments are milliseconds of UTC; a day without an hour lasts until its end.

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Stretch {
  from: number;
  to: number;
}

/** The stretch that two ends of a record cover; null where neither is said. */
export function stretch(from: string | null, to: string | null): Stretch | null {
  const [a, b] = [from ?? to, to ?? from];
  if (!a || !b) return null;
  const begin = moment(a);
  const end = moment(b) + (b.length <= 10 ? DAY : 0);
  return Number.isFinite(begin) && Number.isFinite(end) ? { from: begin, to: Math.max(end, begin) } : null;
}

export const moment = (when: string): number => Date.parse(when.length <= 10 ? `${when}T00:00:00Z` : when);

export const iso = (at: number): string => new Date(at).toISOString();

export interface Tick {
  at: number;
  label: string;
  /** The first of its year, month or day: drawn stronger. */
  strong: boolean;
}

const MONTH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

type Step = { days?: number; months?: number; hours?: number };

const STEPS: Step[] = [
  { hours: 1 },
  { hours: 3 },
  { hours: 6 },
  { hours: 12 },
  { days: 1 },
  { days: 2 },
  { days: 7 },
  { days: 14 },
  { months: 1 },
  { months: 2 },
  { months: 3 },
  { months: 6 },
  { months: 12 },
  { months: 24 },
  { months: 60 },
  { months: 120 },
];

const length = (step: Step) => (step.hours ?? 0) * HOUR + (step.days ?? 0) * DAY + (step.months ?? 0) * 30.44 * DAY;

/** Ticks for a stretch, about so many at most. */
export function ticks({ from, to }: Stretch, most: number): Tick[] {
  const step = STEPS.find((one) => (to - from) / length(one) <= most) ?? { months: 240 };
  const all: Tick[] = [];
  for (let at = floor(from, step); at <= to && all.length < 400; at = next(at, step)) {
    if (at >= from) all.push({ at, ...label(at, step, all.length === 0) });
  }
  return all;
}

function floor(at: number, step: Step): number {
  const date = new Date(at);
  if (step.months) {
    const month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / step.months) * step.months;
    return Date.UTC(Math.floor(month / 12), month % 12, 1);
  }
  // Weeks begin on Monday; day 0 of the epoch was a Thursday.
  const size = length(step);
  const shift = size % (7 * DAY) === 0 ? 4 * DAY : 0;
  return Math.floor((at - shift) / size) * size + shift;
}

function next(at: number, step: Step): number {
  if (!step.months) return at + length(step);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step.months, 1);
}

function label(at: number, step: Step, first: boolean): { label: string; strong: boolean } {
  const date = new Date(at);
  const [year, month, day, hour] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
  if (step.hours) {
    const strong = hour === 0;
    return {
      label:
        strong || first
          ? `${day} ${MONTH[month]} ${String(hour).padStart(2, "0")}:00`
          : `${String(hour).padStart(2, "0")}:00`,
      strong,
    };
  }
  if (step.days) {
    const strong = day <= step.days && step.days <= 7;
    return { label: `${day} ${MONTH[month]}${first || (month === 0 && day <= step.days) ? ` ${year}` : ""}`, strong };
  }
  const strong = month === 0;
  return {
    label: (step.months ?? 0) >= 12 ? String(year) : `${MONTH[month]}${strong || first ? ` ${year}` : ""}`,
    strong,
  };
}

/** The stretch made shorter or longer around a share of it, between an hour and two centuries. */
export function zoomed({ from, to }: Stretch, factor: number, around = 0.5): Stretch {
  const wide = Math.min(Math.max((to - from) * factor, 2 * HOUR), 200 * 365 * DAY);
  const centre = from + (to - from) * around;
  return { from: centre - wide * around, to: centre + wide * (1 - around) };
}

export function panned({ from, to }: Stretch, share: number): Stretch {
  const by = (to - from) * share;
  return { from: from + by, to: to + by };
}
