// The map itself. MapLibre draws in a worker of ours; nothing is fetched but the world in the bundle and, where the server has
// one, a map of one's own.

import {
  LngLatBounds,
  Map as GlMap,
  NavigationControl,
  ScaleControl,
  addProtocol,
  setWorkerUrl,
  type AddProtocolAction,
  type GeoJSONSource,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import { linked } from "../clean";
import { dark } from "../light";
import { Failed } from "../pieces";
import { useLake } from "../question-bar";
import { type Archive, loadArchive } from "./archive";
import { loadBase } from "./base";
import { style } from "./look";
import { TILES, TILES_SCHEME } from "./look-tiles";
import { type Spot, circle, dots, extent, labels, rings } from "./spots";

setWorkerUrl(workerUrl);

interface Props {
  spots: Spot[];
  label: string;
  /** A small one is a picture: no dragging, no controls. */
  small?: boolean;
  picked?: Spot | null;
  onPick?: (spots: Spot[]) => void;
  /** Longitude, latitude and zoom, where the address has them. */
  view?: [number, number, number] | null;
  onView?: (view: [number, number, number]) => void;
}

export function WorldMap({ spots, label, small = false, picked = null, onPick, view = null, onView }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const map = useRef<GlMap | null>(null);
  const [ready, setReady] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [owed, setOwed] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const isDark = dark.value;
  const lake = useLake();
  // Unknown until the server has said so; where it says nothing, there are none.
  const hasTiles = lake.data ? lake.data.tiles === true : lake.error ? false : null;
  // The map outlives renders: it is given the newest of what it calls.
  const calls = useRef({ onPick, onView, spots });
  calls.current = { onPick, onView, spots };
  const first = useRef(view);

  useEffect(() => {
    if (hasTiles === null) return undefined;
    let gone = false;
    const archived = hasTiles
      ? readyArchive().catch((error: unknown) => {
          if (!gone)
            setNote(`${error instanceof Error ? error.message : String(error)} The world that comes along is shown.`);
          return null;
        })
      : null;
    Promise.all([loadBase(), archived]).then(
      ([base, archive]) => {
        if (gone || !place.current) return;
        try {
          const box = extent(calls.current.spots);
          const made = new GlMap({
            container: place.current,
            style: style(base, isDark, archive),
            attributionControl: false,
            interactive: !small,
            dragRotate: false,
            pitchWithRotate: false,
            maxZoom: archive ? Math.min(16, Math.max(12, archive.maxZoom + 2)) : 12,
            minZoom: 0.6,
            fadeDuration: 0,
            ...(first.current
              ? { center: [first.current[0], first.current[1]], zoom: first.current[2] }
              : {
                  bounds: box ?? [-130, -50, 160, 70],
                  fitBoundsOptions: { padding: small ? 14 : 48, maxZoom: small ? 5.2 : 6.5 },
                }),
          });
          map.current = made;
          if (!small) {
            made.addControl(new NavigationControl({ showCompass: false }), "top-right");
            made.addControl(new ScaleControl({}), "bottom-left");
          }
          made.getCanvas().setAttribute("aria-label", label);
          made.on("load", () => setReady((n) => n + 1));
          made.on("error", (event) => {
            if (!("sourceId" in event) || event.sourceId !== TILES) return console.error(event.error);
            setNote("Parts of the map of your own could not be read. The world that comes along is shown there.");
          });
          setOwed(archive ? (archive.attribution ?? "the archive does not say by whom") : null);
          made.on("moveend", (event) => {
            // Only what the reader moved goes into the address.
            if (!("originalEvent" in event) || !event.originalEvent) return;
            const { lng, lat } = made.getCenter();
            const seen: [number, number, number] = [lng, lat, made.getZoom()];
            first.current = seen;
            calls.current.onView?.(seen);
          });
          made.on("click", (event) => {
            const around: [[number, number], [number, number]] = [
              [event.point.x - 4, event.point.y - 4],
              [event.point.x + 4, event.point.y + 4],
            ];
            const found = made.queryRenderedFeatures(around, { layers: ["dots", "rings"] });
            const onDots = found.filter((one) => one.layer.id === "dots");
            const keys = new Set((onDots.length ? onDots : found).map((one) => one.properties.key as string));
            const hit = calls.current.spots.filter((spot) => keys.has(spot.key));
            if (hit.length) calls.current.onPick?.(hit);
          });
          made.on("mousemove", (event) => {
            made.getCanvas().style.cursor = made.queryRenderedFeatures(event.point, { layers: ["dots", "rings"] })
              .length
              ? "pointer"
              : "";
          });
        } catch (error) {
          setProblem(`The map cannot be drawn here: ${error instanceof Error ? error.message : String(error)}`);
        }
      },
      () => setProblem("The map did not load."),
    );
    return () => {
      gone = true;
      map.current?.remove();
      map.current = null;
    };
  }, [isDark, small, label, hasTiles]);

  useEffect(() => {
    const made = map.current;
    if (!made || ready === 0) return;
    const set = (source: string, data: Parameters<GeoJSONSource["setData"]>[0]) =>
      (made.getSource(source) as GeoJSONSource | undefined)?.setData(data);
    set("rings", rings(spots));
    set("dots", dots(spots));
    set("labels", labels(spots));
    set("picked", {
      type: "FeatureCollection",
      features: picked
        ? [{ type: "Feature", properties: {}, geometry: circle(picked.lon, picked.lat, picked.radius_km ?? 12) }]
        : [],
    });
  }, [spots, picked, ready]);

  useEffect(() => {
    if (!picked || !map.current) return;
    if (!map.current.getBounds().contains([picked.lon, picked.lat])) {
      const box = extent([picked]);
      if (box)
        map.current.fitBounds(new LngLatBounds([box[0], box[1]], [box[2], box[3]]), {
          padding: 80,
          maxZoom: 7,
          duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500,
        });
    }
  }, [picked]);

  if (problem) return <Failed why={problem} />;
  return (
    <>
      <div ref={place} class={small ? "map small" : "map"} data-ready={ready > 0 ? "yes" : "no"} />
      {owed ? <p class="detail owed">Map: {linked(owed)}</p> : null}
      {note ? (
        <p class="problem" role="status">
          {note}
        </p>
      ) : null}
    </>
  );
}

let protocol: Promise<(archive: Archive) => void> | null = null;

/** The archive, opened, and MapLibre told how to ask it for tiles. */
async function readyArchive(): Promise<Archive> {
  const archive = await loadArchive();
  protocol ??= import("pmtiles").then(({ Protocol }) => {
    const made = new Protocol();
    addProtocol(TILES_SCHEME, made.tilev4 as AddProtocolAction);
    return (one) => made.add(one.tiles);
  });
  (await protocol)(archive);
  return archive;
}
