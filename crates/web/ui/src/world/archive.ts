// A map of one's own: the PMTiles archive that `annalist serve --tiles` gives out. Opened once; what it holds decides how it is
// drawn. Where it cannot be read, or holds something else than the map can draw, it says so and the bundled world stays.

import type { PMTiles } from "pmtiles";

export const TILES_ADDRESS = "/tiles/map.pmtiles";

export interface Archive {
  tiles: PMTiles;
  /** Vector tiles of the Protomaps basemap, or pictures. */
  kind: "vector" | "raster";
  maxZoom: number;
  /** Whom the map is owed to, in the archive's own words: HTML that nobody has looked at. */
  attribution: string | null;
}

/** Layers of the Protomaps basemap, version 4, without which nothing is drawn. */
const NEEDED = ["earth", "water"];

let opened: Promise<Archive> | null = null;

/** The archive of this server. */
export function loadArchive(): Promise<Archive> {
  opened ??= openArchive(location.origin + TILES_ADDRESS).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** The archive at an address; an error in words for the reader where it cannot be shown. */
export async function openArchive(url: string): Promise<Archive> {
  const { PMTiles, TileType } = await import("pmtiles");
  const tiles = new PMTiles(url);
  const header = await tiles.getHeader().catch((error: unknown) => {
    throw new Error(`The map of your own could not be read (${words(error)}).`);
  });
  const told = await tiles.getMetadata().catch(() => null);
  const metadata = told !== null && typeof told === "object" ? (told as Record<string, unknown>) : {};
  const attribution = typeof metadata.attribution === "string" ? metadata.attribution : null;
  const base = { tiles, maxZoom: header.maxZoom, attribution };
  switch (header.tileType) {
    case TileType.Png:
    case TileType.Jpeg:
    case TileType.Webp:
    case TileType.Avif:
      return { ...base, kind: "raster" };
    case TileType.Mvt: {
      const layers = layerNames(metadata.vector_layers);
      // Older archives may not list their layers: then drawing them is worth a try.
      if (layers.length && !NEEDED.some((name) => layers.includes(name)))
        throw new Error(
          `The map of your own has vector tiles with the layers ${layers.slice(0, 6).join(", ")}; what can be drawn are those of the Protomaps basemap (earth, water, roads …), or pictures.`,
        );
      return { ...base, kind: "vector" };
    }
    default:
      throw new Error(
        "The map of your own has tiles that are neither vector tiles (MVT) nor pictures (PNG, JPEG, WebP, AVIF).",
      );
  }
}

function layerNames(layers: unknown): string[] {
  if (!Array.isArray(layers)) return [];
  return layers.flatMap((one: unknown) =>
    one !== null && typeof one === "object" && "id" in one && typeof one.id === "string" ? [one.id] : [],
  );
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
