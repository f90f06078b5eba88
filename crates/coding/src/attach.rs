//! Brings places and times to the happenings that they belong to: up the tree from the name or date to
//! the first word that tells a happening. What hangs on a reporting verb ("said in Kabul on Monday")
//! belongs to the saying.

use model::{Deprel, Granularity, Party, Place, Sentence, Time, When};

use crate::draft::Draft;
use crate::frames::Trigger;
use crate::gazetteer::EntryKind;
use crate::happenings::{self, Happening};
use crate::places::{self, Relation, StoryPlaces};
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::syntax;
use crate::times::{self, PhraseKind, TimePhrase};

/// Places and times of one sentence.
pub struct Attachments {
    places: Vec<Located>,
    times: Vec<(usize, TimePhrase)>,
    /// Words that tell happenings.
    telling: Vec<usize>,
}

/// A place expression: the token by which it hangs in the tree, and what it names.
struct Located {
    head: usize,
    place: Place,
    is_country: bool,
    /// "near", "10 km north of", "along the border": it can only say where.
    is_relative: bool,
}

impl Attachments {
    /// Finds the place and time expressions of a sentence.
    pub fn new(scene: &Scene<'_>, story: &StoryPlaces<'_>, published: Option<When>, triggers: &[Trigger]) -> Self {
        let sentence = scene.sentence;
        let times: Vec<(usize, TimePhrase)> = times::find(scene.text, sentence, published)
            .into_iter()
            .map(|phrase| (head_of(sentence, phrase.tokens.clone()), phrase))
            .collect();
        // "March" and "May" are months where a date is read; "Afghan" is nobody's place.
        let is_other = |mention: &places::PlaceMention| {
            times.iter().any(|(_, p)| p.tokens.contains(&mention.tokens.start))
                || scene.gazetteer.demonym(&mention.name).is_some()
        };
        let places = places::mentions(scene.text, sentence)
            .into_iter()
            .filter(|mention| !is_other(mention))
            .map(|mention| {
                let is_country = story.entry(&mention).is_some_and(|e| e.kind == EntryKind::Country);
                let place = story.resolve(&mention);
                let is_relative = mention.relation != Relation::At;
                Located { head: head_of(sentence, mention.tokens), place, is_country, is_relative }
            })
            .collect();
        Self { places, times, telling: triggers.iter().map(|t| t.token).collect() }
    }

    /// Durations said in the sentence, in hours.
    pub fn duration_hours(&self) -> Option<f64> {
        self.times.iter().find_map(|(_, p)| p.duration_hours)
    }

    /// The stretch of time over which something is counted: a month or longer, or a length ("in two years"), said in
    /// the clause of the noun or its verb.
    pub(crate) fn window(&self, sentence: &Sentence, noun: usize, verb: Option<usize>) -> Option<&Time> {
        let clause = syntax::clause_head(sentence, verb.unwrap_or(noun));
        self.times
            .iter()
            .find(|(head, p)| {
                let near = sentence.is_within(*head, noun)
                    || verb.is_some_and(|v| sentence.is_within(*head, v))
                        && syntax::clause_head(sentence, *head) == clause;
                let long = match p.kind {
                    PhraseKind::Date => matches!(
                        p.time.granularity,
                        Granularity::Week
                            | Granularity::Month
                            | Granularity::Season
                            | Granularity::Year
                            | Granularity::Range
                    ),
                    PhraseKind::Duration => {
                        p.duration_hours.is_some_and(|h| h >= 48.0)
                            && syntax::preposition(sentence, *head)
                                .is_some_and(|c| matches!(c, "in" | "over" | "during" | "within" | "for" | "across"))
                    }
                    PhraseKind::Set => false,
                };
                near && long
            })
            .map(|(_, p)| &p.time)
    }

    /// All dated phrases, in order.
    pub fn dated(&self) -> impl Iterator<Item = &Time> {
        self.times.iter().filter(|(_, p)| p.kind == PhraseKind::Date).map(|(_, p)| &p.time)
    }

    /// Gives a happening the places and the time that lead up to it.
    pub(crate) fn attach(
        &mut self,
        scene: &Scene<'_>,
        reporting: &Reporting,
        happening: Option<&Happening>,
        places: &mut Vec<Place>,
        time: &mut Option<Time>,
    ) {
        let Some(happening) = happening else { return };
        let sentence = scene.sentence;
        let mut words: Vec<usize> = vec![happening.lead.token, happenings::anchor(sentence, happening.lead)];
        words.extend(happening.more.iter().map(|t| t.token));
        for located in &self.places {
            if leads_to(sentence, reporting, located.head, &words, &self.telling)
                && is_location(scene, located, &words)
                && !places.contains(&located.place)
            {
                places.push(located.place.clone());
            }
        }
        // The one place of a sentence that tells one happening is its place, wherever it hangs, unless something was
        // said there.
        if places.is_empty() && self.telling.iter().all(|t| words.contains(t)) {
            let mut free = self
                .places
                .iter()
                .filter(|l| is_location(scene, l, &words) && !l.is_country && !said_there(sentence, reporting, l.head));
            if let (Some(one), None) = (free.next(), free.next()) {
                places.push(one.place.clone());
            }
        }
        if time.is_none() {
            // The phrase that hangs lowest, nearest to the word.
            *time = self
                .times
                .iter()
                .filter(|(head, p)| {
                    p.kind == PhraseKind::Date && leads_to(sentence, reporting, *head, &words, &self.telling)
                })
                .min_by_key(|(head, _)| head.abs_diff(happening.lead.token))
                .map(|(_, p)| p.time.clone());
        }
    }
}

/// Whether the first verb above a place tells a saying.
fn said_there(sentence: &Sentence, reporting: &Reporting, from: usize) -> bool {
    let mut at = from;
    for _ in 0..30 {
        let Some(up) = syntax::head(sentence, at) else { return false };
        at = up;
        let token = &sentence.tokens[at];
        if token.upos == model::Upos::Verb {
            return reporting.verb(&token.lemma).is_some();
        }
    }
    false
}

/// A time told of one of two coordinated happenings holds for the other that has none.
pub(crate) fn share_times(sentence: &Sentence, drafts: &mut [Draft]) {
    let anchors: Vec<usize> = drafts.iter().map(|d| d.anchor).collect();
    for a in 0..drafts.len() {
        if drafts[a].time.is_some() || drafts[a].happening.is_none() {
            continue;
        }
        let shared = (0..drafts.len()).find(|&b| {
            b != a
                && drafts[b].time.is_some()
                && (coordinated(sentence, anchors[a], anchors[b]) || coordinated(sentence, anchors[b], anchors[a]))
        });
        if let Some(b) = shared {
            let time = drafts[b].time.clone();
            drafts[a].time = time;
        }
    }
}

fn coordinated(sentence: &Sentence, low: usize, high: usize) -> bool {
    sentence.tokens[low].deprel == Deprel::Conj && syntax::head(sentence, low) == Some(high)
}

/// The token of a range whose head lies outside it.
fn head_of(sentence: &Sentence, range: std::ops::Range<usize>) -> usize {
    range
        .clone()
        .find(|&i| syntax::head(sentence, i).is_none_or(|h| !range.contains(&h)))
        .unwrap_or(range.start.min(sentence.tokens.len().saturating_sub(1)))
}

/// Whether the way up from `from` reaches one of `words` before it reaches another's words.
fn leads_to(sentence: &Sentence, reporting: &Reporting, from: usize, words: &[usize], telling: &[usize]) -> bool {
    let mut at = from;
    for _ in 0..30 {
        if words.contains(&at) {
            return true;
        }
        if telling.contains(&at) {
            return false;
        }
        let token = &sentence.tokens[at];
        let is_report = at != from && reporting.verb(&token.lemma).is_some() && token.upos == model::Upos::Verb;
        if is_report {
            return false;
        }
        // Do not leave a relative clause or a statement of its own.
        if at != from && matches!(token.deprel, Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis) {
            return false;
        }
        match syntax::head(sentence, at) {
            Some(up) => at = up,
            None => {
                // The main clause's own place and time hold for a happening told by its subject or object.
                return words.iter().any(|&w| {
                    sentence.tokens[w].deprel != Deprel::Ccomp
                        && syntax::head(sentence, w) == Some(at)
                        && matches!(
                            sentence.tokens[w].deprel,
                            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl
                        )
                });
            }
        }
    }
    false
}

/// Whether a place name says where, rather than who: not inside a party's name, not a party itself.
fn is_location(scene: &Scene<'_>, located: &Located, words: &[usize]) -> bool {
    // A coordinated name stands as the first of its row does.
    let mut head = located.head;
    while scene.sentence.tokens[head].deprel == Deprel::Conj {
        match syntax::head(scene.sentence, head) {
            Some(first) => head = first,
            None => break,
        }
    }
    let sentence = scene.sentence;
    let token = &sentence.tokens[head];
    let locative = syntax::preposition(sentence, head).map(str::to_lowercase).is_some_and(|p| {
        matches!(
            p.as_str(),
            "in" | "at"
                | "near"
                | "on"
                | "along"
                | "across"
                | "inside"
                | "outside"
                | "around"
                | "from"
                | "into"
                | "over"
                | "between"
                | "through"
                | "throughout"
                | "within"
                | "to"
                | "of"
                | "off"
                | "toward"
                | "towards"
                | "beyond"
                | "north"
                | "south"
                | "east"
                | "west"
        )
    });
    match token.deprel {
        Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked | Deprel::NmodUnmarked | Deprel::Appos => {
            let up = syntax::head(sentence, head);
            // "the government of Afghanistan", "talks with Kabul" name parties.
            let of_party =
                up.filter(|u| !words.contains(u)).and_then(|u| scene.party(u)).is_some_and(|p: Party| p.id.is_some());
            let preposition = syntax::preposition(sentence, head);
            let of_trigger = preposition == Some("of") && up.is_some_and(|u| words.contains(&u));
            (locative || token.deprel == Deprel::Appos || located.is_relative)
                && !(of_party && preposition == Some("of"))
                && !of_trigger
                || located.is_relative
        }
        // "struck Barmal district", "shelled Kharkiv": the object is where, if it is no state.
        Deprel::Obj | Deprel::NsubjPass => {
            scene.party(head).is_none_or(|p| p.id.as_ref().is_none_or(|id| !is_state(id.as_str())))
                || !located.is_country
        }
        // "the Kabul attack", "Barmal's bombing"
        Deprel::Compound | Deprel::NmodPoss => {
            !located.is_country && syntax::head(sentence, head).is_some_and(|h| words.contains(&h))
        }
        _ => false,
    }
}

fn is_state(id: &str) -> bool {
    id.len() == 3
}
