// The world in the bundle: land, borders, names of countries, from Natural Earth at 1:50 million. Fetched once, from ourselves.

import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import worldUrl from "world-atlas/countries-50m.json?url";
import { borders } from "./borders";

export interface Base {
  land: FeatureCollection;
  settled: Feature;
  disputed: Feature;
  names: FeatureCollection;
}

let base: Promise<Base> | null = null;

export function loadBase(): Promise<Base> {
  base ??= fetch(worldUrl)
    .then((response) => response.json() as Promise<Topology>)
    .then(prepare)
    .catch((error: unknown) => {
      base = null;
      throw error;
    });
  return base;
}

function prepare(world: Topology): Base {
  const countries = world.objects.countries as GeometryCollection<{ name: string }>;
  const land = feature(world, countries) as FeatureCollection<Polygon | MultiPolygon, { name: string }>;
  for (const country of land.features) {
    const polygons =
      country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
    for (const polygon of polygons) for (const ring of polygon) unwrap(ring);
  }
  const { settled, disputed } = borders(world, countries);
  const lines = (coordinates: Position[][]): Feature => ({
    type: "Feature",
    properties: {},
    geometry: { type: "MultiLineString", coordinates },
  });
  const names = land.features.flatMap((country) => {
    const ring = largest(country.geometry);
    if (!ring) return [];
    const { at, area } = middle(ring);
    const name: Feature = {
      type: "Feature",
      properties: { name: country.properties.name, rank: -area },
      geometry: { type: "Point", coordinates: at },
    };
    return [name];
  });
  return {
    land,
    settled: lines(settled),
    disputed: lines(disputed),
    names: { type: "FeatureCollection", features: names },
  };
}

/** Where a ring crosses the 180th meridian it goes on beyond it, instead of leaping around the world. */
function unwrap(ring: Position[]): void {
  let turn = 0;
  let before = ring[0]?.[0] ?? 0;
  for (const point of ring) {
    const lon = point[0] ?? 0;
    if (lon - before > 180) turn -= 360;
    else if (lon - before < -180) turn += 360;
    before = lon;
    point[0] = lon + turn;
  }
  const [first, last] = [ring[0], ring.at(-1)];
  // Around the pole: down to the edge of the map, and back.
  if (turn !== 0 && first && last) ring.push([last[0] ?? 0, -89], [first[0] ?? 0, -89], [first[0] ?? 0, first[1] ?? 0]);
}

function largest(geometry: Polygon | MultiPolygon): Position[] | null {
  const rings =
    geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
  let best: Position[] | null = null;
  let most = -1;
  for (const ring of rings) {
    if (!ring) continue;
    const { area } = middle(ring);
    if (area > most) [best, most] = [ring, area];
  }
  return best;
}

/** Centre of gravity and size of a ring, in degrees: good enough to write a name. */
function middle(ring: Position[]): { at: Position; area: number } {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  return { at: twice ? [x / (3 * twice), y / (3 * twice)] : (ring[0] ?? [0, 0]), area: Math.abs(twice / 2) };
}
