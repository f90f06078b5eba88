//! Figures: aggregates with a number, such as attacks in two years, fighters that a group has, trucks stranded, a fall
//! of trade in per cent.
//!
//! What is counted is data (`data/lexicons/figures.toml`). The dead and hurt of one happening are its effects and no
//! figures; two of anything is no aggregate; sums of money, ages, distances and scores are not read.

use std::collections::{HashMap, HashSet};

use model::{Attitude, Attribution, Count, Deprel, Granularity, Proposition, Sentence, Span, Status, Time, Upos};
use serde::Deserialize;

use crate::attach::Attachments;
use crate::draft::Draft;
use crate::frames::{FrameError, Trigger};
use crate::happenings::Happening;
use crate::numbers::{self, Quantity};
use crate::roles::Scene;
use crate::rules::rules;
use crate::speech::Reporting;
use crate::status::Governors;
use crate::syntax;

/// The data file.
pub const LEXICON: &str = include_str!("../../../data/lexicons/figures.toml");

/// The name and version that claims of this kind carry.
pub const CODER: &str = "figures/1";

/// A number of people or things below this is told as news of them, not as an aggregate.
const AGGREGATE_FROM: f64 = 10.0;

/// From this on a number of people or things is an aggregate whatever the verb.
const CROWD_FROM: f64 = 1000.0;
/// So many dead or hurt, told in the perfect over a long time and of nobody's doing, are the sum of many happenings.
const TOLL_FROM: f64 = 100.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Act,
    Force,
    People,
    Thing,
    Change,
    Growth,
    Stock,
    Several,
}

/// What is counted.
#[derive(Debug, Default)]
pub struct Figures {
    nouns: HashMap<String, Kind>,
    verbs: HashMap<String, Kind>,
    /// Adjectives that say how many.
    numbering: HashSet<String>,
}

impl Figures {
    /// The list that comes along.
    pub fn embedded() -> Result<Self, FrameError> {
        let mut figures = Self::default();
        for rule in rules("figures.toml", LEXICON)? {
            if rule.kind == Kind::Several {
                figures.numbering.extend(rule.words);
                continue;
            }
            let table = match rule.kind {
                Kind::Act | Kind::Force | Kind::People | Kind::Thing => &mut figures.nouns,
                _ => &mut figures.verbs,
            };
            table.extend(rule.words.into_iter().map(|w| (w, rule.kind)));
        }
        Ok(figures)
    }

    /// Adds a draft for each figure of the sentence, whose other drafts start at `first`.
    pub(crate) fn draft(
        &self,
        governors: &Governors,
        reporting: &Reporting,
        scene: &Scene<'_>,
        attached: &mut Attachments,
        first: usize,
        drafts: &mut Vec<Draft>,
    ) {
        let sentence = scene.sentence;
        // What is told as an effect of a happening is counted there.
        let aggregate = |d: &Draft, attached: &Attachments| {
            d.actor.is_empty()
                && d.effects.iter().any(|e| e.low.is_some_and(|low| low >= TOLL_FROM))
                && d.lead().is_some_and(|lead| lead.is_verb && self.sums_up(sentence, lead.token, attached))
        };
        let tolls: Vec<usize> = drafts[first..]
            .iter()
            .filter(|d| aggregate(d, attached))
            .filter_map(|d| d.lead().map(|lead| lead.token))
            .collect();
        let of_toll = |d: &Draft| d.lead().is_some_and(|lead| tolls.contains(&lead.token));
        let effects: Vec<Span> = drafts[first..]
            .iter()
            .filter(|d| d.keep && !of_toll(d))
            .flat_map(|d| &d.effects)
            .filter_map(|e| e.span)
            .collect();
        for (index, token) in sentence.tokens.iter().enumerate() {
            if !matches!(token.upos, Upos::Noun | Upos::Propn) {
                continue;
            }
            let Some(&kind) = self.nouns.get(&token.lemma.to_lowercase()) else { continue };
            let summing = governing_verb(sentence, index).filter(|v| tolls.contains(v));
            let Some(quantity) = self.counted(scene, index, kind, summing.is_some(), attached) else { continue };
            if effects.iter().any(|e| e.overlaps(token.span)) {
                continue;
            }
            // So many attacks are a figure and no event; what happened so many times neither.
            let times = token.lemma == "time";
            let over = if times { syntax::head(sentence, index) } else { Some(index) };
            let told = |d: &Draft| {
                matches!(d.proposition, Proposition::Event(..)) && d.lead().is_some_and(|lead| Some(lead.token) == over)
            };
            // "was chosen five times": nothing of this field.
            if times && !drafts[first..].iter().any(|d| d.keep && told(d)) {
                continue;
            }
            let summed = |d: &Draft| summing.is_some() && d.lead().map(|lead| lead.token) == summing;
            for draft in drafts[first..].iter_mut().filter(|d| told(d) || summed(d)) {
                draft.keep = false;
            }
            let governor = governing_verb(sentence, index);
            let range = syntax::mention_tokens(sentence, index);
            let of = of_words(scene, index, &range, &quantity);
            let count = Count { low: quantity.low, high: quantity.high, of: Some(of) };
            let mut actor = governor.map(|verb| holder(scene, verb, index)).unwrap_or_default();
            let anchor = governor.unwrap_or(index);
            let status = governors.status(sentence, governor.unwrap_or(index), governor.is_some());
            if !is_told(status) {
                continue;
            }
            // "The institute recorded 521 attacks": who counts says so, and did not do it.
            let source = governor.filter(|&v| counts(&sentence.tokens[v].lemma)).and_then(|v| {
                let party = (!actor.is_empty()).then(|| actor.remove(0));
                actor.clear();
                party.map(|party| Attribution {
                    party: Some(party),
                    attitude: Attitude::Asserts,
                    span: Some(sentence.tokens[v].span),
                })
            });
            drafts.push(self.finish(
                scene,
                reporting,
                attached,
                count,
                (index, anchor),
                quantity.span,
                Draft {
                    actor,
                    status,
                    source,
                    ..Draft::new(Proposition::Figure(Count { low: None, high: None, of: None }), token.span)
                },
            ));
        }
        let before = drafts.len();
        self.changes(governors, reporting, scene, attached, drafts);
        // "Deaths in clashes fell by half": the clashes are those of a count, and no happening.
        let changed: Vec<usize> =
            drafts[before..].iter().filter_map(|d| syntax::surface_subject(sentence, d.anchor)).collect();
        for draft in &mut drafts[first..before] {
            let of_change = |lead: Trigger| {
                sentence.tokens[lead.token].deprel == Deprel::Nmod
                    && syntax::head(sentence, lead.token).is_some_and(|h| changed.contains(&h))
            };
            let counted = draft.lead().is_some_and(|lead| {
                !lead.is_verb && (changed.contains(&lead.token) || draft.actor.is_empty() && of_change(lead))
            });
            draft.keep &= !counted || !matches!(draft.proposition, Proposition::Event(..));
        }
        // "The number of attacks doubled": a count of events is none of them.
        for draft in &mut drafts[first..] {
            let Some(lead) = draft.lead().filter(|lead| !lead.is_verb) else { continue };
            let counted = sentence.tokens[lead.token].deprel == Deprel::Nmod
                && syntax::preposition(sentence, lead.token) == Some("of")
                && syntax::head(sentence, lead.token).is_some_and(|h| {
                    matches!(sentence.tokens[h].lemma.as_str(), "number" | "rate" | "frequency" | "tally")
                        && sentence.children(h).any(|(_, t)| t.lemma == "the" || t.deprel == Deprel::NmodPoss)
                });
            draft.keep &= !counted;
        }
    }

    /// "have been killed since the coup", "were killed in operations this year": the sum of a long time, by the tense and the
    /// time of the verb, or of the clause before it ("383 had died this year, and 925 been killed").
    fn sums_up(&self, sentence: &Sentence, verb: usize, attached: &Attachments) -> bool {
        let is_perfect =
            |verb: usize| sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma == "have");
        let is_long = |verb: usize| attached.window(sentence, verb, Some(verb)).is_some();
        let first = syntax::head(sentence, verb).filter(|_| sentence.tokens[verb].deprel == Deprel::Conj);
        let since = || {
            syntax::obliques(sentence, verb, &["since"])
                .iter()
                .any(|&i| matches!(sentence.tokens[i].upos, Upos::Noun | Upos::Num | Upos::Propn))
        };
        is_perfect(verb) && (is_long(verb) || since() || first.is_some_and(|first| is_perfect(first) && is_long(first)))
            || is_long(verb) && self.in_many(sentence, verb)
    }

    /// "killed in operations", "died in violent protests": of things that happen, and nobody says how many. "In twin bombings"
    /// does, and homes and villages do not happen.
    fn in_many(&self, sentence: &Sentence, verb: usize) -> bool {
        let told = |t: &model::Token| match t.deprel {
            Deprel::Det | Deprel::Nummod | Deprel::NmodPoss => true,
            Deprel::Amod => self.numbering.contains(&t.lemma.to_lowercase()),
            _ => false,
        };
        syntax::obliques(sentence, verb, &["in", "during"]).iter().any(|&i| {
            let token = &sentence.tokens[i];
            let happens = self.nouns.get(&token.lemma.to_lowercase()) == Some(&Kind::Act);
            happens && token.feats.has("Number", "Plur") && !sentence.children(i).any(|(_, t)| told(t))
        })
    }

    /// The number of a noun, where number, noun and verb together make an aggregate.
    fn counted(
        &self,
        scene: &Scene<'_>,
        noun: usize,
        kind: Kind,
        toll: bool,
        attached: &Attachments,
    ) -> Option<Quantity> {
        let sentence = scene.sentence;
        let token = &sentence.tokens[noun];
        if matches!(token.deprel, Deprel::Compound | Deprel::Flat | Deprel::NmodPoss) {
            return None;
        }
        // "three per 100,000 people", "a room for 700 people"; the dead and hurt are effects.
        if matches!(syntax::preposition(sentence, noun), Some("per" | "for")) || suffers(sentence, noun) && !toll {
            return None;
        }
        let quantity = numbers::quantity_at(scene.text, sentence, noun)?;
        let least = quantity.low.or(quantity.high)?;
        // "his 2016 arrest": a year is no number of one thing.
        let of_one =
            token.feats.has("Number", "Sing") && !matches!(token.lemma.as_str(), "people" | "personnel" | "aircraft");
        if is_vague(quantity.span.of(scene.text)) || (of_one && least > 1.0) {
            return None;
        }
        // "the 12 soldiers" are known already; "a third of", "two of the …" count a part.
        let definite = sentence.children(noun).any(|(_, t)| {
            t.deprel == Deprel::Det && matches!(t.lemma.as_str(), "the" | "these" | "those")
                || t.deprel == Deprel::NmodPoss
        });
        let verb = governing_verb(sentence, noun);
        let stock = verb.map_or(exists(sentence, noun), |v| {
            self.verbs.get(&sentence.tokens[v].lemma.to_lowercase()) == Some(&Kind::Stock)
        });
        let window = attached.window(sentence, noun, verb).is_some();
        let fits = match kind {
            Kind::Act => least >= 2.0 && window && least >= 4.0 || least >= AGGREGATE_FROM && (stock || window),
            _ if toll => true,
            // "ECOWAS has 15 members"
            _ if is_membership(sentence, noun, verb) => least >= 2.0 && !definite,
            Kind::Force | Kind::People | Kind::Thing => {
                let from = if kind == Kind::People { CROWD_FROM / 20.0 } else { AGGREGATE_FROM };
                (least >= from && stock && !definite) || (least >= CROWD_FROM && verb.is_some() && !definite)
            }
            _ => false,
        };
        fits.then_some(quantity)
    }

    /// "Trade fell by 40 per cent."
    fn changes(
        &self,
        governors: &Governors,
        reporting: &Reporting,
        scene: &Scene<'_>,
        attached: &mut Attachments,
        drafts: &mut Vec<Draft>,
    ) {
        let sentence = scene.sentence;
        for (index, token) in sentence.tokens.iter().enumerate() {
            if token.upos != Upos::Verb {
                continue;
            }
            let sign = match self.verbs.get(&token.lemma.to_lowercase()) {
                Some(Kind::Change) => -1.0,
                Some(Kind::Growth) => 1.0,
                _ => continue,
            };
            let Some(subject) = syntax::surface_subject(sentence, index) else { continue };
            if sentence.tokens[subject].upos != Upos::Noun {
                continue;
            }
            let Some((low, high, span)) = percent_below(scene, index) else { continue };
            let range = syntax::mention_tokens(sentence, subject);
            let Some(what) = syntax::span_of(sentence, &range) else { continue };
            let words = what.of(scene.text);
            let words = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
            let (low, high) = if sign < 0.0 { (high.map(|h| -h), low.map(|l| -l)) } else { (low, high) };
            let count = Count { low, high, of: Some(format!("percent: {words}")) };
            let status = governors.status(sentence, index, true);
            if !is_told(status) {
                continue;
            }
            drafts.push(self.finish(
                scene,
                reporting,
                attached,
                count,
                (index, index),
                what.cover(span),
                Draft {
                    status,
                    ..Draft::new(Proposition::Figure(Count { low: None, high: None, of: None }), token.span)
                },
            ));
        }
    }

    /// Place, time and evidence.
    #[expect(clippy::too_many_arguments, reason = "one caller's parts of one record")]
    #[expect(clippy::unused_self, reason = "one of the three steps of a figure")]
    fn finish(
        &self,
        scene: &Scene<'_>,
        reporting: &Reporting,
        attached: &mut Attachments,
        count: Count,
        (word, anchor): (usize, usize),
        span: Span,
        mut draft: Draft,
    ) -> Draft {
        let sentence = scene.sentence;
        // Places and times hang on the counted noun or on its verb.
        let lead = Trigger { token: word, frame: 0, is_verb: false };
        let more = if anchor == word { Vec::new() } else { vec![Trigger { token: anchor, frame: 0, is_verb: true }] };
        attached.attach(scene, reporting, &Happening { lead, more }, &mut draft);
        if draft.time.is_none() {
            let verb = (anchor != word).then_some(anchor);
            draft.time = attached.window(sentence, word, verb).map(|time| {
                let open = time.from.is_none() && time.to.is_none();
                Time { granularity: if open { Granularity::Range } else { time.granularity }, ..time.clone() }
            });
        }
        let clause = syntax::clause_head(sentence, anchor);
        draft.evidence = syntax::clause_span(sentence, clause).cover(span).cover(sentence.tokens[word].span);
        for party in &draft.actor {
            draft.evidence = party.span.map_or(draft.evidence, |s| draft.evidence.cover(s));
        }
        Draft { proposition: Proposition::Figure(count), anchor, coder: CODER, ..draft }
    }
}

/// The verb on which a nominal hangs as subject or object, or in a phrase.
fn governing_verb(sentence: &Sentence, noun: usize) -> Option<usize> {
    let token = &sentence.tokens[noun];
    let up = syntax::head(sentence, noun)?;
    match token.deprel {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked => {
            (sentence.tokens[up].upos == Upos::Verb || sentence.child(up, &[Deprel::Cop]).is_some()).then_some(up)
        }
        Deprel::Conj | Deprel::Nmod => governing_verb(sentence, up),
        _ => None,
    }
}

/// "There are 18 groups": the noun itself is the predicate.
fn exists(sentence: &Sentence, noun: usize) -> bool {
    sentence.child(noun, &[Deprel::Cop, Deprel::Expl]).is_some()
}

/// Who has or does what is counted: the subject, where the counted is not the subject itself.
fn holder(scene: &Scene<'_>, verb: usize, noun: usize) -> Vec<model::Party> {
    let sentence = scene.sentence;
    let agents = syntax::agents(sentence, verb);
    // Only what stands in the clause itself: a relative's antecedent may be far off.
    let own = sentence.child(verb, &[Deprel::Nsubj, Deprel::OblAgent, Deprel::Obl]).is_some()
        || sentence.tokens[verb].deprel != Deprel::AclRelcl;
    if agents.contains(&noun) || !own {
        return Vec::new();
    }
    scene
        .fillers(agents)
        .into_iter()
        .map(|f| f.party)
        .filter(|p| p.id.is_some() || !p.sectors.is_empty())
        .filter(|p| p.span.is_none_or(|s| !s.overlaps(sentence.tokens[noun].span)))
        .collect()
}

/// "has 15 members", "comprises 55 member states"
fn is_membership(sentence: &Sentence, noun: usize, verb: Option<usize>) -> bool {
    let token = &sentence.tokens[noun];
    let member = match token.lemma.as_str() {
        "member" | "signatory" => true,
        "state" | "country" | "nation" => sentence.children(noun).any(|(_, t)| t.lemma == "member"),
        _ => false,
    };
    let has =
        |v: usize| matches!(sentence.tokens[v].lemma.as_str(), "have" | "comprise" | "count" | "include" | "number");
    member && token.deprel == Deprel::Obj && verb.is_some_and(has)
}

/// Verbs whose subject counts what others did.
fn counts(lemma: &str) -> bool {
    matches!(
        lemma,
        "record" | "report" | "document" | "count" | "register" | "log" | "estimate" | "list" | "verify" | "tally"
    )
}

/// What is denied, demanded or supposed is no number to keep.
fn is_told(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing | Status::Planned | Status::Possible | Status::Promised)
}

/// Whether the counted are killed or hurt: "42 people dead", "eleven migrants who died".
fn suffers(sentence: &Sentence, noun: usize) -> bool {
    let hurt = |lemma: &str| {
        matches!(
            lemma,
            "die" | "kill" | "injure" | "wound" | "dead" | "hurt" | "drown" | "slay" | "perish" | "missing" | "behead"
        )
    };
    sentence.children(noun).any(|(_, t)| hurt(&t.lemma))
        || governing_verb(sentence, noun).is_some_and(|v| {
            hurt(&sentence.tokens[v].lemma)
                || sentence.children(v).any(|(_, t)| matches!(t.deprel, Deprel::Xcomp | Deprel::Acl) && hurt(&t.lemma))
        })
        || (sentence.tokens[noun].deprel == Deprel::Conj
            && syntax::head(sentence, noun)
                .is_some_and(|h| sentence.tokens[h].deprel != Deprel::Conj && suffers(sentence, h)))
}

/// "hundreds of", "several", "dozens": words rather than numbers; a figure needs a number.
fn is_vague(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("millions")
        || words.contains("billions")
        || !words.contains(|c: char| c.is_ascii_digit())
            && ![
                "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "teen",
                "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "million",
            ]
            .iter()
            .any(|n| words.contains(n))
}

/// What is counted, without the number and what stands before it.
fn of_words(scene: &Scene<'_>, noun: usize, range: &std::ops::Range<usize>, quantity: &Quantity) -> String {
    let sentence = scene.sentence;
    let mut first = range.start;
    while first < noun && sentence.tokens[first].span.start() < quantity.span.end() {
        first += 1;
    }
    while first < noun && matches!(sentence.tokens[first].upos, Upos::Adp | Upos::Det | Upos::Adv | Upos::Num) {
        first += 1;
    }
    let end = range.end.max(noun + 1) - 1;
    let last = (noun..=end).find(|&i| sentence.tokens[i].deprel == Deprel::Cc).map_or(end, |cc| (cc - 1).max(noun));
    sentence.tokens[first].span.cover(sentence.tokens[last].span).of(scene.text).to_owned()
}

/// The share that a verb's own words state, with the words that widen it.
fn percent_below(scene: &Scene<'_>, verb: usize) -> Option<(Option<f64>, Option<f64>, Span)> {
    let sentence = scene.sentence;
    // "fell by half", "rose by a third"
    let by = |i: usize| syntax::preposition(sentence, i) == Some("by");
    let part = sentence.children(verb).find_map(|(i, t)| {
        let share = match t.lemma.to_lowercase().as_str() {
            "half" => 50.0,
            "quarter" => 25.0,
            _ => return None,
        };
        // "by half a million" is none.
        (by(i) && sentence.child(i, &[Deprel::Nmod, Deprel::Nummod, Deprel::Obl]).is_none()).then_some((i, share))
    });
    if let Some((word, share)) = part {
        return Some((Some(share), Some(share), sentence.tokens[word].span));
    }
    let unit = sentence.children(verb).map(|(i, _)| i).find(|&i| is_percent(scene.text, sentence, i))?;
    // "fell from 40 to 30 per cent" gives a level, not a change.
    if matches!(syntax::preposition(sentence, unit), Some("to" | "from" | "at" | "in" | "of")) {
        return None;
    }
    let mut number = unit;
    while number > 0 && sentence.tokens[number].upos != Upos::Num && unit - number < 4 {
        number -= 1;
    }
    let value: f64 = sentence.tokens[number].span.of(scene.text).trim_end_matches('%').replace(',', "").parse().ok()?;
    if !(0.0..10_000.0).contains(&value) {
        return None;
    }
    let before =
        (number.saturating_sub(3)..number).map(|i| sentence.tokens[i].lemma.to_lowercase()).collect::<Vec<_>>();
    let has = |words: &[&str]| before.iter().any(|b| words.contains(&b.as_str()));
    let (low, high) = if has(&["more", "over", "least"]) {
        (Some(value), None)
    } else if has(&["less", "under", "most"]) {
        (None, Some(value))
    } else if has(&["nearly", "almost"]) {
        (Some(value * 0.9), Some(value))
    } else {
        (Some(value), Some(value))
    };
    Some((low, high, sentence.tokens[number].span.cover(sentence.tokens[unit].span)))
}

fn is_percent(text: &str, sentence: &Sentence, index: usize) -> bool {
    let word = syntax::lower(text, sentence, index);
    matches!(word.as_str(), "%" | "percent" | "pc")
        || word.ends_with('%')
        || (word == "cent" && index > 0 && syntax::lower(text, sentence, index - 1) == "per")
}
