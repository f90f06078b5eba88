//! What is said of a proposition's reality: negation, modality, tense, mood, and the words that govern it.
//!
//! Read from the word outwards: what stands at the word itself, then what governs it, then what governs that, until
//! something decides or a clause begins that only reports or relates. What a sentence presupposes ("investigate the
//! attack", "will respond to the attack") keeps its own reality. The governing words are data
//! (`data/lexicons/governors.tsv`).

use std::collections::HashMap;

use model::{Deprel, Head, Sentence, Status, Upos};

use crate::lexicons::entry;
use crate::syntax;

/// What a governing word does to the reality of what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// It gives a status.
    Gives(Status),
    /// The happening is as real as the governing word: "launch an attack", "clashes erupted".
    Same,
    /// As real as the governing word where that is told in the past ("was able to flee"), else possible.
    SameIfPast,
    /// As real as the governing word; where that lies ahead, it is a forecast: "will lead to clashes".
    Outcome,
}

/// What a word does, by the way in which it takes what it governs: `obj`, `subj`, `to`, `ing`, `that`, `amod`,
/// `advmod`, `mark`, `self`, or a preposition.
#[derive(Clone, Debug)]
struct Governor {
    effect: Effect,
    takes: Vec<String>,
}

/// Words that decide the status of what they govern.
#[derive(Debug, Default)]
pub struct Governors {
    by_lemma: HashMap<String, Vec<Governor>>,
}

impl Governors {
    /// Reads `lemma<TAB>status or effect<TAB>what it takes<TAB>example<TAB>counter-example` lines; `#` starts a comment.
    pub fn parse(content: &str) -> Self {
        let mut governors = Self::default();
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t').map(str::trim);
            let (Some(lemma), Some(effect), Some(takes)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let effect = match effect {
                "same" => Effect::Same,
                "same_if_past" => Effect::SameIfPast,
                "outcome" => Effect::Outcome,
                status => match status.parse() {
                    Ok(status) => Effect::Gives(status),
                    Err(_) => continue,
                },
            };
            let takes = takes.split_whitespace().map(str::to_owned).collect();
            governors.by_lemma.entry(lemma.to_owned()).or_default().push(Governor { effect, takes });
        }
        governors
    }

    /// The status of the happening that the word at `index` tells of, in the mouth of whoever tells it.
    ///
    /// Reporting verbs do not change it; who says it is kept apart.
    pub fn status(&self, sentence: &Sentence, index: usize, is_verb: bool) -> Status {
        self.read(sentence, index, is_verb, 0)
    }

    /// The effect of a word on what it takes in this way.
    fn effect(&self, sentence: &Sentence, word: usize, way: &str) -> Option<Effect> {
        let lemma = sentence.tokens[word].lemma.to_lowercase();
        // "call off", "take place"
        let companion = sentence
            .children(word)
            .filter(|(_, t)| matches!(t.deprel, Deprel::CompoundPrt | Deprel::Obj | Deprel::Advmod))
            .find_map(|(_, t)| entry(&self.by_lemma, &format!("{lemma} {}", t.lemma.to_lowercase())))
            // "called off the visit", where "off" was taken for a preposition
            .or_else(|| {
                let next = sentence.tokens.get(word + 1).filter(|t| t.upos == Upos::Adp)?;
                entry(&self.by_lemma, &format!("{lemma} {}", next.lemma.to_lowercase()))
            });
        let has_particle = sentence.child(word, &[Deprel::CompoundPrt]).is_some();
        let entries = match companion {
            Some(entries) => Some(entries),
            None if has_particle => None,
            None => entry(&self.by_lemma, &lemma),
        };
        entries?.iter().find(|g| g.takes.iter().any(|t| t == way)).map(|g| g.effect)
    }

    fn read(&self, sentence: &Sentence, index: usize, is_verb: bool, depth: usize) -> Status {
        let mut status = self.local(sentence, index, is_verb);
        let mut forecast = false;
        let mut at = index;
        for _ in 0..16 {
            // A governing word may still make a plan a mere fear, but no more than that.
            let open = matches!(status, Status::Occurred | Status::Ongoing);
            if !open && status != Status::Planned {
                break;
            }
            let Head::Token(up) = sentence.tokens[at].head else { break };
            let effect = ways(sentence, at, up).iter().find_map(|way| self.effect(sentence, up, way));
            if !open {
                if let Some(Effect::Gives(Status::Possible)) = effect
                    && sentence.tokens[at].deprel == Deprel::Ccomp
                {
                    status = Status::Possible;
                }
                break;
            }
            match effect {
                Some(Effect::Gives(given)) if depth < 4 => {
                    let above = self.read(sentence, up, sentence.tokens[up].upos == Upos::Verb, depth + 1);
                    status = governed(given, above, undoes(given, &sentence.tokens[up].lemma));
                    break;
                }
                Some(Effect::Gives(given)) => {
                    status = given;
                    break;
                }
                Some(Effect::SameIfPast) if !is_past(sentence, up) => {
                    let above = self.local(sentence, up, true);
                    status = if above == Status::DidNotOccur { above } else { Status::Possible };
                    break;
                }
                Some(Effect::Same | Effect::SameIfPast | Effect::Outcome) => {
                    forecast |= effect == Some(Effect::Outcome);
                }
                None => match step(sentence, at, up, is_verb || at != index) {
                    Step::Stop => break,
                    Step::Decided(given) => {
                        // "does not have the right to impose"
                        let denied = given == Status::Possible
                            && depth < 4
                            && syntax::head(sentence, up)
                                .is_some_and(|verb| of_predicate(sentence, verb) == Status::DidNotOccur);
                        status = if denied { Status::DidNotOccur } else { given };
                        break;
                    }
                    Step::Inherit => {}
                    Step::Pass => {
                        at = up;
                        continue;
                    }
                },
            }
            let above = self.local(sentence, up, true);
            if above != Status::Occurred {
                status = above;
            }
            at = up;
        }
        // Nobody plans a forecast.
        if forecast && status == Status::Planned { Status::Possible } else { status }
    }

    /// What the word itself and its helpers say.
    fn local(&self, sentence: &Sentence, index: usize, is_verb: bool) -> Status {
        let token = &sentence.tokens[index];
        let predicate = is_verb
            || token.upos == Upos::Verb
            || sentence.child(index, &[Deprel::Cop, Deprel::Aux, Deprel::AuxPass]).is_some();
        let mut status = if predicate { of_predicate(sentence, index) } else { Status::Occurred };
        let nominal = token.upos != Upos::Verb;
        for (i, child) in sentence.children(index) {
            let lemma = child.lemma.to_lowercase();
            let way = match child.deprel {
                // "as if"
                Deprel::Mark if lemma == "if" && i > 0 && sentence.tokens[i - 1].lemma.eq_ignore_ascii_case("as") => {
                    continue;
                }
                Deprel::Mark | Deprel::Case => "mark",
                Deprel::Advmod if nominal && !predicate && matches!(lemma.as_str(), "no" | "not" | "neither") => {
                    return Status::DidNotOccur;
                }
                Deprel::Advmod => "advmod",
                Deprel::Amod | Deprel::Compound if nominal => "amod",
                // "foiled attacks", "an attack planned for May"
                Deprel::Acl if nominal && syntax::is_passive(sentence, i) => "obj",
                Deprel::Det if nominal && matches!(lemma.as_str(), "no" | "neither") => return Status::DidNotOccur,
                // "any attack will be answered"
                Deprel::Det if nominal && lemma == "any" && awaits(sentence, index) => return Status::Hypothetical,
                _ => continue,
            };
            if let Some(Effect::Gives(given)) = entry(&self.by_lemma, &lemma)
                .and_then(|entries| entries.iter().find(|g| g.takes.iter().any(|t| t == way)))
                .map(|g| g.effect)
                && matches!(status, Status::Occurred | Status::Ongoing)
            {
                status = given;
            }
            // "the attack was planned" is no plan; "a planned attack" is.
            if way == "amod" && child.upos == Upos::Verb && status == Status::Occurred {
                let undone =
                    entry(&self.by_lemma, &lemma).and_then(|e| e.iter().find(|g| g.takes.iter().any(|t| t == "obj")));
                if let Some(Governor { effect: Effect::Gives(given), .. }) = undone
                    && *given != Status::Possible
                {
                    status = *given;
                }
            }
        }
        // "support", "control", "harbour" in the present: a state that lasts.
        if status == Status::Occurred
            && predicate
            && token.feats.has("Tense", "Pres")
            && token.feats.has("VerbForm", "Fin")
            && self.effect(sentence, index, "self").is_some()
        {
            status = Status::Ongoing;
        }
        status
    }
}

/// The ways in which `up` may take `at`, by their relation.
fn ways(sentence: &Sentence, at: usize, up: usize) -> Vec<&'static str> {
    let token = &sentence.tokens[at];
    let to = sentence.children(at).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("to"));
    let marks = |ways: &mut Vec<&'static str>| {
        for (_, t) in sentence.children(at) {
            if matches!(t.deprel, Deprel::Mark | Deprel::Case)
                && let Some(known) = PREPOSITIONS.iter().find(|p| t.lemma.eq_ignore_ascii_case(p))
            {
                ways.push(known);
            }
        }
    };
    let mut ways = Vec::new();
    match token.deprel {
        Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass | Deprel::CsubjPass => ways.push("obj"),
        Deprel::Nsubj | Deprel::Csubj if syntax::is_passive(sentence, up) => ways.push("obj"),
        Deprel::Nsubj | Deprel::Csubj => {
            ways.push("subj");
            if is_kind(sentence, at) && !is_past(sentence, up) {
                ways.push("kind");
            }
        }
        Deprel::Ccomp => ways.push(if to { "to" } else { "that" }),
        Deprel::Xcomp | Deprel::Acl | Deprel::Advcl => {
            ways.push(if to { "to" } else { "ing" });
            marks(&mut ways);
            // "attacks aimed at", "a visit cancelled by": the participle governs the noun above, not this way.
            if token.deprel == Deprel::Acl && !to && ways.len() == 1 {
                ways.clear();
                // "the allegation that …", "fears they attacked"
                ways.push("that");
            }
        }
        Deprel::Obl | Deprel::OblAgent | Deprel::Nmod => marks(&mut ways),
        Deprel::Compound => ways.push("compound"),
        _ => {}
    }
    ways
}

/// "Abortion is illegal": a noun without article, owner or number names a kind of thing.
fn is_kind(sentence: &Sentence, noun: usize) -> bool {
    sentence.tokens[noun].upos == Upos::Noun
        && sentence.child(noun, &[Deprel::Det, Deprel::NmodPoss, Deprel::Nummod]).is_none()
}

/// Where no governing word decides: how the relation to the word above bears on it.
fn step(sentence: &Sentence, at: usize, up: usize, is_verb: bool) -> Step {
    let token = &sentence.tokens[at];
    let infinitive = token.feats.has("VerbForm", "Inf") || token.feats.get("VerbForm").is_none();
    let to = sentence.children(at).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("to"));
    // "to have attacked" is done.
    let perfect = sentence.children(at).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma.eq_ignore_ascii_case("have"));
    let own_subject = sentence.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    match token.deprel {
        Deprel::Xcomp => Step::Inherit,
        // What something is for.
        Deprel::Advcl if to && infinitive && !own_subject && !perfect => Step::Decided(Status::Planned),
        // "will resume when they withdraw": no surer than the clause that waits for it.
        Deprel::Advcl if own_subject && !token.feats.has("Tense", "Past") && waits(sentence, at) => {
            match of_predicate(sentence, up) {
                Status::Occurred | Status::Ongoing | Status::DidNotOccur => Step::Stop,
                _ => Step::Decided(Status::Possible),
            }
        }
        // "…, killing six"
        Deprel::Advcl if !own_subject && token.feats.has("VerbForm", "Ger") => Step::Inherit,
        // "the first to attack" did so; "the right to attack" is a possibility.
        Deprel::Acl if to && !perfect => {
            let ordinal = sentence.children(up).any(|(_, t)| {
                t.deprel == Deprel::Amod
                    && (t.feats.has("NumType", "Ord") || matches!(t.lemma.as_str(), "last" | "only"))
            });
            if ordinal || sentence.tokens[up].feats.has("NumType", "Ord") {
                Step::Stop
            } else {
                Step::Decided(Status::Possible)
            }
        }
        // "nobody hurt", "no candidates elected"
        Deprel::Acl if token.feats.has("VerbForm", "Part") => {
            let none =
                sentence.children(up).any(|(_, t)| t.deprel == Deprel::Det && t.lemma.eq_ignore_ascii_case("no"));
            if none || matches!(sentence.tokens[up].lemma.as_str(), "nobody" | "none" | "nothing") {
                Step::Decided(Status::DidNotOccur)
            } else {
                Step::Stop
            }
        }
        // "plans to raid and burn", "attacks and raids"
        Deprel::Conj if is_verb && token.upos == Upos::Verb => {
            // "if A attacks and B replies", "save yourself and go"
            let shared = matches!(of_predicate(sentence, up), Status::Demanded)
                || sentence
                    .children(up)
                    .any(|(_, t)| t.deprel == Deprel::Mark && matches!(t.lemma.as_str(), "if" | "unless"));
            if shared || !token.feats.has("VerbForm", "Fin") && !own_subject { Step::Inherit } else { Step::Stop }
        }
        Deprel::Conj => Step::Pass,
        _ => Step::Stop,
    }
}

/// What to do on the way up.
enum Step {
    /// What stands above is presupposed, relates or reports.
    Stop,
    /// The relation itself says it.
    Decided(Status),
    /// As real as what stands above.
    Inherit,
    /// Go on from the word above without asking it.
    Pass,
}

/// Prepositions and marks by which governing words take what they govern.
const PREPOSITIONS: &[&str] = &[
    "for", "of", "to", "from", "against", "on", "in", "at", "with", "into", "about", "towards", "toward", "off",
    "over", "pending", "upon", "without",
];

/// The status of what a governing word that is itself real only so far takes.
fn governed(given: Status, above: Status, undoes: bool) -> Status {
    match (given, above) {
        // "failed to prevent the attack", "did not refuse to leave"; but a visit not called off still lies ahead.
        (Status::DidNotOccur, Status::DidNotOccur) => Status::Occurred,
        // "to prevent an attack", "may cancel the visit"
        (Status::DidNotOccur | Status::Cancelled, Status::Occurred | Status::Ongoing) => given,
        (Status::DidNotOccur, _) if undoes => Status::Possible,
        (Status::Cancelled, _) => Status::Planned,
        // "did not plan to", "no promise to"
        (Status::Occurred | Status::Ongoing, _) | (Status::Possible, Status::Hypothetical) => above,
        (_, Status::DidNotOccur) => Status::DidNotOccur,
        _ => given,
    }
}

/// Whether a word undoes something that others would do ("prevent"), rather than leaves it undone ("refuse").
fn undoes(given: Status, lemma: &str) -> bool {
    given == Status::DidNotOccur
        && !matches!(lemma, "refuse" | "decline" | "fail" | "refrain" | "lack" | "unable" | "failure" | "refusal")
}

/// Whether a noun is the subject of what would come of it: "any attack will be met with force".
fn awaits(sentence: &Sentence, noun: usize) -> bool {
    matches!(sentence.tokens[noun].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        && syntax::head(sentence, noun).is_some_and(|verb| {
            sentence.children(verb).any(|(_, t)| {
                t.deprel == Deprel::Aux
                    && matches!(t.lemma.as_str(), "will" | "would" | "shall" | "can" | "may" | "must" | "could")
            })
        })
}

/// Whether a clause says what must come first.
fn waits(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| {
        matches!(t.deprel, Deprel::Mark | Deprel::Advmod)
            && matches!(t.lemma.to_lowercase().as_str(), "when" | "once" | "until" | "till" | "before" | "after")
    })
}

fn is_past(sentence: &Sentence, word: usize) -> bool {
    let past = |t: &model::Token| t.feats.has("Tense", "Past");
    past(&sentence.tokens[word])
        || sentence.children(word).any(|(_, t)| {
            matches!(t.deprel, Deprel::Cop | Deprel::Aux | Deprel::AuxPass)
                && (past(t) || t.lemma.eq_ignore_ascii_case("have"))
        })
}

fn of_predicate(sentence: &Sentence, verb: usize) -> Status {
    let token = &sentence.tokens[verb];
    let mut negated = false;
    let mut modal: Option<&str> = None;
    let (mut perfect, mut present) = (false, false);
    let mut to = false;
    let subject = sentence.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
    for (i, child) in sentence.children(verb) {
        let lemma = child.lemma.to_lowercase();
        match child.deprel {
            // "vowed never to attack": it is the infinitive that is negated.
            Deprel::Advmod if i > verb && negates_infinitive(sentence, i) => {}
            Deprel::Advmod | Deprel::Det if matches!(lemma.as_str(), "not" | "never" | "no" | "n't" | "nor") => {
                negated = true;
            }
            Deprel::Mark if lemma == "to" && i > 0 && negates_infinitive(sentence, i - 1) => {
                negated = true;
                to = true;
            }
            // "no longer attacks"
            Deprel::Advmod if lemma == "longer" || lemma == "long" => {
                negated |= sentence.children(i).any(|(_, t)| t.lemma.eq_ignore_ascii_case("no"));
            }
            Deprel::Cc | Deprel::CcPreconj if matches!(lemma.as_str(), "neither" | "nor") => negated = true,
            // "are due to resume", taken for the preposition
            Deprel::Mark if lemma == "due" && sentence.child(verb, &[Deprel::Cop]).is_some() => {
                modal = modal.or(Some("will"));
            }
            Deprel::Mark if lemma == "to" => to = true,
            Deprel::Aux => match lemma.as_str() {
                "will" | "shall" | "'ll" | "wo" | "’ll" => modal = modal.or(Some("will")),
                "would" | "'d" => modal = modal.or(Some("would")),
                "may" | "might" => modal = modal.or(Some("may")),
                "could" | "can" | "ca" => modal = modal.or(Some("can")),
                "should" | "must" | "ought" => modal = modal.or(Some("must")),
                // "Had they attacked, …"
                "have"
                    if token.deprel == Deprel::Advcl
                        && child.feats.has("Tense", "Past")
                        && subject.is_some_and(|s| i < s)
                        && !sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark) =>
                {
                    return Status::Hypothetical;
                }
                "have" => perfect = true,
                "be" => present |= child.feats.has("Tense", "Pres"),
                _ => {}
            },
            Deprel::Cop => present |= child.feats.has("Tense", "Pres"),
            _ => {}
        }
    }
    // "Nobody was killed", "no soldiers were hurt", "neither A nor B attacked".
    for (i, _) in sentence
        .children(verb)
        .filter(|(_, t)| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Obj))
    {
        negated |=
            matches!(sentence.tokens[i].lemma.to_lowercase().as_str(), "nobody" | "none" | "nothing" | "neither")
                || sentence.children(i).any(|(_, t)| {
                    matches!(t.deprel, Deprel::Det | Deprel::CcPreconj | Deprel::Cc)
                        && matches!(t.lemma.to_lowercase().as_str(), "no" | "neither")
                });
    }
    match (modal, negated) {
        // "could not reach an agreement", "can't", "would not say", "will not attack": said not to be.
        (Some("can" | "will"), true) => Status::DidNotOccur,
        (Some("would"), true) if !perfect => Status::DidNotOccur,
        (Some("will"), false) => Status::Planned,
        (Some("would"), _) => {
            let condition = sentence.children(verb).any(|(i, t)| {
                t.deprel == Deprel::Advcl
                    && sentence.children(i).any(|(_, m)| m.deprel == Deprel::Mark && m.lemma == "if")
            });
            if !perfect && !condition && in_reported_past(sentence, verb) {
                Status::Planned
            } else {
                Status::Hypothetical
            }
        }
        (Some("may" | "can"), _) => Status::Possible,
        (Some(_), _) => Status::Demanded,
        // "Don't attack" is an order, too.
        (None, _) if token.feats.has("Mood", "Imp") => Status::Demanded,
        (None, true) => Status::DidNotOccur,
        (None, false) => {
            // "is to step down"
            // "is to step down"; in headlines "Minister to visit Kabul"
            let headline = token.deprel == Deprel::Root && subject.is_some();
            let is_to = to && (headline || sentence.child(verb, &[Deprel::Cop, Deprel::Aux]).is_some()) && !perfect;
            // "Maduro to meet Lula": a headline's name with its infinitive.
            if to
                && !perfect
                && matches!(token.deprel, Deprel::Xcomp | Deprel::Acl)
                && syntax::head(sentence, verb).is_some_and(|h| h + 2 == verb && syntax::heads_headline(sentence, h))
            {
                return Status::Planned;
            }
            if is_to && !matches!(token.deprel, Deprel::Xcomp | Deprel::Advcl | Deprel::Acl) {
                return Status::Planned;
            }
            if is_polar_question(sentence, verb) {
                return Status::Possible;
            }
            let progressive = token.feats.has("VerbForm", "Part") && token.feats.has("Tense", "Pres")
                || token.feats.has("VerbForm", "Ger");
            // "have been protesting"
            let lasting = perfect && sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma == "be");
            if progressive && (present || lasting) { Status::Ongoing } else { Status::Occurred }
        }
    }
}

/// "not to", "never to"
pub(crate) fn negates_infinitive(sentence: &Sentence, word: usize) -> bool {
    matches!(sentence.tokens[word].lemma.to_lowercase().as_str(), "not" | "never")
        && sentence.tokens.get(word + 1).is_some_and(|t| t.lemma == "to" && t.deprel == Deprel::Mark)
}

/// Whether "would" looks ahead from a past report or plan: "said it would attack", "under the plan, troops would leave".
fn in_reported_past(sentence: &Sentence, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..6 {
        let planned = sentence.children(at).any(|(i, t)| {
            matches!(t.deprel, Deprel::Obl | Deprel::OblUnmarked)
                && syntax::preposition(sentence, i)
                    .is_some_and(|p| matches!(p.to_lowercase().as_str(), "under" | "per"))
        });
        if planned {
            return true;
        }
        let Some(up) = syntax::head(sentence, at) else { return false };
        match sentence.tokens[at].deprel {
            Deprel::Ccomp | Deprel::Parataxis => {
                let telling = if sentence.tokens[at].deprel == Deprel::Ccomp { up } else { at };
                return telling != verb && is_past(sentence, telling) || is_past(sentence, up);
            }
            Deprel::Conj | Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl | Deprel::Xcomp => at = up,
            _ => return false,
        }
    }
    false
}

/// "Did the army attack?"; a question for who, when or why takes the happening for granted.
fn is_polar_question(sentence: &Sentence, verb: usize) -> bool {
    let asked = sentence.tokens.iter().rev().take(3).any(|t| t.lemma == "?");
    let main = matches!(sentence.tokens[verb].deprel, Deprel::Root);
    let helper = sentence.child(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
    let subject = sentence.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let inverted = matches!((helper, subject), (Some(helper), Some(subject)) if helper < subject);
    let wh = sentence.tokens.iter().take(verb).any(|t| {
        matches!(
            t.lemma.to_lowercase().as_str(),
            "who" | "what" | "when" | "where" | "why" | "how" | "which" | "whose" | "whom"
        )
    });
    asked && main && inverted && !wh
}
