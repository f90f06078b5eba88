import { afterEach, expect, test } from "vitest";
import { openArchive } from "../src/world/archive";
import { style } from "../src/world/look";
import { MVT, PNG, archive, serveArchive, vectorTile } from "./archive.mjs";

const SQUARE = [
  [0, 0],
  [4096, 0],
  [4096, 4096],
  [0, 4096],
];
const tile = vectorTile([{ name: "earth", features: [{ areas: [SQUARE], tags: { kind: "earth" } }] }]);
const whole = { z: 0, x: 0, y: 0 };

let served = null;
afterEach(() => served?.close());
async function opened(bytes) {
  served = await serveArchive(bytes);
  return openArchive(served.url);
}

test("a vector archive in Protomaps' layers is drawn beneath ours, with whom it is owed to", async () => {
  const metadata = {
    vector_layers: [{ id: "earth" }, { id: "water" }, { id: "roads" }],
    attribution: '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>',
  };
  const found = await opened(archive({ type: MVT, tiles: [{ ...whole, bytes: tile }], metadata }));
  expect([found.kind, found.maxZoom]).toEqual(["vector", 0]);
  expect(found.attribution).toContain("© OpenStreetMap");
  const bytes = (await found.tiles.getZxy(0, 0, 0)).data;
  expect(Buffer.from(bytes)).toEqual(tile);

  const none = { type: "FeatureCollection", features: [] };
  const line = { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: [] } };
  const base = { land: none, settled: line, disputed: line, names: none };
  for (const dark of [false, true]) {
    const ids = style(base, dark, found).layers.map(({ id }) => id);
    const at = (id) => ids.indexOf(id);
    expect(at("land")).toBeLessThan(at("tiles-earth"));
    expect(at("tiles-borders")).toBeLessThan(at("disputed"));
    expect(at("tiles-towns")).toBeLessThan(at("rings"));
    expect(ids.some((id) => /poi|building/.test(id))).toBe(false);
    expect(style(base, dark).layers.some(({ id }) => id.startsWith("tiles"))).toBe(false);
  }
});

test("pictures are drawn as they are", async () => {
  const found = await opened(archive({ type: PNG, tiles: [{ ...whole, bytes: Buffer.from("png") }] }));
  expect([found.kind, found.attribution]).toEqual(["raster", null]);
});

test("what cannot be drawn says why", async () => {
  const metadata = { vector_layers: [{ id: "transportation" }, { id: "landcover" }] };
  await expect(opened(archive({ type: MVT, tiles: [{ ...whole, bytes: tile }], metadata }))).rejects.toThrow(
    /transportation, landcover.*Protomaps/,
  );
  await expect(opened(archive({ type: 0, tiles: [{ ...whole, bytes: tile }] }))).rejects.toThrow(/neither vector/);
  await expect(opened(Buffer.from("SQLite format 3".padEnd(400)))).rejects.toThrow(/could not be read/);
});
