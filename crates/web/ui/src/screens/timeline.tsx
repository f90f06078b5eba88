// Parties in lanes, events and ceasefires in time, arrows for replies; from years to hours.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TimelineAnswer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { type Layout, type Mark, layout } from "../lanes";
import { Empty, Opens, StandingMark, Waiting, openEvidence } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { address, change, pageOf } from "../router";
import { DAY, type Stretch, iso, moment, panned, stretch, ticks, zoomed } from "../time-scale";
import { Twins } from "../twins";
import { NOT_SAID, capital, counted, period, plain, range } from "../words";

const LANES = 8;

export function TimelineScreen() {
  const query = asked(useQuestion());
  const answer = useAnswer<TimelineAnswer>(urlOf("/timeline", query));
  return (
    <Screen
      title="Timeline"
      lead="Who did what to whom, in lanes. A line leads from a mark to those to whom it was done; a bar behind a mark is the time within which it happened."
    >
      <QuestionBar />
      <Waiting
        asked={answer}
        empty={(data) =>
          data.events.length + data.ceasefires.length === 0 ? (
            <Empty title="Nothing in time">No incident answers this question.</Empty>
          ) : null
        }
      >
        {(data) => <Chart data={data} />}
      </Waiting>
      <GroundsNote grounds={answer.data?.grounds} />
      <Twins route="/timeline" params={query} command={answer.data?.command} />
    </Screen>
  );
}

/** From the first to the last of what most events are in: one old event does not squeeze the rest. */
function whole(data: TimelineAnswer): Stretch {
  const all = data.events.flatMap((event) => stretch(event.from, event.to) ?? []).sort((a, b) => a.from - b.from);
  if (all.length === 0) {
    const now = Date.now();
    return { from: now - 365 * DAY, to: now };
  }
  const first = all[Math.floor(all.length * 0.1)]?.from ?? 0;
  const to = Math.max(...all.map((one) => one.to));
  const pad = Math.max((to - first) * 0.03, DAY);
  return { from: first - pad, to: to + pad };
}

function Chart({ data }: { data: TimelineAnswer }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [lanes, setLanes] = useState(LANES);
  const all = useMemo(() => whole(data), [data]);
  const said = /^([^.]+)\.\.(.+)$/.exec(address.value.params.get("view") ?? "");
  const from = said?.[1] ? moment(said[1]) : Number.NaN;
  const to = said?.[2] ? moment(said[2]) : Number.NaN;
  const view: Stretch = Number.isFinite(from) && Number.isFinite(to) && to > from ? { from, to } : all;
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.max(220, element.clientWidth));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const laid = useMemo(() => layout(data, lanes, view, width), [data, lanes, view.from, view.to, width]);
  const see = (next: Stretch | null) =>
    change({ view: next ? `${iso(next.from).slice(0, 16)}Z..${iso(next.to).slice(0, 16)}Z` : null }, true);
  const drag = useRef<{ x: number; view: Stretch } | null>(null);
  const key = (event: KeyboardEvent) => {
    const moves: Record<string, Stretch> = {
      ArrowLeft: panned(view, -0.15),
      ArrowRight: panned(view, 0.15),
      "+": zoomed(view, 0.6),
      "=": zoomed(view, 0.6),
      "-": zoomed(view, 1 / 0.6),
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    see(next);
  };
  return (
    <>
      <div class="toolbar">
        <div class="row" role="group" aria-label="Move in time">
          <button type="button" onClick={() => see(zoomed(view, 0.5))}>
            Closer
          </button>
          <button type="button" onClick={() => see(zoomed(view, 2))}>
            Farther
          </button>
          <button type="button" aria-label="Earlier" onClick={() => see(panned(view, -0.4))}>
            ←
          </button>
          <button type="button" aria-label="Later" onClick={() => see(panned(view, 0.4))}>
            →
          </button>
          <button type="button" onClick={() => see(null)}>
            All of it
          </button>
        </div>
        <p class="detail">{period(iso(view.from).slice(0, 10), iso(view.to - 1).slice(0, 10), true)}</p>
      </div>
      <div class="card timeline" onKeyDown={key}>
        <Ceasefires data={data} view={view} />
        <div class="lanes" style={{ height: `${laid.height + 28}px` }}>
          <div class="lane-names" aria-hidden="true">
            {laid.lanes.map((lane) => (
              <span key={lane.id} style={{ top: `${lane.top}px`, height: `${lane.height}px` }}>
                <b>{lane.name}</b>
              </span>
            ))}
          </div>
          <div
            class="lane-area"
            ref={box}
            tabIndex={0}
            role="group"
            aria-label="Time: arrow keys move, plus and minus zoom"
            onPointerDown={(event) => {
              if (event.target instanceof Element && event.target.closest(".mark")) return;
              drag.current = { x: event.clientX, view };
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => {
              if (!drag.current) return;
              see(panned(drag.current.view, (drag.current.x - event.clientX) / width));
            }}
            onPointerUp={() => {
              drag.current = null;
            }}
            onWheel={(event) => {
              // Plain wheels scroll the page; with control they zoom, as on maps.
              if (!event.ctrlKey) return;
              event.preventDefault();
              const { left } = event.currentTarget.getBoundingClientRect();
              see(zoomed(view, event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - left) / width));
            }}
          >
            <Drawing laid={laid} view={view} width={width} data={data} />
          </div>
        </div>
        <Key />
      </div>
      <p class="detail">
        {counted(laid.marks.length, "incident")} in sight of {data.events.length}; {data.undated ?? laid.undated}{" "}
        without a date; {laid.elsewhere} of parties without a lane.
        {laid.left + (data.left_out ?? 0)
          ? ` ${laid.left + (data.left_out ?? 0)} less grave ones are not drawn: go closer.`
          : ""}
        {data.lanes.length > LANES ? (
          <>
            {" "}
            <button type="button" class="small" onClick={() => setLanes(lanes > LANES ? LANES : data.lanes.length)}>
              {lanes > LANES ? "Fewer lanes" : `All ${data.lanes.length} lanes`}
            </button>
          </>
        ) : null}
      </p>
      <InSight marks={laid.marks} />
    </>
  );
}

const QUAD: Record<string, string> = {
  material_conflict: "hostile-deed",
  verbal_conflict: "hostile-word",
  verbal_cooperation: "good-word",
  material_cooperation: "good-deed",
};

function Drawing({ laid, view, width, data }: { laid: Layout; view: Stretch; width: number; data: TimelineAnswer }) {
  const x = (at: number) => ((at - view.from) / (view.to - view.from)) * width;
  const at = new Map(laid.marks.map((mark) => [mark.event.id, mark]));
  return (
    <svg width={width} height={laid.height + 28} role="group" aria-label="Incidents in lanes">
      <defs>
        <marker id="tl-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" class="arrow" />
        </marker>
      </defs>
      {laid.lanes.map((lane, i) => (
        <rect key={lane.id} x={0} y={lane.top} width={width} height={lane.height} class={i % 2 ? "lane odd" : "lane"} />
      ))}
      {ticks(view, Math.max(3, Math.floor(width / 90))).map((tick) => (
        <g key={tick.at}>
          <line x1={x(tick.at)} x2={x(tick.at)} y1={0} y2={laid.height} class={tick.strong ? "tick strong" : "tick"} />
          {x(tick.at) < width - tick.label.length * 6.5 ? (
            <text x={x(tick.at) + 3} y={laid.height + 17} class="tick-label">
              {tick.label}
            </text>
          ) : null}
        </g>
      ))}
      {laid.marks.map((mark) => (
        <g key={mark.event.id} class={`reach ${QUAD[mark.event.quad ?? ""] ?? ""}`}>
          {mark.to.map((y) => (
            <g key={y}>
              <line x1={mark.x} x2={mark.x} y1={mark.y} y2={y} />
              <path
                class="end"
                d={
                  y > mark.y
                    ? `M${mark.x - 3.5} ${y - 5}L${mark.x} ${y}L${mark.x + 3.5} ${y - 5}`
                    : `M${mark.x - 3.5} ${y + 5}L${mark.x} ${y}L${mark.x + 3.5} ${y + 5}`
                }
              />
            </g>
          ))}
          {mark.x1 - mark.x0 > mark.size * 2 ? (
            <line class="within" x1={Math.max(0, mark.x0)} x2={Math.min(width, mark.x1)} y1={mark.y} y2={mark.y} />
          ) : null}
        </g>
      ))}
      {data.replies.map((reply, i) => {
        const [a, b] = [at.get(reply.from), at.get(reply.to)];
        if (!a || !b) return null;
        const lift = Math.min(40, 14 + Math.abs(a.x - b.x) / 4);
        return (
          <path
            key={i}
            class={`reply reply-${reply.basis}`}
            marker-end="url(#tl-arrow)"
            d={`M${a.x} ${a.y - a.size}C${a.x} ${a.y - lift} ${b.x} ${b.y - lift} ${b.x} ${b.y - b.size - 2}`}
          />
        );
      })}
      {laid.marks.map((mark) => (
        <EventMark key={mark.event.id} mark={mark} />
      ))}
    </svg>
  );
}

function EventMark({ mark: { event, x, y, size } }: { mark: Mark }) {
  const disputed = event.standing === "disputed" || event.standing === "denied";
  const dead =
    event.dead_low !== null || event.dead_high !== null ? `; dead ${range(event.dead_low, event.dead_high)}` : "";
  const words = `${capital(event.words)}, ${period(event.from, event.to)}; ${event.standing}${dead}`;
  const open = () => openEvidence([event.id]);
  return (
    <g
      class={`mark ${QUAD[event.quad ?? ""] ?? ""}`}
      tabIndex={0}
      role="button"
      aria-label={words}
      data-id={event.id}
      onClick={open}
      onKeyDown={(key) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        open();
      }}
    >
      <title>{words}</title>
      <circle cx={x} cy={y} r={size + 4} class="hit" />
      <circle cx={x} cy={y} r={size} class="dot" />
      {disputed ? <path d={`M${x - 3} ${y - 3}l6 6m0 -6l-6 6`} class="cross" /> : null}
    </g>
  );
}

function Ceasefires({ data, view }: { data: TimelineAnswer; view: Stretch }) {
  const name = (key: string) => data.lanes.find((lane) => lane.id === key)?.name ?? key.replace(/^~/, "");
  const share = (at: number) => ((at - view.from) / (view.to - view.from)) * 100;
  const inSight = data.ceasefires.flatMap((one) => {
    const begin = one.begins ? moment(one.begins) : null;
    const end = one.ends ?? one.until;
    const stop = end ? moment(end) : null;
    const from = share(begin ?? stop ?? view.from);
    const to = share(stop ?? view.to);
    return to < 0 || from > 100 || (begin === null && stop === null)
      ? []
      : [
          {
            one,
            from: Math.max(0, from),
            to: Math.min(100, Math.max(to, from + 0.6)),
            openStart: begin === null,
            openEnd: stop === null,
          },
        ];
  });
  if (inSight.length === 0) return null;
  return (
    <div class="truces">
      {inSight.map(({ one, from, to, openStart, openEnd }) => (
        <div key={one.id} class="truce">
          <span class="lane-name">
            Ceasefire <span class="detail">{one.parties.map(name).join(", ")}</span>
          </span>
          <span class="truce-line">
            <span
              class={`truce-bar${openStart ? " open-start" : ""}${openEnd ? " open-end" : ""}`}
              style={{ left: `${from}%`, width: `${to - from}%` }}
              title={one.words}
            />
            <span
              class="truce-words"
              // After the bar, before it, or on it: where there is room.
              style={to < 88 ? { left: `${to}%` } : { right: `${from > 12 ? 100 - from : 1}%` }}
            >
              {plain(one.state)}
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

function Key() {
  return (
    <p class="detail map-key">
      <span>
        <b aria-hidden="true">●</b> hostile, <b aria-hidden="true">○</b> cooperative; bigger: more dead
      </span>
      <span>✕ disputed or denied</span>
      <span>
        <i class="key-line" aria-hidden="true" /> reply, stated
      </span>
      <span>
        <i class="key-disputed" aria-hidden="true" /> reply, inferred
      </span>
      <span>Arrow keys move, + and − zoom, control and wheel, too</span>
    </p>
  );
}

const LISTED = 30;

/** The same in words, for whom marks say nothing. */
function InSight({ marks }: { marks: Mark[] }) {
  const ordered = [...marks].sort((a, b) => a.when.from - b.when.from);
  return (
    <section>
      <h2>In sight, in order</h2>
      <ul class="rows">
        {ordered.slice(0, LISTED).map(({ event }) => (
          <li key={event.id} class="row-item">
            <StandingMark standing={event.standing} />
            <div class="row-main">
              <a href={pageOf(event.id)}>{capital(event.words)}</a>
              <p class="detail">{period(event.from, event.to, true)}</p>
            </div>
            <p class="row-number">
              {event.dead_low !== null || event.dead_high !== null ? (
                <Opens ids={[event.id]}>{range(event.dead_low, event.dead_high)} dead</Opens>
              ) : (
                <span class="unsaid">dead {NOT_SAID}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
      {ordered.length > LISTED ? <p class="detail">and {ordered.length - LISTED} more: go closer.</p> : null}
    </section>
  );
}
