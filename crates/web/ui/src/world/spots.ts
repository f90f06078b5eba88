// Incidents as marks on a map: a place known to the town is a dot; one known to the district or worse is a ring as wide as what
// is not known, never a dot. Incidents of one place and precision share a mark.

import type { Feature, FeatureCollection, Polygon, Position } from "geojson";
import type { MapFeature } from "../answers";

export interface Spot {
  key: string;
  lon: number;
  lat: number;
  place: string | null;
  precision: string | null;
  /** Of the ring; null for a dot. */
  radius_km: number | null;
  incidents: MapFeature["properties"][];
}

/** What a precision means where no radius is given. */
const RADIUS_KM: Record<string, number> = { admin2: 40, border: 60, admin1: 120, region: 250, country: 400 };

export function spots(features: MapFeature[]): Spot[] {
  const all = new Map<string, Spot>();
  for (const { geometry, properties } of features) {
    if (!geometry) continue;
    const [lon, lat] = geometry.coordinates;
    const exact = properties.precision === "point" || properties.precision === "settlement";
    const radius_km = exact ? null : (properties.radius_km ?? RADIUS_KM[properties.precision ?? ""] ?? 100);
    const key = `${lon.toFixed(3)} ${lat.toFixed(3)} ${radius_km}`;
    const spot = all.get(key) ?? {
      key,
      lon,
      lat,
      place: properties.place,
      precision: properties.precision,
      radius_km,
      incidents: [],
    };
    spot.incidents.push(properties);
    all.set(key, spot);
  }
  return [...all.values()];
}

/** Least dead of the gravest incident there; null where none gives a number. */
export function gravest(spot: Spot): number | null {
  const dead = spot.incidents.flatMap((one) => one.dead_low ?? one.dead_high ?? []);
  return dead.length ? Math.max(...dead) : null;
}

/** Which of the four quarters most of a spot's incidents fall in. */
function quad(spot: Spot): string {
  const counts = new Map<string, number>();
  for (const { quad: one } of spot.incidents) counts.set(one ?? "none", (counts.get(one ?? "none") ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "none";
}

/** Dots: radius in pixels by the gravest, so that area goes with the dead. */
export function dots(all: Spot[]): FeatureCollection {
  const features = all
    .filter((spot) => spot.radius_km === null)
    .map((spot): Feature => {
      const dead = gravest(spot);
      return {
        type: "Feature",
        geometry: { type: "Point", coordinates: [spot.lon, spot.lat] },
        properties: { ...marks(spot), size: dead === null ? 5 : Math.min(28, 5 + Math.sqrt(dead) * 1.6) },
      };
    })
    .sort((a, b) => (b.properties?.size ?? 0) - (a.properties?.size ?? 0));
  return { type: "FeatureCollection", features };
}

/** Rings: as wide as the place may be. */
export function rings(all: Spot[]): FeatureCollection {
  const features = all
    .filter((spot) => spot.radius_km !== null)
    .sort((a, b) => (b.radius_km ?? 0) - (a.radius_km ?? 0))
    .map(
      (spot): Feature => ({
        type: "Feature",
        geometry: circle(spot.lon, spot.lat, spot.radius_km ?? 0),
        properties: { ...marks(spot), wide: (spot.radius_km ?? 0) > 150 },
      }),
    );
  return { type: "FeatureCollection", features };
}

/** Labels at the top of rings and on dots: how many, and a cross where somebody involved denies. */
export function labels(all: Spot[]): FeatureCollection {
  const features = all.map((spot): Feature => {
    const ring = spot.radius_km !== null;
    const top = ring ? circle(spot.lon, spot.lat, spot.radius_km ?? 0).coordinates[0]?.[0] : null;
    return {
      type: "Feature",
      geometry: { type: "Point", coordinates: top ?? [spot.lon, spot.lat] },
      properties: { ...marks(spot), ring },
    };
  });
  return { type: "FeatureCollection", features };
}

function marks(spot: Spot) {
  const disputed = spot.incidents.some((one) => one.standing === "disputed" || one.standing === "denied");
  const n = spot.incidents.length;
  return { key: spot.key, quad: quad(spot), n, label: `${n > 1 ? n : ""}${disputed ? "✕" : ""}` };
}

/** A circle on the globe, from its north on. */
export function circle(lon: number, lat: number, radius_km: number): Polygon {
  const points: Position[] = [];
  const angle = radius_km / 6371;
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  for (let step = 0; step <= 72; step += 1) {
    const bearing = (step / 72) * 2 * Math.PI;
    const y = Math.asin(Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing));
    const x =
      lambda +
      Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * Math.sin(y));
    points.push([(x * 180) / Math.PI, (y * 180) / Math.PI]);
  }
  return { type: "Polygon", coordinates: [points] };
}

/** West, south, east, north of where most incidents are: strays, and rings as wide as a country, are a zoom away. */
export function extent(all: Spot[]): [number, number, number, number] | null {
  const near = all.filter((spot) => (spot.radius_km ?? 0) <= 300);
  const kept = near.length ? near : all;
  if (kept.length === 0) return null;
  const pad = (spot: Spot) => Math.max(spot.radius_km ?? 20, 20) / 100;
  const edge = (value: (spot: Spot) => number, share: number): number => {
    const values = kept.flatMap((spot) => spot.incidents.map(() => value(spot))).sort((a, b) => a - b);
    return values[Math.round(share * (values.length - 1))] ?? 0;
  };
  const west = edge((spot) => spot.lon - pad(spot), 0.06);
  const east = edge((spot) => spot.lon + pad(spot), 0.94);
  const south = edge((spot) => spot.lat - pad(spot), 0.06);
  const north = edge((spot) => spot.lat + pad(spot), 0.94);
  return [
    Math.max(west, -180),
    Math.max(south, -80),
    Math.min(Math.max(east, west), 180),
    Math.min(Math.max(north, south), 80),
  ];
}
