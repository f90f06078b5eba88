// Borders that somebody disputes, drawn as disputed. Natural Earth draws who governs; this table says where that is contested.
// A box limits it to a part of the border: west, south, east, north.

import { mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

type Box = [number, number, number, number];
type Line = [number, number][];

interface Dispute {
  between: [string, string];
  boxes: Box[] | null;
  what: string;
}

export const DISPUTES: Dispute[] = [
  { between: ["Afghanistan", "Pakistan"], boxes: null, what: "Durand Line: Afghanistan does not recognise it" },
  { between: ["India", "Pakistan"], boxes: [[73.4, 32.4, 78.2, 37.2]], what: "Line of Control in Kashmir" },
  {
    between: ["India", "China"],
    boxes: [
      [77.4, 32.2, 80.6, 36.2],
      [91.4, 26.6, 97.6, 29.8],
    ],
    what: "Line of Actual Control",
  },
  { between: ["Pakistan", "China"], boxes: null, what: "claimed by India" },
  { between: ["Siachen Glacier", "India"], boxes: null, what: "Siachen: claimed by India and Pakistan" },
  { between: ["Siachen Glacier", "Pakistan"], boxes: null, what: "Siachen: claimed by India and Pakistan" },
  { between: ["Siachen Glacier", "China"], boxes: null, what: "Siachen: claimed by India and Pakistan" },
  { between: ["Israel", "Palestine"], boxes: null, what: "the line of 1949" },
  { between: ["Israel", "Syria"], boxes: null, what: "Golan" },
  { between: ["Morocco", "W. Sahara"], boxes: null, what: "Western Sahara: claimed by Morocco" },
  { between: ["Serbia", "Kosovo"], boxes: null, what: "Kosovo: claimed by Serbia" },
  { between: ["Cyprus", "N. Cyprus"], boxes: null, what: "Northern Cyprus: recognised by Türkiye alone" },
  { between: ["Somalia", "Somaliland"], boxes: null, what: "Somaliland: claimed by Somalia" },
  {
    between: ["Russia", "Ukraine"],
    boxes: [[32, 44, 36.8, 46.4]],
    what: "Crimea: part of Ukraine by the UN's count, held by Russia",
  },
  { between: ["Sudan", "S. Sudan"], boxes: [[27.3, 9, 29.6, 10.8]], what: "Abyei: claimed by both" },
  { between: ["Egypt", "Sudan"], boxes: [[33, 21, 37.6, 24]], what: "Halaib: claimed by both" },
  { between: ["Guyana", "Venezuela"], boxes: null, what: "Essequibo: claimed by Venezuela" },
  { between: ["North Korea", "South Korea"], boxes: null, what: "armistice line of 1953" },
];

interface Named {
  properties: { name: string };
}

/** Borders on land as lines: settled ones and disputed ones, apart. */
export function borders(world: Topology, countries: GeometryCollection): { settled: Line[]; disputed: Line[] } {
  const name = (geometry: unknown) => (geometry as Named).properties.name;
  const is = (dispute: Dispute, a: unknown, b: unknown) => {
    const [x, y] = dispute.between;
    return (name(a) === x && name(b) === y) || (name(a) === y && name(b) === x);
  };
  const lines = (keep: (a: unknown, b: unknown) => boolean) =>
    mesh(world, countries, (a, b) => a !== b && keep(a, b)).coordinates as Line[];
  const settled = lines((a, b) => !DISPUTES.some((dispute) => is(dispute, a, b)));
  const disputed: Line[] = [];
  for (const dispute of DISPUTES) {
    for (const line of lines((a, b) => is(dispute, a, b))) {
      for (const part of split(line, dispute.boxes)) (part.inside ? disputed : settled).push(part.line);
    }
  }
  return { settled, disputed };
}

/** A line in stretches inside and outside of boxes. */
function split(line: Line, boxes: Box[] | null): { inside: boolean; line: Line }[] {
  if (boxes === null) return [{ inside: true, line }];
  const inside = ([x, y]: [number, number]) =>
    boxes.some(([west, south, east, north]) => x >= west && x <= east && y >= south && y <= north);
  const parts: { inside: boolean; line: Line }[] = [];
  for (let at = 0; at + 1 < line.length; at += 1) {
    const [from, to] = [line[at], line[at + 1]];
    if (!from || !to) continue;
    const is = inside(from) && inside(to);
    const last = parts.at(-1);
    if (last && last.inside === is) last.line.push(to);
    else parts.push({ inside: is, line: [from, to] });
  }
  return parts;
}
