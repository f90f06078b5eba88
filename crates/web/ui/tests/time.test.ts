import { describe, expect, test } from "vitest";
import { DAY, moment, stretch, ticks, zoomed } from "../src/time-scale";

const labels = (from: string, to: string, most = 8) =>
  ticks({ from: moment(from), to: moment(to) }, most).map((tick) => tick.label);

describe("ticks", () => {
  test("years", () =>
    expect(labels("2019-06-01", "2025-06-01")).toEqual(["2020", "2021", "2022", "2023", "2024", "2025"]));
  test("months, with the year where it begins", () =>
    expect(labels("2024-10-15", "2025-03-15")).toEqual(["Nov 2024", "Dec", "Jan 2025", "Feb", "Mar"]));
  test("days", () =>
    expect(labels("2025-10-13", "2025-10-17", 5)).toEqual(["13 Oct 2025", "14 Oct", "15 Oct", "16 Oct", "17 Oct"]));
  test("hours", () =>
    expect(labels("2025-10-15T17:30:00Z", "2025-10-15T20:30:00Z")).toEqual(["15 Oct 18:00", "19:00", "20:00"]));
  test("never more than can be read", () => {
    for (const days of [0.1, 1, 9, 80, 700, 9000])
      expect(ticks({ from: 0, to: days * DAY }, 8).length).toBeLessThanOrEqual(9);
  });
});

test("a day lasts until its end, a clock time does not", () => {
  expect(stretch("2025-10-15", "2025-10-15")).toEqual({ from: moment("2025-10-15"), to: moment("2025-10-16") });
  const at = stretch("2025-10-15T18:00:00+05:00", null);
  expect(at?.from).toBe(at?.to);
  expect(stretch(null, null)).toBeNull();
});

test("zooming stops at hours", () => {
  let view = { from: 0, to: DAY };
  for (let i = 0; i < 20; i += 1) view = zoomed(view, 0.5);
  expect(view.to - view.from).toBeGreaterThanOrEqual(3_600_000);
});
