import { describe, expect, test } from "vitest";
import { readCycles, readForecast, readForecastRecord, readWhatIf } from "../src/reckoning";
import { cycles, forecast, record, whatif } from "./reckonings.mjs";

describe("cycles", () => {
  test("the constant baseline is labelled and never alone", () => {
    const { baselines } = readCycles(cycles());
    expect(baselines.map((one) => [one.knots, one.isConstant, one.isChosen])).toEqual([
      [1, true, false],
      [2, false, false],
      [3, false, true],
      [5, false, false],
    ]);
  });

  test("an interval without an upper end stays one", () => {
    const told = cycles();
    told.entries[0].branching = { best: 0.4, low: 0.1, high: null };
    expect(readCycles(told).entries[0].branching).toEqual({ best: 0.4, low: 0.1, high: null });
    expect(readCycles(told).streams[1].half_life).toBeNull();
  });

  test("a long run that is none says why", () => {
    const told = { ...cycles(), long_run: { none: "the process never comes to rest" } };
    expect(readCycles(told).long_run).toEqual({ why: "the process never comes to rest" });
  });

  test("a report in an envelope with replies is the same report", () => {
    const { replies, unplaced, ...report } = cycles();
    expect(readCycles({ report, replies, unplaced })).toEqual(readCycles(cycles()));
  });
});

test("what is not known is null: a month before, an outcome, a chance", () => {
  const told = forecast(2);
  delete told.units[0].months[0].chance_any;
  told.units[0].past[0].deaths = null;
  const { units } = readForecast(told);
  expect([units[0].past[0].deaths, units[0].months[0].chance_any, units[1].months[0].outcome]).toEqual([
    null,
    null,
    null,
  ]);
});

test("the record keeps misses as it keeps hits", () => {
  const read = readForecastRecord(record());
  expect(read.forecasts).toHaveLength(180);
  expect(read.forecasts.filter((one) => one.outcome !== null && one.outcome > one.high90).length).toBeGreaterThan(0);
  expect([read.pit.length, read.coverage.length, read.scores?.n]).toEqual([10, 4, 180]);
  expect(readForecastRecord({})).toEqual({ forecasts: [], scores: null, pit: [], coverage: [] });
});

describe("what if", () => {
  test("assumed and estimated are told apart; what says neither is assumed", () => {
    const told = whatif(["a::ceasefire:14d=0.1..0.4+talks:PAK-AFG"]);
    delete told.packages[0].levers[0].label;
    const levers = readWhatIf(told).packages[0].levers;
    expect(levers.map((one) => [one.isAssumed, one.label])).toEqual([
      [true, "assumed"],
      [false, "estimated from 9 episodes"],
    ]);
  });

  test("no lever may come as a list or as streams; an analyst may be of no side", () => {
    const told = whatif();
    const read = readWhatIf({ ...told, no_lever: { streams: told.no_lever } });
    expect(read.no_lever).toEqual(readWhatIf(told).no_lever);
    expect(read.experts.map((one) => one.agrees)).toEqual([false, null]);
    expect(read.analytic).toEqual([{ stream: "PAK → TTP", per_day: 0.37 }, null]);
  });
});

test.each([readCycles, readForecast, readForecastRecord, readWhatIf])(
  "%o: an answer of no known form says so",
  (read) => {
    expect(() => read("<html>")).toThrow(/form that this page knows/);
  },
);
