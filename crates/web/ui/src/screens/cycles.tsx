// Cycles: what follows what, how much and how soon, under a baseline that moves and, beside it, under a constant one.

import type { Answer } from "../answers";
import { urlOf, useAnswer } from "../api";
import { Baselines, BranchingMatrix } from "../branching";
import { Screen } from "../frame";
import { GroundsNote } from "../grounds";
import { OverTime } from "../over-time";
import { Opens } from "../pieces";
import { QuestionBar, asked, useQuestion } from "../question-bar";
import { Reckoned, amount, percent, sentence, small, withinWords } from "../reckoned";
import { type Cycles, type CycleStream, type Within, readCycles } from "../reckoning";
import { pageOf } from "../router";
import { Choices, OtherWays, STREAMS, SourceChoice, streamsAsked } from "../streams-bar";
import { Twins } from "../twins";
import { capital, counted, day } from "../words";

export function CyclesScreen() {
  const question = useQuestion();
  const query = { ...asked(question), ...streamsAsked() };
  const answer = useAnswer<Answer<unknown>>(urlOf("/cycles", query));
  return (
    <Screen
      title="Cycles"
      lead="How many further attacks an attack brings, on its own side and on the other, and how soon. It tells what comes after what; something that neither side's attacks show may lie behind both."
    >
      <QuestionBar types={false} />
      <div class="toolbar">
        <Choices name="by" label="Streams" choices={STREAMS} />
        <SourceChoice />
      </div>
      <Reckoned
        asked={answer}
        read={readCycles}
        refused="No cycle is told of this"
        otherwise={<OtherWays name="by" choices={STREAMS} />}
      >
        {(cycles, whole) => (
          <>
            <Told cycles={cycles} />
            <GroundsNote grounds={whole.grounds} />
          </>
        )}
      </Reckoned>
      <Twins route="/cycles" params={query} command={answer.data?.command} formats={["json", "csv", "svg"]} />
    </Screen>
  );
}

function Told({ cycles }: { cycles: Cycles }) {
  const told = cycles.entries.filter((entry) => entry.is_told);
  const rest = cycles.entries.filter((entry) => !entry.is_told);
  return (
    <>
      <p class="lead">
        {cycles.title ? <b>{cycles.title}. </b> : null}
        {told.length === 0
          ? "Nothing here follows anything else more often than chance gives."
          : `${counted(told.length, "entry")} of ${cycles.entries.length} ${told.length === 1 ? "is" : "are"} more than chance gives.`}{" "}
        {cycles.first_day
          ? `${amount(cycles.span_days)} days from ${day(cycles.first_day)}; `
          : `${amount(cycles.span_days)} days; `}
        {cycles.isDaily ? "counted by the day, so that replies of the same day are not seen." : "timed within the day."}
        {cycles.isAttackAndReply
          ? ""
          : " Nobody says who began: streams excite one another, and no word is said of replies."}
      </p>
      {cycles.warnings.length || cycles.left_out.length ? (
        <ul class="notices" aria-label="What to heed">
          {cycles.warnings.map((words) => (
            <li key={words}>{capital(words)}.</li>
          ))}
          {cycles.left_out.map(({ words, n }) => (
            <li key={words}>
              {counted(n, "happening")} {words}.
            </li>
          ))}
        </ul>
      ) : null}
      <section>
        <h2>What follows what</h2>
        <BranchingMatrix cycles={cycles} />
        {told.length ? (
          <ul class="in-words">
            {told.map(({ words }) => (
              <li key={words}>{capital(words)}.</li>
            ))}
          </ul>
        ) : null}
        {rest.length ? (
          <details class="more">
            <summary>{counted(rest.length, "entry")} no more than chance gives, in words</summary>
            <ul>
              {rest.map(({ words }) => (
                <li key={words}>{capital(words)}.</li>
              ))}
            </ul>
          </details>
        ) : null}
      </section>
      <OverTime streams={cycles.streams} />
      <Streams streams={cycles.streams} />
      <section>
        <h2>
          The same under every baseline <span class="detail">a baseline is how often each happens by itself</span>
        </h2>
        <p class="lead">
          In a bad year many attacks follow one another, whether or not they belong together. A constant baseline counts
          that as excitation; one that moves does not. If the numbers change much from row to row, trust none of them
          alone.
        </p>
        <Baselines cycles={cycles} />
      </section>
      <LongRun cycles={cycles} />
      {cycles.replies ? <Replies replies={cycles.replies} /> : null}
    </>
  );
}

const daysWithin = ({ low, high }: Within): string =>
  high === null ? `${amount(low)} or more` : `${amount(low)} to ${amount(high)}`;

function Streams({ streams }: { streams: CycleStream[] }) {
  return (
    <section>
      <h2>The streams</h2>
      <div class="stream-cards">
        {streams.map((stream) => (
          <div key={stream.name} class="card">
            <h3>{stream.name}</h3>
            <p>
              <Opens
                ids={stream.periods.flatMap(({ evidence }) => evidence)}
                label={`${amount(stream.events)} events of ${stream.name}; open what they rest on`}
              >
                {counted(stream.events, "event")}
              </Opens>
            </p>
            <div class="share" role="img" aria-label={`${percent(stream.share_by_itself)} by themselves`}>
              <i style={{ width: `${Math.round(stream.share_by_itself * 100)}%` }} />
            </div>
            <p class="detail">
              {percent(stream.share_by_itself)} by themselves, {percent(1 - stream.share_by_itself)} brought by events
              before
            </p>
            <p class="detail">
              {stream.half_life
                ? `Half of what an event brings comes within ${amount(stream.half_life.best)} days (${daysWithin(stream.half_life)}).`
                : "Nothing excites it."}
            </p>
            <p class="detail">
              {stream.fit_p === null
                ? "How well the model fits is not said."
                : stream.fit_p < 0.05
                  ? `The events do not look as the model would have them (p ${small(stream.fit_p)}).`
                  : `The events look as the model would have them (p ${small(stream.fit_p)}), which is no proof.`}
              {stream.dispersion !== null && stream.dispersion > 1
                ? ` Days vary ${small(stream.dispersion)} times as much as it has it; intervals are the wider for it.`
                : ""}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}

function LongRun({ cycles }: { cycles: Cycles }) {
  return (
    <section>
      <h2>Does it come to rest?</h2>
      <p class="lead">
        Spectral radius <b>{small(cycles.spectral_radius)}</b>
        {cycles.spectral_radius_within ? ` (${withinWords(cycles.spectral_radius_within)})` : ""}: so many events one
        event brings at each further step, all streams together.{" "}
        {cycles.spectral_radius_words
          ? sentence(cycles.spectral_radius_words)
          : cycles.spectral_radius >= 1
            ? "From 1 on the model never comes to rest."
            : "Below 1 a cycle dies away, near 1 slowly."}{" "}
        {"per_day" in cycles.long_run
          ? `If baselines stayed at their means, in the long run: ${cycles.streams
              .map(
                ({ name }, i) =>
                  `${name} ${small("per_day" in cycles.long_run ? (cycles.long_run.per_day[i] ?? 0) : 0)} a day`,
              )
              .join(", ")}.`
          : `There is no long run: ${cycles.long_run.why}.`}
      </p>
    </section>
  );
}

const FIRST = 12;

const atMost = (share: number | null, of: string): string =>
  share === null ? "" : `, in 95 of 100 ${of} at most ${percent(share)}`;

function Replies({ replies }: { replies: NonNullable<Cycles["replies"]> }) {
  return (
    <section>
      <h2>
        Stated replies beside inferred ones <span class="detail">neither is the truth</span>
      </h2>
      <p class="lead">
        {replies.share_found === null
          ? "No stated reply could be compared."
          : `The model finds ${replies.found} of ${replies.replies.length} stated replies (${percent(replies.share_found)}).`}{" "}
        {replies.share_by_chance !== null
          ? `Of pairs drawn by chance it would find ${percent(replies.share_by_chance)}${atMost(replies.share_by_chance_95, "drawings")}.`
          : ""}{" "}
        {replies.share_by_shift !== null
          ? `With one stream shifted in time against the other, so that both share only what changes slowly, it would find ${percent(replies.share_by_shift)}${atMost(replies.share_by_shift_95, "shifts")}.`
          : ""}{" "}
        {[
          replies.of_one_day
            ? `${counted(replies.of_one_day, "reply")} within one day, of which counts of days say nothing.`
            : "",
          replies.reversed ? `${counted(replies.reversed, "reply")} dated before what they answer.` : "",
          replies.without_event ? `${counted(replies.without_event, "reply")} of happenings that are in no stream.` : "",
        ].join(" ")}
      </p>
      {replies.replies.length ? (
        <ul class="bare stated">
          {replies.replies.slice(0, FIRST).map((one) => (
            <li key={`${one.earlier} ${one.later}`}>
              <span>
                <span aria-hidden="true">{one.is_found ? "●" : "○"}</span> {one.is_found ? "found" : "not found"}
              </span>
              <span>
                <a href={pageOf(one.later)}>The later</a> after {amount(one.lag_days)}{" "}
                {one.lag_days === 1 ? "day" : "days"} to <a href={pageOf(one.earlier)}>the earlier</a>{" "}
                <Opens ids={[one.earlier, one.later]} label="Open the evidence of both">
                  evidence
                </Opens>
              </span>
              <span class="detail">
                {percent(one.probability)} that this one brought it, {percent(one.stream_probability)} that some event
                of its stream did
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {replies.replies.length > FIRST ? (
        <p class="detail">and {replies.replies.length - FIRST} more in the JSON or CSV below.</p>
      ) : null}
    </section>
  );
}
