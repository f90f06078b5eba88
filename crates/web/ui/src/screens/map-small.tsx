// Small maps: of one incident's places, and of a question's incidents.

import { useMemo } from "preact/hooks";
import type { MapAnswer, MapFeature } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Waiting } from "../pieces";
import type { Place } from "../records";
import { carry, go } from "../router";
import { WorldMap } from "../world/world-map";
import { spots } from "../world/spots";
import { counted } from "../words";

export function SmallMap({ places }: { places: Place[] }) {
  const all = useMemo(
    () =>
      spots(
        places.flatMap((place, at): MapFeature[] =>
          place.lat === null || place.lon === null
            ? []
            : [
                {
                  type: "Feature",
                  geometry: { type: "Point", coordinates: [place.lon, place.lat] },
                  properties: {
                    id: String(at),
                    type: "",
                    quad: "material_conflict",
                    from: null,
                    to: null,
                    precision: place.precision,
                    radius_km: place.radius_km,
                    place: place.name,
                    dead_low: null,
                    dead_high: null,
                    standing: "",
                    actor: [],
                    recipient: [],
                    claimants: [],
                    words: "",
                  },
                },
              ],
        ),
      ),
    [places],
  );
  if (all.length === 0) return null;
  return <WorldMap spots={all} label="Where it happened, as exactly as it is known" small />;
}

export function QuestionMap({ query }: { query: Record<string, string> }) {
  const asked = useAnswer<MapAnswer>(urlOf("/map", query));
  return (
    <Waiting
      asked={asked}
      empty={(data) =>
        data.features.length === 0 ? <p class="unsaid">No incident has a place that is known.</p> : null
      }
    >
      {(data) => <Placed data={data} />}
    </Waiting>
  );
}

function Placed({ data }: { data: MapAnswer }) {
  const all = useMemo(() => spots(data.features), [data]);
  return (
    <div onClick={() => go(carry("/map"))}>
      <WorldMap spots={all} label="Where incidents happened" small />
      <p class="detail">
        {counted(data.features.length, "incident")} placed, {data.unplaced ?? 0} without a place that is known
      </p>
    </div>
  );
}
