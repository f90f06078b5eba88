// How tiles of one's own look: the Protomaps basemap (version 4) in the colours of the bundled world, so that incidents stand out
// on either. Left out on purpose: buildings and points of interest, since shelters, hospitals and homes are not shown here.

import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Archive } from "./archive";
import { FONT, type Look } from "./look";

export const TILES = "tiles";
export const TILES_SCHEME = "pmtiles";

export function tileSource(archive: Archive): SourceSpecification {
  const url = `${TILES_SCHEME}://${archive.tiles.source.getKey()}`;
  return archive.kind === "vector" ? { type: "vector", url } : { type: "raster", url, tileSize: 256 };
}

/** What lies beneath disputed borders and names. */
export function tileGround(archive: Archive, look: Look): LayerSpecification[] {
  if (archive.kind === "raster") {
    return [
      {
        id: "tiles",
        type: "raster",
        source: TILES,
        // Pictures are somebody else's: paler by day and dimmer by night, so that marks are seen on any of them.
        paint: look.dark
          ? { "raster-brightness-max": 0.5, "raster-saturation": -0.5, "raster-contrast": 0.1 }
          : { "raster-saturation": -0.35, "raster-opacity": 0.85 },
      },
    ];
  }
  const from = (layer: string) => ({ source: TILES, "source-layer": layer });
  const kinds = (...all: string[]) => ["in", ["get", "kind"], ["literal", all]] as never;
  const area = ["==", ["geometry-type"], "Polygon"] as never;
  const wide = (...stops: number[]) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops] as never;
  return [
    { id: "tiles-earth", type: "fill", ...from("earth"), filter: area, paint: { "fill-color": look.land } },
    {
      id: "tiles-green",
      type: "fill",
      ...from("landuse"),
      filter: kinds("forest", "wood", "national_park", "nature_reserve", "park", "grassland"),
      paint: { "fill-color": look.green },
    },
    {
      id: "tiles-town",
      type: "fill",
      ...from("landuse"),
      filter: kinds("residential", "urban_area", "commercial", "industrial"),
      paint: { "fill-color": look.town },
    },
    { id: "tiles-water", type: "fill", ...from("water"), filter: area, paint: { "fill-color": look.sea } },
    {
      id: "tiles-rivers",
      type: "line",
      ...from("water"),
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": look.river, "line-width": wide(5, 0.5, 12, 2) },
    },
    {
      id: "tiles-small-roads",
      type: "line",
      ...from("roads"),
      minzoom: 10,
      filter: kinds("minor_road", "other"),
      paint: { "line-color": look.road, "line-width": wide(10, 0.4, 16, 4) },
    },
    {
      id: "tiles-roads",
      type: "line",
      ...from("roads"),
      filter: kinds("major_road", "highway"),
      layout: { "line-join": "round" },
      paint: {
        "line-color": look.road,
        "line-width": wide(5, 0.5, 9, 1.2, 16, 7),
      },
    },
    {
      id: "tiles-regions",
      type: "line",
      ...from("boundaries"),
      filter: kinds("region", "county"),
      paint: { "line-color": look.border, "line-width": 0.7, "line-dasharray": [1, 3] },
    },
    {
      id: "tiles-borders",
      type: "line",
      ...from("boundaries"),
      filter: ["all", kinds("country"), ["!=", ["get", "disputed"], true]],
      paint: { "line-color": look.border, "line-width": 1.1 },
    },
    {
      id: "tiles-disputed",
      type: "line",
      ...from("boundaries"),
      filter: ["all", kinds("country"), ["==", ["get", "disputed"], true]],
      paint: { "line-color": look.name, "line-width": 1.4, "line-dasharray": [2.5, 2] },
    },
  ];
}

/** Names of towns and provinces. Countries have theirs from the bundled world, so that none stands twice. */
export function tileNames(archive: Archive, look: Look): LayerSpecification[] {
  if (archive.kind === "raster") return [];
  // English where there is one; else as it stands, unless that is a script which cannot be set without a plug-in.
  const name = [
    "case",
    ["has", "name:en"],
    ["get", "name:en"],
    ["is-supported-script", ["coalesce", ["get", "name"], ""]],
    ["coalesce", ["get", "name"], ""],
    "",
  ] as never;
  const paint = { "text-color": look.name, "text-halo-color": look.halo, "text-halo-width": 1.2 };
  return [
    {
      id: "tiles-provinces",
      type: "symbol",
      source: TILES,
      "source-layer": "places",
      minzoom: 5,
      maxzoom: 9,
      filter: ["==", ["get", "kind"], "region"],
      layout: {
        "text-field": name,
        "text-font": FONT,
        "text-size": 11.5,
        "text-letter-spacing": 0.12,
        "text-max-width": 7,
      },
      paint,
    },
    {
      id: "tiles-towns",
      type: "symbol",
      source: TILES,
      "source-layer": "places",
      minzoom: 4,
      filter: ["==", ["get", "kind"], "locality"],
      layout: {
        "text-field": name,
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 4, 10.5, 12, 14.5],
        "symbol-sort-key": ["-", 0, ["coalesce", ["get", "population_rank"], 0]] as never,
        "text-max-width": 8,
        "text-padding": 6,
      },
      paint,
    },
  ];
}
