import { describe, expect, test } from "vitest";
import { day, modelName, modelsNamed, period, range } from "../src/words";

describe("numbers that are known within bounds", () => {
  test.each<[number | null, number | null, string]>([
    [null, null, "not said"],
    [0, 0, "0"],
    [46, 46, "46"],
    [20, 25, "20–25"],
    [10, null, "at least 10"],
    [null, 5, "at most 5"],
    [1200, 1200, "1,200"],
  ])("%s to %s", (low, high, words) => {
    expect(range(low, high)).toBe(words);
  });
});

test("days and periods", () => {
  expect(day(null)).toBe("not said");
  expect(day("2024-12-25")).toBe("25 December 2024");
  expect(day("2025-10-15T18:00:00+05:00", false)).toBe("15 October 2025, 18:00");
  expect(period("2025-10-11", "2025-10-12", true)).toBe("11 Oct to 12 Oct 2025");
  expect(period("2024-12-31", "2025-01-01", true)).toBe("31 Dec 2024 to 1 Jan 2025");
  expect(period(null, "2025-01-01", true)).toBe("until 1 Jan 2025");
});

test("forecasters have names, also in a sentence of the server; an unknown one keeps its code", () => {
  expect([modelName("zero"), modelName("weighted_12")]).toEqual(["nobody dies", "weighted_12"]);
  expect(modelsNamed("held out, stack was worse than last_poisson (mean CRPS 2.00)")).toBe(
    "held out, “our forecaster (a weighted stack)” was worse than “as last month” (mean CRPS 2.00)",
  );
});
