//! Who did it, how surely, and with what.

use std::collections::BTreeMap;
use std::ops::Range;

use coding::catalogue::Catalogue;
use coding::syntax;
use model::{Attitude, Claim, Deprel, NameKind, PartyId, Sentence, Upos, When};

use super::incident::{Incident, View, add_instrument};
use super::mentions::{bare, lemma, narrow};
use super::telling::OFFICIAL;

impl View<'_> {
    pub(super) fn perpetrators(&self, claim: &Claim, sentence: &Sentence, incident: &mut Incident) {
        let claims_it = claim.evidence.text.to_uppercase().contains("RESPONSIBILITY");
        for party in &claim.actor {
            let (Some(span), Some(mention)) = (party.span, &party.mention) else { continue };
            let mention = bare(&mention.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase());
            let tokens: Vec<usize> =
                (0..sentence.tokens.len()).filter(|i| span.contains(sentence.tokens[*i].span)).collect();
            let lemmas: Vec<String> = tokens.iter().map(|i| lemma(sentence, *i)).collect();
            let head = tokens.iter().find(|i| syntax::head(sentence, **i).is_none_or(|h| !tokens.contains(&h)));
            let Some(&head) = head else { continue };
            // "terrorist attack" names nobody.
            let modifies = matches!(sentence.tokens[head].deprel, Deprel::Compound | Deprel::Amod) && tokens.len() == 1;
            if sentence.tokens[head].upos == Upos::Pron || modifies {
                continue;
            }
            let state = party.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "COP" | "GOV" | "SPY"))
                || self.words.perpetrators.ending(&lemmas).is_some_and(|(_, f)| f[0] == "state");
            let known = Catalogue::embedded()
                .find(&mention)
                .into_iter()
                .filter(|(_, id)| self.is_of(id, &["REB", "CRM", "UAF", "PRM", "PTY", "MIL", "COP", "SPY"]));
            let known = known.map(|(range, _)| bare(&mention[range])).find(|b| b.len() > 2);
            let body = known.or_else(|| {
                sentence
                    .names
                    .iter()
                    .find(|n| n.kind == NameKind::Organisation && span.overlaps(n.span))
                    .map(|n| n.span.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
                    .or_else(|| {
                        (party.id.is_some() && !state && party.sectors.iter().any(|s| s == "REB"))
                            .then(|| mention.clone())
                    })
            });
            let head_lemmas: Vec<String> = tokens.iter().filter(|i| **i <= head).map(|i| lemma(sentence, *i)).collect();
            let acts = self.words.perpetrators.ending(&head_lemmas);
            let person = sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&head));
            let confidence = Self::confidence(claim, claims_it);
            let force = matches!(
                mention.as_str(),
                "ARMY"
                    | "POLICE"
                    | "ARMED FORCES"
                    | "AIR FORCE"
                    | "NATIONAL GUARD"
                    | "NATIONAL POLICE"
                    | "GOVERNMENT"
                    | "MILITARY"
                    | "SALVADORAN ARMY"
                    | "SALVADORAN ARMED FORCES"
                    | "TREASURY POLICE"
            );
            let body = body.map(|b| bare(&b)).or_else(|| force.then(|| mention.clone()));
            let individual = if person {
                Some(mention.clone())
            } else {
                acts.filter(|_| body.as_deref() != Some(mention.as_str()))
                    .map(|_| before_body(&mention, body.as_deref()))
            };
            incident.state |= state && (individual.is_some() || body.is_some());
            incident.group |= !state && (individual.is_some() || body.is_some());
            if let Some(body) = body
                && !incident.organizations.iter().any(|(n, _)| *n == body)
            {
                incident.organizations.push((body, confidence));
            }
            if let Some(individual) = individual
                && !incident.individuals.contains(&individual)
            {
                incident.individuals.push(individual);
            }
        }
    }

    /// "… by two hooded men": agents in the evidence that the claim does not carry.
    pub(super) fn agents(&self, sentence: &Sentence, evidence: &[usize], incident: &mut Incident) {
        if !incident.individuals.is_empty() || !incident.organizations.is_empty() {
            return;
        }
        for &token in evidence {
            let node = &sentence.tokens[token];
            let by = syntax::preposition(sentence, token).is_some_and(|p| p.eq_ignore_ascii_case("by"));
            if !by || !matches!(node.deprel, Deprel::OblAgent | Deprel::Obl | Deprel::Nmod) {
                continue;
            }
            let range = narrow(sentence, syntax::mention_tokens(sentence, token), token);
            let lemmas: Vec<String> = (range.start..=token).map(|i| lemma(sentence, i)).collect();
            let Some((_, fields)) = self.words.perpetrators.ending(&lemmas) else { continue };
            let Some(span) = syntax::span_of(sentence, &range) else { continue };
            let words = span.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
            incident.individuals.push(bare(&words));
            incident.state |= fields[0] == "state";
            incident.group |= fields[0] == "group";
            return;
        }
    }

    /// Whether a party of the catalogue was, on the message's day, of one of `sectors`.
    fn is_of(&self, id: &PartyId, sectors: &[&str]) -> bool {
        let day = self.doc.published.map(When::date);
        let entry = Catalogue::embedded().get(id);
        // In capitals "let" and "is" look like acronyms of groups elsewhere.
        let near = entry.and_then(|e| e.country.as_ref()).is_some_and(|c| REGION.contains(&c.as_str()));
        let then = entry.map_or(&[][..], |e| e.sectors_on(day));
        near && then.iter().any(|s| sectors.contains(&s.as_str()))
    }

    /// A rebel or criminal body named in the sentence, where nobody else has done it.
    pub(super) fn bodies_beside(&self, claim: &Claim, sentence: &Sentence, incident: &mut Incident) {
        if !incident.organizations.is_empty() || incident.state {
            return;
        }
        let text = sentence.span.of(self.doc.text());
        let claims_it = text.to_uppercase().contains("RESPONSIBILITY");
        if let Some(body) = self.armed_body(sentence, incident) {
            incident.organizations.push((body, Self::confidence(claim, claims_it)));
            incident.group = true;
        }
    }

    /// The first rebel or criminal body that a sentence names, if it is none of those hit.
    fn armed_body(&self, sentence: &Sentence, incident: &Incident) -> Option<String> {
        let text = sentence.span.of(self.doc.text());
        let found = Catalogue::embedded().find(text).into_iter().find(|(range, id)| {
            let (start, end) = (sentence.span.start() + range.start, sentence.span.start() + range.end);
            let mut hit = incident.victims.iter().chain(&incident.targets);
            self.is_of(id, &["REB", "CRM", "UAF", "PRM"]) && !hit.any(|h| h.span.start() < end && start < h.span.end())
        });
        let words = |range: Range<usize>| text[range].split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        found.map(|(range, _)| bare(&words(range)))
    }

    /// Who else the message blames, where no claim of an incident names anybody: those who act in its sentences,
    /// the body that these or the sentences beside them name, or the one that the message names most.
    pub(super) fn doers_around(&self, incident: &mut Incident) {
        let told: Vec<usize> = incident.sentences.clone();
        if incident.individuals.is_empty() {
            let found = told.iter().find_map(|at| self.actors_named(&self.annotated.sentences[*at], incident));
            if let Some((words, state)) = found.filter(|(_, state)| !state || !incident.group) {
                incident.individuals.push(words);
                incident.state |= state;
                incident.group |= !state;
            }
        }
        if !incident.organizations.is_empty() || incident.state {
            return;
        }
        let near = told.iter().flat_map(|at| [*at, at + 1, at.saturating_sub(1)]);
        let beside = near
            .filter_map(|at| self.annotated.sentences.get(at))
            .find_map(|sentence| self.armed_body(sentence, incident));
        let most = || {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for sentence in &self.annotated.sentences {
                if let Some(body) = self.armed_body(sentence, incident) {
                    *counts.entry(body).or_default() += 1;
                }
            }
            counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 1).map(|(body, _)| body)
        };
        if let Some(body) = beside.or_else(most) {
            incident.organizations.push((body, "REPORTED AS FACT"));
            incident.group = true;
        }
    }

    /// A word for those who use force, in a place where those who act stand, and whether they are a state's.
    fn actors_named(&self, sentence: &Sentence, incident: &Incident) -> Option<(String, bool)> {
        (0..sentence.tokens.len()).find_map(|token| {
            let node = &sentence.tokens[token];
            let place = match node.deprel {
                Deprel::Nsubj | Deprel::OblAgent => true,
                Deprel::Obl | Deprel::Nmod => {
                    syntax::preposition(sentence, token).is_some_and(|p| p.eq_ignore_ascii_case("by"))
                }
                _ => false,
            };
            if !place {
                return None;
            }
            let range = narrow(sentence, syntax::mention_tokens(sentence, token), token);
            let lemmas: Vec<String> = (range.start..=token).map(|i| lemma(sentence, i)).collect();
            let (_, fields) = self.words.perpetrators.ending(&lemmas)?;
            let span = syntax::span_of(sentence, &range)?;
            let mut hit = incident.victims.iter().chain(&incident.targets);
            let strong = lemmas.iter().any(|l| STRONG.contains(&l.as_str()));
            if !strong || hit.any(|h| h.span.overlaps(span)) {
                return None;
            }
            let words = span.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
            Some((bare(&words), fields[0] == "state"))
        })
    }

    pub(super) fn confidence(claim: &Claim, claims_it: bool) -> &'static str {
        let same = claim.asserter.as_ref().is_some_and(|a| a.id.is_some() && claim.actor.iter().any(|p| p.id == a.id));
        if claims_it || same {
            return "CLAIMED OR ADMITTED";
        }
        let official =
            claim.asserter.as_ref().is_some_and(|a| a.sectors.iter().any(|s| OFFICIAL.contains(&s.as_str())));
        match (claim.attitude, official) {
            (Attitude::Alleges | Attitude::Doubts, true) => "SUSPECTED OR ACCUSED BY AUTHORITIES",
            (Attitude::Alleges | Attitude::Doubts, false) => "SUSPECTED OR ACCUSED",
            _ => "REPORTED AS FACT",
        }
    }

    pub(super) fn instruments(&self, sentence: &Sentence, incident: &mut Incident) {
        let lemmas: Vec<String> = (0..sentence.tokens.len()).map(|i| lemma(sentence, i)).collect();
        for (range, _, fields) in self.words.instruments.within(&lemmas) {
            let [kind, how] = fields else { continue };
            let is_noun = matches!(sentence.tokens[range.end - 1].upos, Upos::Noun | Upos::Propn);
            if how == "name" && !is_noun {
                continue;
            }
            let words = if how == "name" {
                let last = range.end - 1;
                let first = (0..range.start)
                    .rev()
                    .take_while(|i| {
                        let token = &sentence.tokens[*i];
                        matches!(token.deprel, Deprel::Compound | Deprel::Amod)
                            && !matches!(
                                lemma(sentence, *i).as_str(),
                                "first" | "second" | "third" | "another" | "other" | "new" | "same"
                            )
                            && syntax::head(sentence, *i).is_some_and(|h| h <= last && h > *i)
                    })
                    .last()
                    .unwrap_or(range.start);
                syntax::span_of(sentence, &(first..range.end))
                    .map(|s| s.of(self.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
            } else {
                None
            };
            add_instrument(&mut incident.instruments, words, kind.clone());
        }
    }
}

/// Countries whose groups may act in the task's countries.
const REGION: [&str; 16] =
    ["SLV", "GTM", "HND", "ARG", "BOL", "CHL", "COL", "ECU", "PER", "NIC", "VEN", "CRI", "MEX", "PAN", "CUB", "USA"];

/// Words that by themselves say that somebody uses force.
const STRONG: [&str; 40] = [
    "guerrilla",
    "terrorist",
    "rebel",
    "extremist",
    "subversive",
    "gunman",
    "gunmen",
    "insurgent",
    "hitman",
    "hitmen",
    "assassin",
    "killer",
    "murderer",
    "kidnapper",
    "criminal",
    "delinquent",
    "bandit",
    "paramilitary",
    "squad",
    "commando",
    "commandos",
    "unidentified",
    "unknown",
    "armed",
    "hooded",
    "masked",
    "assailant",
    "attacker",
    "stranger",
    "sniper",
    "trafficker",
    "individual",
    "guerilla",
    "arsonist",
    "robber",
    "mafia",
    "cartel",
    "narcotrafficker",
    "bomber",
    "saboteur",
];

/// "TERRORISTS OF THE FMLN" without the body.
fn before_body(mention: &str, body: Option<&str>) -> String {
    let Some(body) = body else { return mention.to_owned() };
    match mention.find(body) {
        Some(at) if at > 0 => {
            let head = mention[..at].trim_end();
            let head = head.strip_suffix(" THE").unwrap_or(head);
            let cut = [" OF", " FROM", " BELONGING TO", " IN"].iter().find_map(|p| head.strip_suffix(p));
            cut.unwrap_or(mention).to_owned()
        }
        _ => mention.to_owned(),
    }
}
