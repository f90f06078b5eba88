// The map itself. MapLibre draws in a worker of ours; nothing is fetched but the world in the bundle.

import {
  LngLatBounds,
  Map as GlMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import { dark } from "../light";
import { Failed } from "../pieces";
import { loadBase } from "./base";
import { style } from "./look";
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
  const isDark = dark.value;
  // The map outlives renders: it is given the newest of what it calls.
  const calls = useRef({ onPick, onView, spots });
  calls.current = { onPick, onView, spots };
  const first = useRef(view);

  useEffect(() => {
    let gone = false;
    loadBase().then(
      (base) => {
        if (gone || !place.current) return;
        try {
          const box = extent(calls.current.spots);
          const made = new GlMap({
            container: place.current,
            style: style(base, isDark),
            attributionControl: false,
            interactive: !small,
            dragRotate: false,
            pitchWithRotate: false,
            maxZoom: 12,
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
  }, [isDark, small, label]);

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
  return <div ref={place} class={small ? "map small" : "map"} data-ready={ready > 0 ? "yes" : "no"} />;
}
