//! It and they, "the group", "the ministry", "the two sides", "the latter": which party named before is meant.
//!
//! A pronoun follows the subject that governs it, or the subject of the sentence before where it opens a sentence and
//! speaks; a noun takes the only party of its kind that the last sentences name. Two that fit are none.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{CountryCode, Deprel, Party, Sentence, Upos};

use super::PartyMention;
use crate::catalogue::{Catalogue, CatalogueError, Context, rows};
use crate::syntax;

/// The referring words that come along.
pub(super) const TABLE: &str = include_str!("../../../../data/parties/references.tsv");

/// How a noun refers back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Group,
    State,
    Organ,
    Sides,
    States,
}

static WORDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| kinds(TABLE).unwrap_or_default());

/// Referring words by what they refer to. A table without its header, or with another kind, is refused.
pub(super) fn kinds(table: &str) -> Result<HashMap<&str, Kind>, CatalogueError> {
    let mut found = HashMap::new();
    for row in rows("references.tsv", table, &["kind", "words"], &[])? {
        let kind = match row.cells[0] {
            "group" => Kind::Group,
            "state" => Kind::State,
            "organ" => Kind::Organ,
            "sides" => Kind::Sides,
            "states" => Kind::States,
            other => return Err(row.wrong(format!("`{other}` is no kind: group, state, organ, sides, states"))),
        };
        found.extend(row.list(1).map(|words| (words, kind)));
    }
    Ok(found)
}

/// How many sentences back a noun may refer.
const REACH: usize = 3;

/// The story so far, sentence by sentence.
pub(super) struct Thread<'a> {
    pub text: &'a str,
    pub sentences: &'a [Sentence],
    pub catalogue: &'a Catalogue,
    pub context: &'a Context<'a>,
    /// Parties named, in order of appearance; what is resolved joins them.
    pub mentions: Vec<PartyMention>,
    /// All parties that the document names, before and behind.
    pub all: &'a [PartyMention],
}

impl Thread<'_> {
    /// The parties for which a token of a sentence stands, if that is safe.
    pub fn antecedents(&self, number: usize, token: usize) -> Vec<Party> {
        let sentence = &self.sentences[number];
        let word = sentence.tokens[token].span.of(self.text).to_lowercase();
        match word.as_str() {
            "it" | "its" | "itself" => self.pronoun(number, token, false).into_iter().collect(),
            "they" | "them" | "their" | "themselves" => self.pronoun(number, token, true).into_iter().collect(),
            "former" | "latter" => self.of_two(number, token, word == "former").into_iter().collect(),
            _ => {
                let neighbour: Vec<Party> = self.neighbour(number, token).into_iter().collect();
                if neighbour.is_empty() { self.noun(number, token) } else { neighbour }
            }
        }
    }

    /// "accused its neighbour", "fled to the neighbouring country": the only state of the whole story that borders on
    /// the owner's, or on the subject's.
    fn neighbour(&self, number: usize, token: usize) -> Option<Party> {
        let sentence = &self.sentences[number];
        let word = &sentence.tokens[token];
        if word.upos != Upos::Noun || word.feats.has("Number", "Plur") {
            return None;
        }
        let lemma = word.lemma.to_lowercase();
        let owner = if matches!(lemma.as_str(), "neighbour" | "neighbor") {
            sentence.child(token, &[Deprel::NmodPoss])?
        } else {
            let is_near = sentence.children(token).any(|(_, t)| {
                t.deprel == Deprel::Amod && matches!(t.lemma.to_lowercase().as_str(), "neighbouring" | "neighboring")
            });
            let is_land = is_near && matches!(lemma.as_str(), "country" | "nation" | "state" | "republic");
            let named = sentence.children(token).any(|(_, t)| matches!(t.deprel, Deprel::Appos | Deprel::Flat));
            subject_of(sentence, syntax::clause_head(sentence, token)).filter(|_| is_land && !named)?
        };
        let owner = self.at(number, owner).filter(|m| !m.is_person)?.parties.first()?;
        let home = self.side(owner, true)?.country?;
        let gazetteer = crate::gazetteer::Gazetteer::embedded();
        let mut near: Vec<Party> = Vec::new();
        for state in self.all.iter().flat_map(|m| &m.parties).filter_map(|p| self.side(p, true)) {
            let borders = state.country.is_some_and(|c| c != home && gazetteer.border(home, c).is_some());
            if borders && !near.iter().any(|n| n.id == state.id) {
                near.push(state);
            }
        }
        near.pop().filter(|_| near.is_empty())
    }

    fn at(&self, number: usize, token: usize) -> Option<&PartyMention> {
        self.mentions.iter().rev().find(|m| m.sentence == number && m.token == token)
    }

    /// A party that one pronoun may stand for: known, of one id, in number.
    fn fits(&self, number: usize, token: usize, plural: bool) -> Option<Party> {
        let sentence = &self.sentences[number];
        let mention = self.at(number, token)?;
        let [party] = &mention.parties[..] else { return None };
        let id = party.id.as_ref()?;
        // "Cyprus, Greece and Israel met for their summit": all of them, not one.
        let joined = sentence.subtree(token).into_iter().any(|i| sentence.tokens[i].deprel == Deprel::Conj);
        if mention.is_person || joined {
            return None;
        }
        let head = &sentence.tokens[token];
        let is_plural = head.feats.has("Number", "Plur") || head.lemma == "police";
        // "The minister said they …": others.
        if plural && !is_plural && head.upos == Upos::Noun && !is_collective(&head.lemma) {
            return None;
        }
        let is_state = party.country.is_some_and(|c| c.as_str() == id.as_str());
        // "The Taliban said they …", "the army said they …": bodies of people take both; states take "it".
        let fits = if plural { is_plural || !is_state } else { !is_plural || head.upos == Upos::Propn };
        fits.then(|| party.clone())
    }

    fn pronoun(&self, number: usize, token: usize, plural: bool) -> Option<Party> {
        let sentence = &self.sentences[number];
        let own = sentence.tokens[token].deprel;
        if matches!(own, Deprel::Expl) {
            return None;
        }
        let is_subject = matches!(own, Deprel::Nsubj | Deprel::NsubjPass);
        let mut at = token;
        while let Some(above) = syntax::head(sentence, at) {
            let relation = sentence.tokens[at].deprel;
            // "The House held two officers in contempt, citing their refusal": no longer of the subject alone.
            if matches!(relation, Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl | Deprel::AdvclRelcl) {
                return None;
            }
            let subject = subject_of(sentence, above).filter(|&s| s < token && !sentence.is_within(token, s));
            if let Some(subject) = subject {
                // "Kabul closed the crossing after it was shelled": what was shelled is not said.
                let is_told = matches!(relation, Deprel::Ccomp | Deprel::Xcomp | Deprel::Conj | Deprel::Csubj);
                let is_own = own == Deprel::NmodPoss;
                if is_subject && !is_told && at != token {
                    return None;
                }
                if is_own || (is_subject && at != token && speaks(&sentence.tokens[above].lemma)) {
                    return self.fits(number, subject, plural);
                }
                return None;
            }
            at = above;
        }
        if let Some(subject) = self.before_in_sentence(number, token, at, is_subject) {
            return self.fits(number, subject, plural);
        }
        // "Its fighters then shelled …": of the subject of the sentence before.
        if own == Deprel::NmodPoss && token == 0 && number > 0 && sentence.tokens[at].deprel == Deprel::Root {
            let possessed = syntax::head(sentence, token)?;
            let is_subject = subject_of(sentence, at) == Some(possessed);
            let before = &self.sentences[number - 1];
            let root = before.tokens.iter().position(|t| t.deprel == Deprel::Root)?;
            return subject_of(before, root).filter(|_| is_subject).and_then(|s| self.fits(number - 1, s, plural));
        }
        // "It added that …": the subject of the sentence before goes on speaking.
        let predicate = syntax::head(sentence, token)?;
        let opens = is_subject && sentence.tokens[predicate].deprel == Deprel::Root && token <= 1;
        if opens && speaks(&sentence.tokens[predicate].lemma) && number > 0 {
            let before = &self.sentences[number - 1];
            let root = before.tokens.iter().position(|t| t.deprel == Deprel::Root)?;
            let subject = subject_of(before, root)?;
            return self.fits(number - 1, subject, plural);
        }
        None
    }

    /// "When the rebels attacked, they …", "Rwanda sent no troops, its minister said": the subject of a clause that
    /// stands before the main one, where no other party is named on the way.
    fn before_in_sentence(&self, number: usize, token: usize, root: usize, is_subject: bool) -> Option<usize> {
        let sentence = &self.sentences[number];
        if sentence.tokens[root].deprel != Deprel::Root {
            return None;
        }
        let above = syntax::head(sentence, token)?;
        let of_root = |i: usize| subject_of(sentence, root) == Some(i);
        let relation = if is_subject && above == root {
            Deprel::Advcl
        } else if sentence.tokens[token].deprel == Deprel::NmodPoss
            && of_root(above)
            && speaks(&sentence.tokens[root].lemma)
        {
            Deprel::Ccomp
        } else {
            return None;
        };
        let (clause, _) = sentence.children(root).find(|(i, t)| t.deprel == relation && *i < token)?;
        let subject = subject_of(sentence, clause).filter(|&s| s < token)?;
        let is_party = |m: &&PartyMention| m.sentence == number && m.token > subject && m.token < token;
        let alone = relation == Deprel::Ccomp || !self.mentions.iter().any(|m| is_party(&m));
        alone.then_some(subject)
    }

    /// The last two parties joined by "and".
    fn of_two(&self, number: usize, token: usize, first: bool) -> Option<Party> {
        let sentence = &self.sentences[number];
        // "the former minister" is something else.
        let alone = !matches!(sentence.tokens[token].deprel, Deprel::Amod | Deprel::Compound)
            && sentence.children(token).any(|(_, t)| t.deprel == Deprel::Det);
        if !alone {
            return None;
        }
        let pair = self.mentions.iter().rev().filter(|m| number - m.sentence.min(number) <= 1).find_map(|m| {
            let there = &self.sentences[m.sentence];
            if (m.sentence, m.token) >= (number, token) || there.tokens[m.token].deprel != Deprel::Conj {
                return None;
            }
            let head = syntax::head(there, m.token)?;
            let joined = there.children(head).filter(|(_, t)| t.deprel == Deprel::Conj).count();
            let other = self.at(m.sentence, head).filter(|_| joined == 1)?;
            Some((other.parties.first()?.clone(), m.parties.first()?.clone()))
        })?;
        Some(if first { pair.0 } else { pair.1 })
    }

    fn noun(&self, number: usize, token: usize) -> Vec<Party> {
        let sentence = &self.sentences[number];
        if !matches!(sentence.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Num) {
            return Vec::new();
        }
        let range = syntax::mention_tokens(sentence, token);
        let words: Vec<String> = range.map(|i| syntax::lower(self.text, sentence, i)).collect();
        let bare = match words.first().map(String::as_str) {
            Some("the" | "this" | "these") => &words[1..],
            Some("both") => &words[..],
            _ => return Vec::new(),
        };
        let Some(&kind) = WORDS.get(bare.join(" ").as_str()) else { return Vec::new() };
        let before = |m: &&PartyMention| (m.sentence, m.token) < (number, token);
        let recent = || self.mentions.iter().filter(before).filter(|m| number - m.sentence <= REACH);
        let one = |parties: Vec<Party>| -> Vec<Party> {
            let first = parties.last().cloned();
            let same = parties.windows(2).all(|pair| pair[0].id == pair[1].id);
            first.filter(|_| same).into_iter().collect()
        };
        match kind {
            Kind::Group => one(recent().flat_map(|m| &m.parties).filter(|p| is_group(p)).cloned().collect()),
            Kind::State => one(recent().flat_map(|m| &m.parties).filter(|p| is_state(p)).cloned().collect()),
            Kind::Organ => self.organ(&words.join(" "), self.mentions.iter().filter(before)),
            Kind::Sides => self.pair(self.mentions.iter().filter(before).filter(|m| !self.is_place(m)), false),
            Kind::States => {
                let named: Vec<_> = self.mentions.iter().filter(before).filter(|m| !self.is_place(m)).collect();
                let is_neighbours = words.last().is_some_and(|w| w.starts_with("neighb"));
                let neighbours = if is_neighbours { self.neighbours(&named) } else { Vec::new() };
                if neighbours.is_empty() { self.pair(named.into_iter(), true) } else { neighbours }
            }
        }
    }

    /// "talks in Doha": where it happened, and no side.
    fn is_place(&self, mention: &PartyMention) -> bool {
        let there = &self.sentences[mention.sentence];
        matches!(there.tokens[mention.token].deprel, Deprel::Obl | Deprel::Nmod)
            && syntax::preposition(there, mention.token).is_some_and(|p| matches!(p, "in" | "at" | "near"))
    }

    /// "the army": of the only state whose armed forces the text has named so far.
    fn organ<'m>(&self, words: &str, named: impl Iterator<Item = &'m PartyMention>) -> Vec<Party> {
        let sectors = self.catalogue.resolve(words, &Context::default()).map(|r| r.sectors).unwrap_or_default();
        let mut countries: Vec<CountryCode> = named
            .flat_map(|m| &m.parties)
            // A movement that governs has its state's organs.
            .filter(|p| p.acts_as.is_some() || p.id.as_ref().is_some_and(|id| id.as_str().contains('.')))
            .filter(|p| p.sectors.first().is_some_and(|s| sectors.contains(s)))
            .filter_map(|p| p.acts_as.as_ref().and_then(|body| CountryCode::new(body.root()).ok()).or(p.country))
            .collect();
        countries.sort();
        countries.dedup();
        let [country] = countries[..] else { return Vec::new() };
        let context = Context { date: self.context.date, countries: &[country] };
        self.catalogue
            .resolve(words, &context)
            .filter(|r| r.id.is_some() && !r.is_private)
            .map(|r| crate::roles::named_party(r, words, None))
            .into_iter()
            .collect()
    }

    /// The two parties of which the text has spoken most, far ahead of any third.
    fn pair<'m>(&self, named: impl Iterator<Item = &'m PartyMention>, states: bool) -> Vec<Party> {
        let mut counts: Vec<(Party, usize)> = Vec::new();
        for party in named.flat_map(|m| &m.parties) {
            let Some(side) = self.side(party, states) else { continue };
            match counts.iter_mut().find(|(p, _)| p.id == side.id) {
                Some((_, n)) => *n += 1,
                None => counts.push((side, 1)),
            }
        }
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let third = counts.get(2).map_or(0, |c| c.1);
        match &counts[..] {
            [one, two, ..] if two.1 >= 2 * third && two.1 > third => vec![one.0.clone(), two.0.clone()],
            _ => Vec::new(),
        }
    }

    /// The only two states of the story that are known to share a border.
    fn neighbours(&self, named: &[&PartyMention]) -> Vec<Party> {
        let mut states: Vec<Party> = Vec::new();
        for state in named.iter().flat_map(|m| &m.parties).filter_map(|p| self.side(p, true)) {
            if !states.iter().any(|s| s.id == state.id) {
                states.push(state);
            }
        }
        let gazetteer = crate::gazetteer::Gazetteer::embedded();
        let mut pairs = (0..states.len()).flat_map(|a| (0..a).map(move |b| (b, a))).filter(|&(a, b)| {
            let both = states[a].country.zip(states[b].country);
            both.is_some_and(|(one, other)| gazetteer.border(one, other).is_some())
        });
        match (pairs.next(), pairs.next()) {
            (Some((a, b)), None) => vec![states[a].clone(), states[b].clone()],
            _ => Vec::new(),
        }
    }

    /// The party as which one takes a side: the state for its organs, the group for its parts.
    fn side(&self, party: &Party, states: bool) -> Option<Party> {
        let id = party.id.as_ref()?;
        let of = |root: &str| {
            let entry = self.catalogue.get(&self.catalogue.id(root)?)?;
            Some((entry, entry.country.is_some_and(|c| c.as_str() == entry.id.as_str())))
        };
        // A movement that governs is of its state's side; a state is its own, whoever governs it.
        let (entry, is_state) = match (of(id.root())?, party.acts_as.as_ref().filter(|_| states)) {
            ((_, false), Some(body)) => of(body.root())?,
            (own, _) => own,
        };
        if (states && !is_state) || entry.sectors.iter().any(|s| matches!(s.as_str(), "IGO" | "NGO" | "JRN")) {
            return None;
        }
        Some(Party {
            id: Some(entry.id.clone()),
            name: Some(entry.name.clone()),
            country: entry.country,
            acts_as: entry.acts_as_on(self.context.date).cloned(),
            sectors: entry.sectors_on(self.context.date).to_vec(),
            ..Party::default()
        })
    }
}

fn subject_of(sentence: &Sentence, predicate: usize) -> Option<usize> {
    sentence.child(predicate, &[Deprel::Nsubj, Deprel::NsubjPass])
}

fn is_state(party: &Party) -> bool {
    party.id.as_ref().is_some_and(|id| party.country.is_some_and(|c| c.as_str() == id.as_str()))
}

/// A party that is no state, no organ of one and no body of many states.
fn is_group(party: &Party) -> bool {
    let Some(id) = &party.id else { return false };
    let of_state = party.country.is_some_and(|c| c.as_str() == id.root());
    !of_state && !party.sectors.iter().any(|s| matches!(s.as_str(), "IGO" | "JRN"))
}

/// Nouns that name many as one.
pub(crate) fn is_collective(lemma: &str) -> bool {
    const NOUNS: &[&str] = &[
        "army",
        "group",
        "government",
        "ministry",
        "military",
        "council",
        "parliament",
        "committee",
        "court",
        "party",
        "union",
        "force",
        "team",
        "movement",
        "organisation",
        "organization",
        "militia",
        "faction",
        "agency",
        "navy",
        "company",
        "administration",
        "opposition",
        "coalition",
        "alliance",
        "network",
        "commission",
        "regime",
        "junta",
    ];
    NOUNS.contains(&lemma)
}

/// Verbs of speech and will: their subject speaks, and goes on speaking.
fn speaks(lemma: &str) -> bool {
    const VERBS: &[&str] = &[
        "say",
        "add",
        "claim",
        "deny",
        "accuse",
        "warn",
        "urge",
        "vow",
        "announce",
        "blame",
        "demand",
        "note",
        "state",
        "declare",
        "confirm",
        "report",
        "insist",
        "argue",
        "acknowledge",
        "admit",
        "call",
        "reiterate",
        "allege",
        "maintain",
        "stress",
        "describe",
        "express",
        "condemn",
        "pledge",
        "promise",
        "threaten",
        "reject",
        "assert",
        "believe",
        "think",
        "hope",
        "plan",
        "intend",
        "want",
        "decide",
        "agree",
        "refuse",
        "tell",
        "respond",
        "ask",
        "request",
        "propose",
        "explain",
        "suggest",
        "clarify",
        "estimate",
        "conclude",
        "know",
        "expect",
        "fear",
    ];
    VERBS.contains(&lemma)
}
