// The frame around every screen: where you are, where you can go, the evidence drawer, and the choice of light.

import { lazy, Suspense } from "preact/compat";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { Drawer } from "./drawer";
import { type Light, light } from "./light";
import { Empty, Failed, Loading } from "./pieces";
import { useLake } from "./question-bar";
import { address, carry } from "./router";
import { ClaimScreen } from "./screens/claim";
import { ClaimsScreen } from "./screens/claims";
import { DocumentScreen } from "./screens/document";
import { IncidentScreen } from "./screens/incident";
import { IncidentsScreen } from "./screens/incidents";
import { OverviewScreen } from "./screens/overview";
import { counted, day } from "./words";

// Screens that not every visit needs.
const MapScreen = lazy(() => import("./screens/map").then((found) => found.MapScreen));
const TimelineScreen = lazy(() => import("./screens/timeline").then((found) => found.TimelineScreen));
const TiesScreen = lazy(() => import("./screens/ties").then((found) => found.TiesScreen));
const CausesScreen = lazy(() => import("./screens/causes").then((found) => found.CausesScreen));
const CyclesScreen = lazy(() => import("./screens/cycles").then((found) => found.CyclesScreen));
const ForecastsScreen = lazy(() => import("./screens/forecasts").then((found) => found.ForecastsScreen));
const WhatIfScreen = lazy(() => import("./screens/whatif").then((found) => found.WhatIfScreen));
const ReadScreen = lazy(() => import("./screens/read").then((found) => found.ReadScreen));

/** What was said, what is reckoned from it, and the reports themselves: three groups. */
const PLACES: [string, string][][] = [
  [
    ["/", "Overview"],
    ["/incidents", "Incidents"],
    ["/map", "Map"],
    ["/timeline", "Timeline"],
    ["/ties", "Ties"],
    ["/causes", "Causes"],
  ],
  [
    ["/cycles", "Cycles"],
    ["/forecasts", "Forecasts"],
    ["/whatif", "What if"],
  ],
  [
    ["/claims", "Claims"],
    ["/read", "Read"],
  ],
];

function Screen() {
  const { path } = address.value;
  const [, first = "", id = ""] = path.split("/");
  switch (first) {
    case "":
      return <OverviewScreen />;
    case "incidents":
      return <IncidentsScreen />;
    case "incident":
      return <IncidentScreen key={id} id={id} />;
    case "document":
      return <DocumentScreen key={id} id={id} />;
    case "claim":
      return <ClaimScreen key={id} id={id} />;
    case "claims":
      return <ClaimsScreen />;
    case "map":
      return <MapScreen />;
    case "timeline":
      return <TimelineScreen />;
    case "ties":
      return <TiesScreen />;
    case "causes":
      return <CausesScreen />;
    case "cycles":
      return <CyclesScreen />;
    case "forecasts":
      return <ForecastsScreen />;
    case "whatif":
      return <WhatIfScreen />;
    case "read":
      return <ReadScreen />;
    default:
      return (
        <Empty title="There is no such page">
          <p>
            <a href="/">To the overview</a>
          </p>
        </Empty>
      );
  }
}

/** A fault in one screen leaves the rest of the page standing. */
function Guarded() {
  const [error] = useErrorBoundary();
  return error ? (
    <Failed why={`This page has a fault: ${error instanceof Error ? error.message : String(error)}`} />
  ) : (
    <Screen />
  );
}

export function App() {
  const { path, params } = address.value;
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    // Whoever reads by ear is taken to the new screen, as whoever reads by eye is.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        To the content
      </a>
      <Header path={path} />
      <div class={params.has("open") ? "stage with-drawer" : "stage"}>
        <main id="main" ref={main} tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Guarded key={path} />
          </Suspense>
        </main>
        <Drawer />
      </div>
      <Footer />
    </>
  );
}

function Header({ path }: { path: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  const here = path.replace(/^\/(incident|claim)\/.*/, "/$1s");
  return (
    <header class="top">
      <a class="brand" href={carry("/")}>
        annalist
      </a>
      <button type="button" class="menu" aria-expanded={open} aria-controls="nav" onClick={() => setOpen(!open)}>
        {open ? "Close" : "Menu"}
      </button>
      <nav id="nav" aria-label="Screens" class={open ? "open" : undefined}>
        {PLACES.map((group, at) => (
          <span key={at} class="nav-group">
            {group.map(([to, name]) => (
              <a key={to} href={carry(to)} aria-current={to === here ? "page" : undefined}>
                {name}
              </a>
            ))}
          </span>
        ))}
      </nav>
      <LightChoice />
    </header>
  );
}

function LightChoice() {
  return (
    <label class="light">
      <span class="unseen">Light or dark</span>
      <select
        value={light.value}
        onChange={(event) => {
          light.value = event.currentTarget.value as Light;
        }}
      >
        <option value="auto">as the system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}

function Footer() {
  const lake = useLake().data;
  return (
    <footer class="foot">
      {lake ? (
        <p>
          {counted(lake.claims, "claim")} of {counted(lake.documents, "document")}
          {lake.first ? `, ${day(lake.first, true)} to ${day(lake.last, true)}` : ""}
          {lake.address ? ` · ${lake.address}` : ""} · annalist {lake.annalist}
        </p>
      ) : null}
      <p>A claim is what somebody says, never a fact. Borders and coasts: Natural Earth. Places: GeoNames (CC BY).</p>
    </footer>
  );
}
