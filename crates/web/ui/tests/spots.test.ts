import { expect, test } from "vitest";
import type { MapFeature } from "../src/answers";
import { circle, dots, rings, spots } from "../src/world/spots";

function placed(
  precision: string | null,
  radius_km: number | null,
  more: Partial<MapFeature["properties"]> = {},
): MapFeature {
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [69.3, 32.5] },
    properties: {
      id: "inc_1",
      type: "ASSAULT",
      quad: "material_conflict",
      from: null,
      to: null,
      precision,
      radius_km,
      place: "Barmal",
      dead_low: null,
      dead_high: null,
      standing: "reported",
      actor: [],
      recipient: [],
      claimants: [],
      words: "",
      ...more,
    },
  };
}

test.each(["admin2", "admin1", "border", "country", "region", null])(
  "what is known to the %s is a ring, never a dot",
  (precision) => {
    const all = spots([placed(precision, null)]);
    expect(dots(all).features).toHaveLength(0);
    expect(rings(all).features).toHaveLength(1);
  },
);

test.each(["point", "settlement"])("what is known to the %s is a dot", (precision) => {
  const all = spots([placed(precision, 6)]);
  expect(dots(all).features).toHaveLength(1);
  expect(rings(all).features).toHaveLength(0);
});

test("a dot where nobody gives a number is small, and bigger the more dead are given", () => {
  const size = (dead_low: number | null) =>
    dots(spots([placed("point", null, { dead_low })])).features[0]?.properties?.size as number;
  expect(size(null)).toBeLessThan(size(10));
  expect(size(10)).toBeLessThan(size(100));
});

test("one place at two precisions is two marks; two incidents of one precision share one", () => {
  expect(spots([placed("settlement", null), placed("admin2", 25)])).toHaveLength(2);
  expect(spots([placed("admin2", 25), placed("admin2", 25, { id: "inc_2" })])).toHaveLength(1);
});

test("a ring is as wide as its radius", () => {
  const [north] = circle(69.3, 32.5, 111.2).coordinates[0] ?? [];
  expect(north?.[1]).toBeCloseTo(33.5, 1);
});
