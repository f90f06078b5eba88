//! Brings places and times to the happenings that they belong to: up the tree from the name or date to
//! the first word that tells a happening. What hangs on a reporting verb ("said in Kabul on Monday")
//! belongs to the saying.

use jiff::civil::Date;
use model::{Deprel, Granularity, Party, Place, Proposition, Sentence, Span, Time, When};

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
    /// Words that tell happenings; not those of what stands somewhere.
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
    ///
    /// `day` is that which the sentences before told last.
    pub fn new(
        scene: &Scene<'_>,
        story: &StoryPlaces<'_>,
        published: Option<When>,
        day: Option<Date>,
        triggers: &[Trigger],
    ) -> Self {
        let sentence = scene.sentence;
        let reading = times::Reading { anchor: published, day, ..times::Reading::default() };
        let times: Vec<(usize, TimePhrase)> = times::find_with(scene.text, sentence, &reading)
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
        // "Attacked a camp in Bannu": where the camp is, which may tell who stays there, is where the attack was.
        let stands =
            |t: &&Trigger| !t.is_verb && places::venue(&sentence.tokens[t.token].lemma.to_lowercase()).is_some();
        let telling = triggers.iter().filter(|t| !stands(t)).map(|t| t.token).collect();
        Self { places, times, telling }
    }

    /// The length that is said of one of these words, in hours: "a 48-hour truce", "a truce of two days", "agreed to stop
    /// for a week". Not that of something else in the sentence ("after six days of talks").
    pub(crate) fn duration_of(&self, sentence: &Sentence, words: &[usize]) -> Option<f64> {
        self.times.iter().find_map(|(head, p)| {
            let hours = p.duration_hours.filter(|_| p.kind == PhraseKind::Duration)?;
            let above = syntax::head(sentence, *head)?;
            // "a truce lasting two days"
            let lasts = sentence.tokens[above].lemma == "last" && sentence.tokens[above].deprel == Deprel::Acl;
            let of = if lasts { syntax::head(sentence, above)? } else { above };
            let how = syntax::preposition(sentence, *head).map(str::to_lowercase);
            let lasting = matches!(how.as_deref(), None | Some("of" | "for" | "by"));
            // "six days of talks" measure the talks.
            let measures = !syntax::obliques(sentence, *head, &["of"]).is_empty();
            (words.contains(&of) && lasting && !measures).then_some(hours)
        })
    }

    /// The day that the sentence tells last, for clock times in the next.
    pub(crate) fn last_day(&self) -> Option<Date> {
        let day = |p: &TimePhrase| match (p.time.from, p.time.to) {
            (Some(from), Some(to)) if from.date() == to.date() => Some(from.date()),
            _ => None,
        };
        self.times.iter().rev().filter(|(_, p)| p.kind == PhraseKind::Date).find_map(|(_, p)| day(p))
    }

    /// The end of what the word at `top` tells, where a phrase below it says so: "until Friday evening".
    pub(crate) fn until(&self, sentence: &Sentence, top: usize) -> Option<When> {
        self.bound(sentence, top, &["until", "till", "through"]).and_then(|t| t.to)
    }

    /// Its beginning: "from 6 p.m. on Wednesday".
    pub(crate) fn starting(&self, sentence: &Sentence, top: usize) -> Option<When> {
        self.bound(sentence, top, &["from"]).and_then(|t| t.from)
    }

    fn bound(&self, sentence: &Sentence, top: usize, prepositions: &[&str]) -> Option<&Time> {
        let bounds = |head: usize| {
            sentence.is_within(head, top)
                && syntax::preposition(sentence, head).is_some_and(|p| prepositions.contains(&p))
        };
        self.times.iter().find(|(head, p)| p.kind == PhraseKind::Date && bounds(*head)).map(|(_, p)| &p.time)
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

    /// Gives a happening the places and the time that lead up to it.
    pub(crate) fn attach(
        &mut self,
        scene: &Scene<'_>,
        reporting: &Reporting,
        happening: &Happening,
        draft: &mut Draft,
    ) {
        let sentence = scene.sentence;
        let (places, time) = (&mut draft.places, &mut draft.time);
        let parties: Vec<_> =
            draft.actor.iter().chain(&draft.recipient).chain(&draft.via).filter_map(|p| p.span).collect();
        let mut words: Vec<usize> = vec![happening.lead.token, happenings::anchor(sentence, happening.lead)];
        words.extend(happening.more.iter().map(|t| t.token));
        for located in &self.places {
            if leads_to(sentence, reporting, located.head, &words, &self.telling)
                && is_location(scene, located, &words)
                && !is_party(sentence, located, &parties)
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
                .filter(|l| is_location(scene, l, &words) && !l.is_country && !said_there(sentence, reporting, l.head))
                // "The first country in Asia to do so": where a continent is, nobody asks.
                .filter(|l| l.place.country.is_some() || l.place.lat.is_none());
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
                    p.kind == PhraseKind::Date
                        && !is_since(sentence, *head, &words)
                        && leads_to(sentence, reporting, *head, &words, &self.telling)
                })
                .min_by_key(|(head, _)| head.abs_diff(happening.lead.token))
                .map(|(_, p)| p.time.clone());
        }
    }
}

/// "the heaviest fighting since the group took power in 2021": from when something is reckoned, not when it was; but when
/// what is told in that clause was.
fn is_since(sentence: &Sentence, from: usize, words: &[usize]) -> bool {
    let mut at = from;
    for _ in 0..6 {
        let since = |t: &model::Token| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("since");
        if sentence.tokens[at].deprel == Deprel::Advcl && sentence.children(at).any(|(_, t)| since(t)) {
            return !words.iter().any(|&w| sentence.is_within(w, at));
        }
        match syntax::head(sentence, at) {
            Some(up) => at = up,
            None => return false,
        }
    }
    false
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

/// A time told of one of two coordinated happenings holds for the other that has none, where both are told in one tense:
/// "expelled the envoy in 2022 and has threatened to close the border" dates the first alone.
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

/// How far back, in bytes, "the attack" may find its place.
const REACH: usize = 1500;

/// "The attack" takes the place that was told of it before: a happening named again by a definite noun that has no
/// place of its own, from those of its type told before, where they all name one.
pub(crate) fn recall_places(sentence: &Sentence, drafts: &mut [Draft], first: usize) {
    for index in first..drafts.len() {
        let draft = &drafts[index];
        let Some(happening) = draft.happening.as_ref().filter(|_| draft.keep && draft.places.is_empty()) else {
            continue;
        };
        let named_again = std::iter::once(&happening.lead)
            .chain(&happening.more)
            .filter(|t| !t.is_verb)
            .any(|t| is_plain_definite(sentence, t.token));
        let Proposition::Event(event, _) = &draft.proposition else { continue };
        if !named_again {
            continue;
        }
        let start = draft.evidence.start();
        let mut before = drafts[..first].iter().rev().filter(|d| {
            matches!(&d.proposition, Proposition::Event(e, _) if e == event)
                && d.keep
                && !d.places.is_empty()
                && start.saturating_sub(d.evidence.end()) < REACH
        });
        let Some(last) = before.next() else { continue };
        // Where two such happenings were told at two places, "the attack" may be either.
        if before.all(|d| same_places(&d.places, &last.places)) {
            let places = last.places.clone();
            drafts[index].places = places;
        }
    }
}

/// Whether two lists name the same places, in whatever words.
fn same_places(some: &[Place], others: &[Place]) -> bool {
    let named = |p: &Place| (p.name.clone().or_else(|| p.mention.clone()), p.admin1.clone(), p.country);
    some.len() == others.len() && some.iter().zip(others).all(|(a, b)| named(a) == named(b))
}

/// "the attack", "this raid": not "the second attack", "the attack on a bus", "the attacks of 2001".
fn is_plain_definite(sentence: &Sentence, noun: usize) -> bool {
    let mut definite = false;
    for (_, child) in sentence.children(noun) {
        match child.deprel {
            Deprel::Det => definite |= matches!(child.lemma.as_str(), "the" | "this" | "that"),
            Deprel::Case | Deprel::Punct | Deprel::Compound => {}
            _ => return false,
        }
    }
    definite && sentence.tokens[noun].feats.has("Number", "Sing")
}

fn coordinated(sentence: &Sentence, low: usize, high: usize) -> bool {
    let auxiliary = |verb: usize| sentence.child(verb, &[Deprel::Aux]).map(|i| sentence.tokens[i].lemma.to_lowercase());
    sentence.tokens[low].deprel == Deprel::Conj
        && syntax::head(sentence, low) == Some(high)
        && auxiliary(low).is_none_or(|own| auxiliary(high) == Some(own))
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
                // The main clause's own place and time hold for a happening told by its subject or object, or by a
                // participle that shares its subject ("In Paris a man went on a spree, killing four").
                return words.iter().any(|&w| shares_subject(sentence, w, at))
                    || words.iter().any(|&w| {
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

/// Whether the verb `low` is a participle or an infinitive without a subject of its own that hangs on `high`.
fn shares_subject(sentence: &Sentence, low: usize, high: usize) -> bool {
    matches!(sentence.tokens[low].deprel, Deprel::Advcl | Deprel::Xcomp)
        && syntax::head(sentence, low) == Some(high)
        && sentence.tokens[low].upos == model::Upos::Verb
        && sentence.child(low, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]).is_none()
}

/// The noun of a court, an airport or a district that a name stands before ("in California's Riverside County court").
fn venue_of(sentence: &Sentence, name: usize) -> Option<usize> {
    let mut at = name;
    for _ in 0..4 {
        if !matches!(sentence.tokens[at].deprel, Deprel::Compound | Deprel::NmodPoss) {
            break;
        }
        at = syntax::head(sentence, at)?;
    }
    let lemma = sentence.tokens[at].lemma.to_lowercase();
    (at != name && places::venue(&lemma).is_some()).then_some(at)
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
    // "a Manchester court" stands where Manchester is; a state's ("the US embassy") need not.
    if !located.is_country
        && located.place.name.is_some()
        && let Some(venue) = venue_of(sentence, head)
        && (scene.party(venue).is_none_or(|p| p.id.is_none())
            || syntax::preposition(sentence, venue)
                .is_some_and(|p| matches!(p.to_lowercase().as_str(), "in" | "at" | "near" | "outside" | "inside")))
    {
        head = venue;
    }
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
            let at_venue = up.is_some_and(|u| places::venue(&sentence.tokens[u].lemma.to_lowercase()).is_some());
            let of_party = !at_venue
                && up
                    .filter(|u| !words.contains(u))
                    .and_then(|u| scene.party(u))
                    .is_some_and(|p: Party| p.id.is_some());
            let preposition = syntax::preposition(sentence, head).map(str::to_lowercase);
            let preposition = preposition.as_deref();
            let of_trigger = preposition == Some("of") && up.is_some_and(|u| words.contains(&u)) && located.is_country;
            // "the outskirts of Kabul" are a place, "the exit of the United Kingdom" is none.
            let of_thing = preposition == Some("of")
                && !at_venue
                && up.is_some_and(|u| {
                    !words.contains(&u)
                        && (located.is_country
                            || scene.party(u).is_some_and(|p| p.id.is_some() || !p.sectors.is_empty()))
                });
            // "a man from Lagos": where one comes from is not where one is.
            let origin = preposition == Some("from")
                && token.deprel == Deprel::Nmod
                && up.is_some_and(|u| {
                    !words.contains(&u) && sentence.tokens[u].feats.has("Number", "Sing") && scene.is_person(u)
                });
            (locative || token.deprel == Deprel::Appos || located.is_relative)
                && !origin
                && !(of_party && preposition == Some("of"))
                && !of_trigger
                && !of_thing
                || located.is_relative
        }
        // "struck Barmal district", "shelled Kharkiv": the object is where, if it is no state. "Would push Kabul closer to
        // Delhi" moves nobody.
        Deprel::Obj | Deprel::NsubjPass => {
            let is_state = scene.party(head).and_then(|p| p.id).is_some_and(|id| is_state(id.as_str()));
            let of_trigger = syntax::head(sentence, head).is_some_and(|verb| words.contains(&verb));
            !is_state || (!located.is_country && of_trigger)
        }
        // "the Kabul attack", "Barmal's bombing"
        Deprel::Compound | Deprel::NmodPoss => {
            !located.is_country && syntax::head(sentence, head).is_some_and(|h| words.contains(&h))
        }
        _ => false,
    }
}

/// Whether the words stand for a party of the happening, and do not say where as well: "talks between Cyprus and
/// Greece", "demanded of Russia"; not "bombed villages in Syria".
fn is_party(sentence: &Sentence, located: &Located, parties: &[Span]) -> bool {
    located.place.span.is_some_and(|place| parties.iter().any(|p| p.start() <= place.start() && place.end() <= p.end()))
        && matches!(sentence.tokens[located.head].deprel, Deprel::Obl | Deprel::Nmod | Deprel::Conj)
        && syntax::preposition(sentence, located.head).map(str::to_lowercase).is_none_or(|p| {
            matches!(p.as_str(), "from" | "to" | "between" | "of" | "with" | "by" | "toward" | "towards")
        })
}

fn is_state(id: &str) -> bool {
    id.len() == 3
}
