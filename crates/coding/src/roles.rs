//! Fills a trigger's roles: which words of the sentence are its actor, recipient, intermediary.
//!
//! The questions on the way have a file each: where a slot is looked for (`slots`), which verb lends a noun its parties
//! (`lending`), which party a nominal names (`naming`), whose a thing is (`owners`), whom a sentence names at all
//! (`mentions`), what kind of thing a word names (`words`). Things are no parties.

mod lending;
mod mentions;
mod naming;
mod owners;
mod slots;
mod words;

use std::collections::HashMap;

use model::{Deprel, EventType, NameKind, Party, Sentence, TieType};

use crate::catalogue::{Catalogue, Context};
use crate::frames::{Frame, Kind, Slot, Trigger};
use crate::gazetteer::{EntryKind, Gazetteer};
use crate::references::References;
use crate::syntax;

pub use mentions::{introduced, mentions};
pub(crate) use naming::named_party;
pub(crate) use words::{LEXICON, is_light};
use words::{is_crowd, is_thing, is_weapon, suffers};

/// A token that fills a role, with the party that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Filler {
    /// Head of the mention.
    pub token: usize,
    /// The party.
    pub party: Party,
}

/// The view of one sentence from which roles are filled.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Names and their ids.
    pub catalogue: &'a Catalogue,
    /// The document's date and countries.
    pub context: &'a Context<'a>,
    /// Place names and demonyms.
    pub gazetteer: &'a Gazetteer,
    /// Surnames of persons whom the report has introduced with their office.
    pub persons: &'a HashMap<String, Party>,
    /// Words that stand for parties named before.
    pub references: &'a References,
}

/// The parties of one happening by role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// Who acts.
    pub actor: Vec<Filler>,
    /// On whom.
    pub recipient: Vec<Filler>,
    /// Through whom.
    pub via: Vec<Filler>,
    /// All did it to each other.
    pub reciprocal: bool,
}

impl Scene<'_> {
    /// The parties of a trigger by role, in the frame's way; a frame of both sides gathers all as actors.
    pub fn roles(&self, trigger: Trigger, frame: &Frame) -> Roles {
        let mut roles = Roles {
            actor: self.fill(trigger, &frame.actor),
            recipient: self.fill(trigger, &frame.recipient),
            via: self.fill(trigger, &frame.via),
            reciprocal: false,
        };
        if matches!(frame.kind, Kind::Tie(TieType::Leads | TieType::Commands)) {
            self.lead_in_person(&mut roles);
        }
        // "Iranian commander Qasem Soleimani": of what body is not said.
        if frame.kind == Kind::Tie(TieType::Commands) {
            let country = |p: &Party| p.country.map(|c| c.as_str().to_owned());
            let polity = |p: &Party| p.id.as_ref().map(|id| id.as_str().to_owned()) == country(p);
            roles.recipient.retain(|f| self.sentence.tokens[f.token].deprel != Deprel::Amod || !polity(&f.party));
        }
        if happens_somewhere(frame.kind) {
            roles.actor.retain(|f| !self.is_capital_before(f));
        }
        // "launched missiles" at somebody else.
        roles.recipient.retain(|f| f.party.id.is_some() || !is_weapon(&self.sentence.tokens[f.token]));
        let taken: Vec<_> = roles.actor.iter().map(|f| f.party.span).collect();
        roles.recipient.retain(|f| !taken.contains(&f.party.span));
        // "Thousands protest in Belgrade": a crowd, by its number alone.
        if roles.actor.is_empty() && frame.kind == Kind::Event(EventType::Protest) {
            let subjects = self.candidates(trigger, &Slot::Subject);
            let crowd = subjects.into_iter().find(|&i| is_crowd(&self.sentence.tokens[i]));
            roles.actor.extend(crowd.and_then(|i| self.crowd(i)));
        }
        if roles.recipient.is_empty() && !trigger.is_verb {
            roles.recipient = self.sufferers(trigger.token, frame.kind);
        }
        let mutual =
            roles.actor.len() > 1 && roles.recipient.is_empty() && has_each_other(self.sentence, trigger.token);
        // "A is drawing closer to B", "A is an ally of B": such a tie is told from one end.
        let told_from_one =
            matches!(frame.kind, Kind::Tie(TieType::AlliedWith | TieType::WarmingTo | TieType::HostileTo))
                && !roles.actor.is_empty()
                && !roles.recipient.is_empty();
        roles.reciprocal = (frame.reciprocal && !told_from_one) || mutual;
        if frame.reciprocal && !told_from_one {
            self.gather(trigger, &mut roles);
        }
        roles
    }

    /// "Khalid al-Barnawi, leader of Ansaru": who leads a group is no group, though he stands for it elsewhere.
    fn lead_in_person(&self, roles: &mut Roles) {
        // "Hezbollah's military chief": of Hezbollah.
        let is_owner = |f: &Filler| self.sentence.tokens[f.token].deprel == Deprel::NmodPoss;
        if roles.recipient.iter().any(is_owner) {
            roles.recipient.retain(|f| self.sentence.tokens[f.token].deprel != Deprel::Amod);
        }
        for leader in &mut roles.actor {
            let led = roles.recipient.iter().any(|r| r.party.id.is_some() && r.party.id == leader.party.id);
            let name = self.sentence.names.iter().find(|n| n.tokens.contains(&leader.token));
            if let Some(name) = name.filter(|n| led && n.kind == NameKind::Person) {
                let mention = Some(name.span.of(self.text).to_owned());
                leader.party = Party { mention, span: Some(name.span), ..Party::default() };
            }
        }
    }

    /// Everybody who stands in one of these slots of a trigger; the first slot that holds a party wins.
    pub fn fill(&self, trigger: Trigger, slots: &[Slot]) -> Vec<Filler> {
        for slot in slots {
            let candidates = self.candidates(trigger, slot);
            let mut fillers = self.fillers(candidates.clone());
            // "public statues" are no public: a thing is none of the people named before it.
            fillers.retain(|f| f.party.id.is_some() || !is_thing(&self.sentence.tokens[f.token]));
            if *slot == Slot::Possessor {
                // "a terrorist attack", "military forces": a mere kind of people before the noun names nobody.
                fillers.retain(|f| {
                    f.party.id.is_some()
                        || !matches!(self.sentence.tokens[f.token].deprel, Deprel::Amod | Deprel::Compound)
                        || self.sentence.names.iter().any(|n| n.tokens.contains(&f.token))
                });
            }
            if !fillers.is_empty() {
                return fillers;
            }
            // Things are no parties, but whose they are may be: "slammed Israel's plan", "struck a Saudi plant".
            let owners = candidates.into_iter().flat_map(|thing| self.owners(thing, slot)).collect();
            let fillers: Vec<Filler> = self
                .fillers(owners)
                .into_iter()
                .filter(|f| f.party.id.is_some() || f.party.mention.is_some())
                .collect();
            if !fillers.is_empty() {
                return fillers;
            }
        }
        Vec::new()
    }

    /// The subject that suffers or enjoys what an event noun tells: "came under attack", "live under the protection of",
    /// "is facing attacks".
    fn sufferers(&self, noun: usize, kind: Kind) -> Vec<Filler> {
        let sentence = self.sentence;
        if matches!(kind, Kind::Tie(_) | Kind::Event(EventType::Assault))
            && sentence.tokens[noun].deprel == Deprel::Obl
            && syntax::preposition(sentence, noun) == Some("under")
            && let Some(verb) = syntax::head(sentence, noun)
            && let Some(subject) = syntax::surface_subject(sentence, verb)
        {
            let under = self.fillers(syntax::with_conjuncts(sentence, vec![subject]));
            if !under.is_empty() {
                return under;
            }
        }
        if matches!(kind, Kind::Event(EventType::Assault | EventType::Sanction | EventType::Coerce))
            && let Some(verb) = syntax::light_verb_above(sentence, noun)
            && suffers(&sentence.tokens[verb].lemma)
        {
            return self.fillers(syntax::agents(sentence, verb));
        }
        Vec::new()
    }

    /// Makes all parties of a happening of both sides its actors, those of "talks between A and B" too.
    fn gather(&self, trigger: Trigger, roles: &mut Roles) {
        for slot in ["between", "among", "with", "of", "involving"] {
            for filler in self.fillers(self.candidates(trigger, &Slot::Preposition(slot.to_owned()))) {
                // "the ambassador of Iraq" is one party, not two.
                let told = |f: &Filler| match (f.party.span, filler.party.span) {
                    (Some(a), Some(b)) => a.start() <= b.start() && b.end() <= a.end(),
                    (a, b) => a == b,
                };
                if !roles.actor.iter().chain(&roles.recipient).any(told) {
                    roles.actor.push(filler);
                }
            }
        }
        let others = std::mem::take(&mut roles.recipient);
        roles.actor.extend(others);
    }

    /// Those of the candidates that name parties.
    pub fn fillers(&self, candidates: Vec<usize>) -> Vec<Filler> {
        let mut fillers: Vec<Filler> = Vec::new();
        for token in candidates {
            for party in self.parties(token) {
                if !fillers.iter().any(|f| f.party.span == party.span && f.party.id == party.id) {
                    fillers.push(Filler { token, party });
                }
            }
        }
        fillers
    }

    /// A crowd of private persons, by its words.
    fn crowd(&self, token: usize) -> Option<Filler> {
        let span = syntax::span_of(self.sentence, &syntax::mention_tokens(self.sentence, token))?;
        let mention = Some(span.of(self.text).to_owned());
        let sectors = vec!["CVL".to_owned()];
        Some(Filler { token, party: Party { mention, span: Some(span), sectors, ..Party::default() } })
    }

    /// Whether a polity is named by its capital before a noun: "the Kabul bombing", "the Doha talks".
    fn is_capital_before(&self, filler: &Filler) -> bool {
        let name = &self.sentence.tokens[filler.token];
        name.deprel == Deprel::Compound && filler.party.id.as_ref().is_some_and(|id| id.as_str().len() == 3) && {
            let named = self.gazetteer.lookup(name.span.of(self.text));
            named.iter().any(|e| e.kind == EntryKind::Settlement) && named.iter().all(|e| e.kind != EntryKind::Country)
        }
    }
}

/// Happenings before whose nouns a city says where, not who; a "Kabul warning" is its government's.
fn happens_somewhere(kind: Kind) -> bool {
    use model::EventType::{Agree, Assault, Consult, Protest};
    matches!(kind, Kind::Event(Assault | Protest | Consult | Agree))
}

/// "accused each other", "fired at one another".
fn has_each_other(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(i, t)| {
        matches!(t.deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl)
            && matches!(t.lemma.to_lowercase().as_str(), "each" | "one")
            && sentence.children(i).any(|(_, o)| matches!(o.lemma.as_str(), "other" | "another"))
    })
}
