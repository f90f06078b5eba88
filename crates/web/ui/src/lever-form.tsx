// Packages of levers as sliders. What they are set to is what stands in the address, and nothing else is remembered; the address
// changes when a slider is let go, so that a drag is one question and not fifty.

import { useId, useState } from "preact/hooks";
import {
  KINDS,
  type LeverKind,
  type LeverState,
  MOST_FACTOR,
  type PackageState,
  formatPackage,
  isKind,
  leverWords,
  newLever,
  packageWords,
  parsePackage,
} from "./levers";
import { queryString } from "./question";
import { address, go } from "./router";

/** As many as the server takes. */
const MOST_PACKAGES = 8;
const MOST_LEVERS = 5;

/** The packages of the present address. */
export const packagesHere = (): PackageState[] =>
  address.value.params
    .getAll("package")
    .slice(0, MOST_PACKAGES)
    .map(parsePackage)
    .filter((one) => one.levers.length > 0);

/** The present address with these packages. */
export function setPackages(packages: PackageState[], replace = true): void {
  const { path, params } = address.value;
  const next = new URLSearchParams(params);
  next.delete("package");
  for (const one of packages) if (one.levers.length) next.append("package", formatPackage(one));
  go(path + queryString(next), replace);
}

/** What a lever still lacks before it can be asked about. */
export function lacks(lever: LeverState): string | null {
  if (lever.whom.trim())
    return lever.kind === "talks" && !lever.whom.includes("-") ? "name two parties, as PAK-AFG" : null;
  return lever.kind === "ceasefire" || lever.kind === "border" ? null : "name a party";
}

interface Props {
  packages: PackageState[];
  /** Ids of parties, those asked about first. */
  parties: string[];
}

export function Packages({ packages, parties }: Props) {
  const list = useId();
  const put = (at: number, one: PackageState) => setPackages(packages.map((old, i) => (i === at ? one : old)));
  return (
    <div class="packages">
      <datalist id={list}>
        {parties.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {packages.map((one, at) => (
        <PackageForm
          key={at}
          number={at + 1}
          state={one}
          list={list}
          parties={parties}
          onPut={(next) => put(at, next)}
          onDrop={() => setPackages(packages.filter((_, i) => i !== at))}
        />
      ))}
      {packages.length > 0 && packages.length < MOST_PACKAGES ? (
        <div class="package add">
          <AddLever
            label="Another package, beginning with"
            button="Add package"
            onAdd={(kind) => setPackages([...packages, { name: "", levers: [newLever(kind, parties)] }])}
          />
        </div>
      ) : null}
    </div>
  );
}

function PackageForm({
  number,
  state,
  list,
  parties,
  onPut,
  onDrop,
}: {
  number: number;
  state: PackageState;
  list: string;
  parties: string[];
  onPut: (next: PackageState) => void;
  onDrop: () => void;
}) {
  const id = useId();
  const { levers } = state;
  return (
    <fieldset class="package card">
      <legend class="unseen">Package {number}</legend>
      <div class="package-head">
        <label for={id} class="unseen">
          Name of package {number}
        </label>
        <input
          id={id}
          value={state.name}
          placeholder={packageWords(state)}
          maxLength={40}
          onChange={(event) => onPut({ ...state, name: event.currentTarget.value })}
        />
        <button type="button" class="small" onClick={onDrop} aria-label={`Take away package ${number}`}>
          ✕
        </button>
      </div>
      {levers.map((lever, at) =>
        "unread" in lever ? (
          <p key={at} class="problem">
            <code>{lever.unread}</code> is no lever that this page knows.{" "}
            <button
              type="button"
              class="small"
              onClick={() => onPut({ ...state, levers: levers.filter((_, i) => i !== at) })}
            >
              Take it away
            </button>
          </p>
        ) : (
          <LeverForm
            key={`${lever.kind} ${at}`}
            lever={lever}
            list={list}
            onPut={(next) => onPut({ ...state, levers: levers.map((old, i) => (i === at ? next : old)) })}
            onDrop={levers.length > 1 ? () => onPut({ ...state, levers: levers.filter((_, i) => i !== at) }) : null}
          />
        ),
      )}
      {levers.length < MOST_LEVERS ? (
        <AddLever
          label="And"
          button="Add lever"
          onAdd={(kind) => onPut({ ...state, levers: [...levers, newLever(kind, parties)] })}
        />
      ) : null}
    </fieldset>
  );
}

export function AddLever({
  label,
  button,
  onAdd,
}: {
  label: string;
  button: string;
  onAdd: (kind: LeverKind) => void;
}) {
  const [kind, setKind] = useState<LeverKind>("ceasefire");
  return (
    <div class="row add-lever">
      <label>
        {label}{" "}
        <select
          value={kind}
          onChange={(event) => {
            if (isKind(event.currentTarget.value)) setKind(event.currentTarget.value);
          }}
        >
          {Object.entries(KINDS).map(([value, { name }]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => onAdd(kind)}>
        {button}
      </button>
    </div>
  );
}

function LeverForm({
  lever,
  list,
  onPut,
  onDrop,
}: {
  lever: LeverState;
  list: string;
  onPut: (next: LeverState) => void;
  onDrop: (() => void) | null;
}) {
  const id = useId();
  const kind = KINDS[lever.kind];
  const missing = lacks(lever);
  return (
    <div class="lever" role="group" aria-label={leverWords(lever)}>
      <p class="lever-name">
        <b>{kind.name}</b>
        {onDrop ? (
          <button type="button" class="small" onClick={onDrop} aria-label={`Take away: ${leverWords(lever)}`}>
            ✕
          </button>
        ) : null}
      </p>
      <div class="lever-fields">
        <span class="grow">
          <label for={`${id}-whom`}>{kind.whom}</label>
          <input
            id={`${id}-whom`}
            list={list}
            value={lever.whom}
            placeholder={kind.unsaid}
            aria-invalid={missing !== null}
            onChange={(event) => onPut({ ...lever, whom: event.currentTarget.value.trim() })}
          />
        </span>
        {lever.kind === "border" ? (
          <span>
            <label for={`${id}-border`}>is</label>
            <select
              id={`${id}-border`}
              value={lever.border}
              onChange={(event) =>
                onPut({ ...lever, border: event.currentTarget.value === "open" ? "open" : "closed" })
              }
            >
              <option>closed</option>
              <option>open</option>
            </select>
          </span>
        ) : null}
        <span>
          <label for={`${id}-days`}>days</label>
          <input
            id={`${id}-days`}
            class="number"
            type="number"
            min={1}
            max={365}
            value={lever.days ?? ""}
            placeholder={lever.kind === "ceasefire" ? undefined : "all"}
            onChange={(event) => {
              const days = Math.round(event.currentTarget.valueAsNumber);
              const known = days >= 1 && days <= 365 ? days : null;
              onPut({ ...lever, days: known ?? (lever.kind === "ceasefire" ? lever.days : null) });
            }}
          />
        </span>
      </div>
      {missing ? <p class="problem">Before it can be reckoned: {missing}.</p> : null}
      <div class="row basis-choice" role="group" aria-label="How strong">
        <button
          type="button"
          class="small"
          aria-pressed={lever.range !== null}
          onClick={() => onPut({ ...lever, range: lever.range ?? kind.range })}
        >
          <span aria-hidden="true">◇</span> assume
        </button>
        <button
          type="button"
          class="small"
          aria-pressed={lever.range === null}
          onClick={() => onPut({ ...lever, range: null })}
        >
          <span aria-hidden="true">◆</span> as history has it
        </button>
      </div>
      {lever.range ? (
        <>
          <Factors range={lever.range} of={leverWords(lever)} onSet={(range) => onPut({ ...lever, range })} />
          <p class="detail">{kind.what}</p>
        </>
      ) : (
        <p class="detail">Estimated from what came after such episodes before, if there were enough.</p>
      )}
    </div>
  );
}

/** Sliders go to twice as much; the fields beside them as far as the server does. */
const STEP = 0.05;
const SLIDER = 2;

/** From low to high, by two thumbs or two fields. 1 is where nothing changes. */
function Factors({
  range,
  of,
  onSet,
}: {
  range: [number, number];
  of: string;
  onSet: (range: [number, number]) => void;
}) {
  const id = useId();
  const [moved, setMoved] = useState<[number, number] | null>(null);
  const [low, high] = moved ?? range;
  const top = Math.max(SLIDER, Math.ceil(range[1]));
  const at = (value: number) => `${(value / top) * 100}%`;
  const round = (value: number) => Number(value.toFixed(2));
  const ordered = (a: number, b: number): [number, number] => [round(Math.min(a, b)), round(Math.max(a, b))];
  const done = (a: number, b: number) => {
    setMoved(null);
    onSet(ordered(a, b));
  };
  const thumbs: ["Least" | "Most", number, (value: number) => [number, number]][] = [
    ["Least", low, (value) => [Math.min(value, high), high]],
    ["Most", high, (value) => [low, Math.max(value, low)]],
  ];
  return (
    <div class="factors">
      <span class="factor-field">
        <label for={`${id}-low`}>least</label>
        <Field id={`${id}-low`} value={low} onSet={(value) => done(value, Math.max(value, high))} />
      </span>
      <div class="two-thumbs">
        <span class="track" aria-hidden="true">
          <i style={{ left: at(low), width: at(high - low) }} />
          <b style={{ left: at(1) }} />
        </span>
        <div class="handles">
          {thumbs.map(([name, value, next]) => (
            <input
              key={name}
              type="range"
              min={0}
              max={top}
              step={STEP}
              value={value}
              aria-label={`${name} factor: ${of}`}
              aria-valuetext={`${round(value)} times as many`}
              onInput={(event) => setMoved(next(Number(event.currentTarget.value)))}
              onChange={(event) => done(...next(Number(event.currentTarget.value)))}
            />
          ))}
        </div>
        <span class="detail one" style={{ left: at(1) }} aria-hidden="true">
          1: no change
        </span>
      </div>
      <span class="factor-field">
        <label for={`${id}-high`}>most</label>
        <Field id={`${id}-high`} value={high} onSet={(value) => done(Math.min(low, value), value)} />
      </span>
    </div>
  );
}

function Field({ id, value, onSet }: { id: string; value: number; onSet: (value: number) => void }) {
  return (
    <input
      id={id}
      class="number"
      type="number"
      min={0}
      max={MOST_FACTOR}
      step={STEP}
      value={Number(value.toFixed(2))}
      onChange={(event) => {
        const typed = event.currentTarget.valueAsNumber;
        if (typed >= 0 && typed <= MOST_FACTOR) onSet(typed);
        else event.currentTarget.value = String(value);
      }}
    />
  );
}
