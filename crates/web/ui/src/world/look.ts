// How the map looks, light and dark. Colours are those of the figures; hostile is filled, cooperative is hollow, so that both
// are told apart without colour.

import type { StyleSpecification } from "maplibre-gl";
import type { Archive } from "./archive";
import type { Base } from "./base";
import { TILES, tileGround, tileNames, tileSource } from "./look-tiles";

/** Letters are drawn in the browser from the page's own font, those of other scripts from the reader's; its name may hold no digit. */
export const FONT = ["Source Sans"];

export interface Look {
  dark: boolean;
  sea: string;
  land: string;
  border: string;
  name: string;
  halo: string;
  ink: string;
  orange: string;
  plum: string;
  blue: string;
  teal: string;
  slate: string;
  /** Of maps of one's own alone. */
  green: string;
  town: string;
  river: string;
  road: string;
}

const LIGHT: Look = {
  dark: false,
  sea: "#e3e9ee",
  land: "#fbfbf9",
  border: "#aab2ba",
  name: "#5d6670",
  halo: "#fbfbf9",
  ink: "#1f2328",
  orange: "#d8601a",
  plum: "#5b2163",
  blue: "#1d5aa5",
  teal: "#25a38c",
  slate: "#68707c",
  green: "#f0f3ea",
  town: "#f1efeb",
  river: "#c9d6e0",
  road: "#dcd9d2",
};
const DARK: Look = {
  dark: true,
  sea: "#0b0e12",
  land: "#1b2128",
  border: "#4b5560",
  name: "#98a2ad",
  halo: "#1b2128",
  ink: "#e8eaed",
  orange: "#f5a05a",
  plum: "#d08bd4",
  blue: "#6aa9ee",
  teal: "#86e3cd",
  slate: "#98a1ad",
  green: "#1c2724",
  town: "#232a32",
  river: "#2a3a48",
  road: "#333c46",
};

/** The bundled world; on it, where there is one, a map of one's own: what that does not cover keeps showing the world. */
export function style(base: Base, dark: boolean, archive: Archive | null = null): StyleSpecification {
  const look = dark ? DARK : LIGHT;
  const empty = { type: "FeatureCollection" as const, features: [] };
  const colour = [
    "match",
    ["get", "quad"],
    "material_conflict",
    look.orange,
    "verbal_conflict",
    look.plum,
    "verbal_cooperation",
    look.blue,
    "material_cooperation",
    look.teal,
    look.slate,
  ];
  const hostile = ["in", ["get", "quad"], ["literal", ["material_conflict", "verbal_conflict"]]];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: base.land },
      settled: { type: "geojson", data: base.settled },
      disputed: { type: "geojson", data: base.disputed },
      names: { type: "geojson", data: base.names },
      rings: { type: "geojson", data: empty },
      dots: { type: "geojson", data: empty },
      labels: { type: "geojson", data: empty },
      picked: { type: "geojson", data: empty },
      ...(archive ? { [TILES]: tileSource(archive) } : {}),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": look.sea } },
      {
        id: "land",
        type: "fill",
        source: "land",
        paint: { "fill-color": look.land, "fill-outline-color": look.border },
      },
      { id: "settled", type: "line", source: "settled", paint: { "line-color": look.border, "line-width": 1 } },
      ...(archive ? tileGround(archive, look) : []),
      {
        id: "disputed",
        type: "line",
        source: "disputed",
        paint: {
          "line-color": look.name,
          // Tiles are finer than the bundled line: near by it becomes a band, which says that the border there is disputed.
          "line-width": archive ? ["interpolate", ["linear"], ["zoom"], 5, 1.4, 8, 7] : 1.4,
          "line-opacity": archive ? ["interpolate", ["linear"], ["zoom"], 5, 1, 8, 0.3] : 1,
          "line-dasharray": archive ? ["step", ["zoom"], ["literal", [2.5, 2]], 7, ["literal", [1.2, 0.8]]] : [2.5, 2],
        },
      },
      {
        id: "names",
        type: "symbol",
        source: "names",
        filter: [
          "step",
          ["zoom"],
          ["<", ["get", "rank"], -60],
          2.2,
          ["<", ["get", "rank"], -12],
          3.6,
          ["<", ["get", "rank"], -1],
          5,
          true,
        ] as never,
        layout: {
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 6, 15],
          "symbol-sort-key": ["get", "rank"],
          "text-letter-spacing": 0.04,
          "text-max-width": 7,
        },
        paint: { "text-color": look.name, "text-halo-color": look.halo, "text-halo-width": 1.2 },
      },
      ...(archive ? tileNames(archive, look) : []),
      {
        id: "rings",
        type: "fill",
        source: "rings",
        paint: { "fill-color": colour as never, "fill-opacity": ["case", ["get", "wide"], 0.03, 0.1] },
      },
      {
        id: "ring-lines",
        type: "line",
        source: "rings",
        paint: { "line-color": colour as never, "line-width": 1.6, "line-dasharray": [4, 2.5] },
      },
      {
        id: "dots",
        type: "circle",
        source: "dots",
        paint: {
          "circle-radius": ["get", "size"],
          "circle-color": ["case", hostile as never, colour as never, look.land],
          "circle-opacity": ["case", hostile as never, 0.72, 0.85],
          "circle-stroke-color": ["case", hostile as never, look.halo, colour as never],
          "circle-stroke-width": ["case", hostile as never, 1, 2.5],
        },
      },
      {
        id: "labels",
        type: "symbol",
        source: "labels",
        filter: ["!=", ["get", "label"], ""],
        layout: {
          "text-field": ["get", "label"],
          "text-font": FONT,
          "text-size": 12.5,
          "text-anchor": ["case", ["get", "ring"], "bottom", "left"],
          "text-offset": ["case", ["get", "ring"], ["literal", [0, -0.1]], ["literal", [0.6, -0.6]]],
          "text-allow-overlap": true,
        },
        paint: { "text-color": look.ink, "text-halo-color": look.halo, "text-halo-width": 1.6 },
      },
      { id: "picked", type: "line", source: "picked", paint: { "line-color": look.ink, "line-width": 2.5 } },
    ],
  };
}
