// The question, as a line that can be read and a form that can be filled. It is part of the address of every screen.

import { useId, useState } from "preact/hooks";
import type { Lake } from "./answers";
import { urlOf, useAnswer } from "./api";
import { type Question, formatQuestion, parseQuestion, standpoint } from "./question";
import { address, change } from "./router";
import { day, period, plain } from "./words";

const TYPES =
  "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(
    " ",
  );

export function useLake() {
  return useAnswer<Lake>(urlOf("/lake"));
}

/** The question of the present address. */
export const useQuestion = (): Question => parseQuestion(address.value.params);

/** The address of one record, seen as of the day that the question has. */
export const recordUrl = (route: string): string => urlOf(route, standpoint(parseQuestion(address.value.params)));

/** Whether this server is open to others, and so neither adds nor decides anything. */
export const useReadOnly = (): boolean => useLake().data?.public === true;

/** The question as parameters of the API. */
export const asked = (question: Question): Record<string, string> => Object.fromEntries(formatQuestion(question));

export function QuestionBar({ types = true }: { types?: boolean }) {
  const question = useQuestion();
  const lake = useLake().data;
  const [open, setOpen] = useState(false);
  const id = useId();
  const name = (party: string) => lake?.parties.find((one) => one.id === party)?.name ?? party;
  const words = [
    question.about.length ? question.about.map(name).join(", ") : "Everybody",
    question.in ? `in ${question.in}` : null,
    question.from || question.to ? period(question.from, question.to, true) : null,
    question.type.length ? question.type.map(plain).join(", ") : null,
    question.as_of ? `as of ${day(question.as_of, true)}` : null,
    question.known_at ? `as known at ${day(question.known_at, true)}` : null,
    question.run ? `run ${question.run}` : null,
  ].filter(Boolean);
  const set = (changes: Record<string, string | null>) => change({ ...changes, after: null, open: null });
  return (
    <section class="question" aria-label="The question">
      <p class="asked">
        <span class="asked-words">{words.join(" · ")}</span>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? "Done" : "Change the question"}
        </button>
      </p>
      <form id={id} hidden={!open} class="question-form" onSubmit={(event) => event.preventDefault()}>
        <div class="wide">
          <label for={`${id}-about`}>About which parties</label>
          <div class="chips">
            {question.about.map((party) => (
              <button
                key={party}
                type="button"
                class="chip"
                onClick={() => set({ about: question.about.filter((one) => one !== party).join(",") })}
                aria-label={`Leave out ${name(party)}`}
              >
                {name(party)} <span aria-hidden="true">✕</span>
              </button>
            ))}
            <input
              id={`${id}-about`}
              list={`${id}-parties`}
              placeholder={question.about.length ? "and…" : "everybody"}
              onChange={(event) => {
                const typed = event.currentTarget.value.trim();
                if (!typed) return;
                const found = lake?.parties.find(
                  (one) => one.id === typed.toUpperCase() || one.name?.toLowerCase() === typed.toLowerCase(),
                );
                event.currentTarget.value = "";
                set({ about: [...question.about, found?.id ?? typed].join(",") });
              }}
            />
            <datalist id={`${id}-parties`}>
              {lake?.parties.map((one) => (
                <option key={one.id} value={one.name ?? one.id}>
                  {one.id}
                </option>
              ))}
            </datalist>
          </div>
        </div>
        <Text
          id={`${id}-in`}
          label="Where"
          hint="a country code or a place"
          value={question.in}
          onSet={(value) => set({ in: value })}
        />
        <Text
          id={`${id}-from`}
          type="date"
          label="From"
          value={question.from}
          onSet={(value) => set({ from: value })}
        />
        <Text id={`${id}-to`} type="date" label="To" value={question.to} onSet={(value) => set({ to: value })} />
        {types ? (
          <div>
            <label for={`${id}-type`}>Kind of event</label>
            <select
              id={`${id}-type`}
              value={question.type.join(",")}
              onChange={(event) => set({ type: event.currentTarget.value })}
            >
              <option value="">all</option>
              <option value="ASSAULT,COERCE,MOBILIZE,THREATEN,SANCTION,PROTEST">hostile</option>
              <option value="AGREE,CONSULT,SUPPORT,CONCEDE,COOPERATE,AID,RETREAT">cooperative</option>
              {TYPES.map((type) => (
                <option key={type} value={type}>
                  {plain(type)}
                </option>
              ))}
              {question.type.length > 1 || (question.type[0] && !TYPES.includes(question.type[0])) ? (
                <option value={question.type.join(",")}>{question.type.map(plain).join(", ")}</option>
              ) : null}
            </select>
          </div>
        ) : null}
        <Text
          id={`${id}-as-of`}
          type="date"
          label="Published by"
          hint="what could be known then"
          value={question.as_of?.slice(0, 10) ?? null}
          onSet={(value) => set({ as_of: value })}
        />
        <p class="wide row">
          <button
            type="button"
            onClick={() =>
              set({ about: null, in: null, from: null, to: null, type: null, as_of: null, known_at: null, run: null })
            }
          >
            Ask about everything
          </button>
        </p>
      </form>
    </section>
  );
}

interface TextProps {
  id: string;
  label: string;
  hint?: string;
  type?: "date";
  value: string | null;
  onSet: (value: string) => void;
}

function Text({ id, label, hint, type, value, onSet }: TextProps) {
  const same = {
    id,
    value: value ?? "",
    title: hint,
    onChange: (event: { currentTarget: HTMLInputElement }) => onSet(event.currentTarget.value.trim()),
  };
  return (
    <div>
      <label for={id}>{label}</label>
      {type === "date" ? <input {...same} type="date" /> : <input {...same} placeholder={hint} />}
    </div>
  );
}
