// The map: gravity by size, precision by extent, time by the brush; the same incidents as a list beside it.

import { useMemo, useState } from "preact/hooks";
import type { MapAnswer, MapFeature } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Brush, inBrush, parseBrush } from "../brush";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { Empty, Opens, StandingMark, Waiting, openEvidence } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { address, change, pageOf } from "../router";
import { Twins } from "../twins";
import { capital, counted, period, precisionWords, range } from "../words";
import { WorldMap } from "../world/world-map";
import { type Spot, spots } from "../world/spots";

export const QUADS: [string, string, string][] = [
  ["material_conflict", "hostile deeds", "●"],
  ["verbal_conflict", "hostile words", "●"],
  ["verbal_cooperation", "cooperative words", "○"],
  ["material_cooperation", "cooperative deeds", "○"],
];

export function MapScreen() {
  const query = asked(useQuestion());
  const answer = useAnswer<MapAnswer>(urlOf("/map", query));
  return (
    <Screen
      title="Map"
      lead="A dot is a place known to the town; a ring is as wide as what is not known. The bigger a dot, the more dead the gravest incident there."
    >
      <QuestionBar />
      <Waiting
        asked={answer}
        empty={(data) =>
          data.features.length === 0 ? (
            <Empty title="Nothing to place">
              {counted(data.unplaced ?? 0, "incident")} answers this question, none with a place that is known.
            </Empty>
          ) : null
        }
      >
        {(data) => <Placed data={data} query={query} />}
      </Waiting>
    </Screen>
  );
}

function Placed({ data, query }: { data: MapAnswer; query: Record<string, string> }) {
  const params = address.value.params;
  const off = params.get("hide")?.split(",").filter(Boolean) ?? [];
  const claimant = params.get("claimant");
  const standing = params.get("standing");
  const brush = parseBrush(params.get("brush"));
  const [picked, setPicked] = useState<string | null>(null);
  const brushKey = params.get("brush");
  const layered = useMemo(
    () =>
      data.features.filter(
        ({ properties: p }) =>
          !off.includes(p.quad ?? "") &&
          (!claimant || p.claimants.includes(claimant)) &&
          (!standing || p.standing === standing),
      ),
    [data, params.get("hide"), claimant, standing],
  );
  const shown = useMemo(() => layered.filter(({ properties: p }) => inBrush(brush, p.from, p.to)), [layered, brushKey]);
  const all = useMemo(() => spots(shown), [shown]);
  const spot = all.find((one) => one.incidents.some((incident) => incident.id === picked)) ?? null;
  const claimants = useMemo(
    () => [...new Set(data.features.flatMap((one) => one.properties.claimants))].sort(),
    [data],
  );
  const view = useMemo(() => {
    const at = (params.get("at") ?? "").split(",").map(Number);
    return at.length === 3 && at.every(Number.isFinite) ? (at as [number, number, number]) : null;
  }, []);
  const pick = (hit: Spot[]) => {
    const ids = hit.flatMap((one) => one.incidents.map((incident) => incident.id));
    setPicked(ids[0] ?? null);
    openEvidence(ids);
  };
  return (
    <>
      <div class="toolbar">
        <div class="row" role="group" aria-label="Layers">
          {QUADS.map(([quad, name, sign]) => (
            <button
              key={quad}
              type="button"
              class={`layer quad-${quad}`}
              aria-pressed={!off.includes(quad)}
              onClick={() =>
                change(
                  { hide: (off.includes(quad) ? off.filter((one) => one !== quad) : [...off, quad]).join(",") },
                  true,
                )
              }
            >
              <span class="layer-sign" aria-hidden="true">
                {sign}
              </span>{" "}
              {name}
            </button>
          ))}
        </div>
        <div class="row">
          <label>
            Who says so{" "}
            <select value={claimant ?? ""} onChange={(event) => change({ claimant: event.currentTarget.value }, true)}>
              <option value="">anybody</option>
              {claimants.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            Standing{" "}
            <select value={standing ?? ""} onChange={(event) => change({ standing: event.currentTarget.value }, true)}>
              <option value="">any</option>
              {["corroborated", "reported", "disputed", "denied", "retracted"].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <div class="map-and-list">
        <div>
          <WorldMap
            spots={all}
            label="Map of incidents; the list beside it holds the same"
            picked={spot}
            onPick={pick}
            view={view}
            onView={([lon, lat, zoom]) =>
              change({ at: `${lon.toFixed(3)},${lat.toFixed(3)},${zoom.toFixed(2)}` }, true)
            }
          />
          <Brush days={layered.map(({ properties: p }) => p.from)} />
          <Key />
        </div>
        <List
          shown={shown}
          picked={picked}
          onPick={setPicked}
          unplaced={data.unplaced ?? 0}
          left={data.left_out ?? 0}
        />
      </div>
      <GroundsNote grounds={data.grounds} />
      <Twins route="/map" params={query} command={data.command} />
    </>
  );
}

function Key() {
  return (
    <p class="detail map-key">
      <span>
        <b aria-hidden="true">●</b> hostile, <b aria-hidden="true">○</b> cooperative
      </span>
      <span>
        <i class="key-ring" aria-hidden="true" /> somewhere inside
      </span>
      <span>✕ disputed or denied</span>
      <span>3 so many incidents</span>
      <span>
        <i class="key-disputed" aria-hidden="true" /> disputed border
      </span>
    </p>
  );
}

const FIRST = 60;

function List({
  shown,
  picked,
  onPick,
  unplaced,
  left,
}: {
  shown: MapFeature[];
  picked: string | null;
  onPick: (id: string) => void;
  unplaced: number;
  left: number;
}) {
  const ordered = [...shown].sort(
    (a, b) =>
      (b.properties.dead_low ?? -1) - (a.properties.dead_low ?? -1) ||
      (b.properties.from ?? "").localeCompare(a.properties.from ?? ""),
  );
  return (
    <section class="map-list" aria-label="Incidents on the map" tabIndex={0}>
      <p class="detail">
        {counted(shown.length, "incident")} shown, gravest first. {counted(unplaced, "incident")} more without a place
        that is known.{left ? ` ${counted(left, "less grave incident")} not sent: narrow the question.` : ""}
      </p>
      <ul class="bare">
        {ordered.slice(0, FIRST).map(({ properties: p }) => (
          <li key={p.id} class={p.id === picked ? "picked" : undefined}>
            <button type="button" onClick={() => onPick(p.id)} aria-pressed={p.id === picked} title="Show on the map">
              <span>{capital(p.words)}</span>
              <span class="detail block">
                {p.place ?? "place not said"}, {precisionWords(p.precision, p.radius_km)} · {period(p.from, p.to, true)}
              </span>
            </button>
            <span class="row">
              <StandingMark standing={p.standing} />
              {p.dead_low !== null || p.dead_high !== null ? (
                <Opens ids={[p.id]}>{range(p.dead_low, p.dead_high)} dead</Opens>
              ) : (
                <span class="unsaid detail">dead not said</span>
              )}
              <a class="detail" href={pageOf(p.id)}>
                open
              </a>
            </span>
          </li>
        ))}
      </ul>
      {ordered.length > FIRST ? <p class="detail">and {ordered.length - FIRST} more: narrow the question.</p> : null}
    </section>
  );
}
