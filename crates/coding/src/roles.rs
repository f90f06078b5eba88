//! Fills a trigger's roles: which words of the sentence are its actor, recipient, intermediary.
//!
//! A nominal becomes a party only if the catalogue knows it, or the tagger calls it a person or an
//! organisation, or it is a pronoun (kept as a mention, unresolved). Things are no parties.

use std::collections::HashMap;

use model::{Deprel, EventType, NameKind, Party, PartyId, Sentence, Span, TieType, Token, Upos};

use crate::catalogue::{Catalogue, Context, Resolved};
use crate::frames::{Frame, Kind, Slot, Trigger};
use crate::gazetteer::{EntryKind, Gazetteer};
use crate::references::{PartyMention, References};
use crate::syntax;

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

impl Scene<'_> {
    /// The party that the nominal headed by `token` names or stands for, if it is one.
    pub fn party(&self, token: usize) -> Option<Party> {
        let mut parties = self.parties(token).into_iter();
        match (parties.next(), parties.next()) {
            (one, None) => one,
            _ => self.named(token),
        }
    }

    /// All parties that the nominal headed by `token` names or stands for: one as a rule; several for "Pakistani and
    /// Afghan troops", "the two sides".
    pub fn parties(&self, token: usize) -> Vec<Party> {
        let named = self.named(token);
        if named.as_ref().is_some_and(|p| p.id.is_some()) {
            return named.into_iter().collect();
        }
        let range = syntax::mention_tokens(self.sentence, token);
        let Some(span) = syntax::span_of(self.sentence, &range) else { return named.into_iter().collect() };
        let words = span.of(self.text);
        let antecedents = self.references.of(self.sentence.tokens[token].span);
        if !antecedents.is_empty() {
            let told = |p: &Party| Party { mention: Some(words.to_owned()), span: Some(span), ..p.clone() };
            return antecedents.iter().map(told).collect();
        }
        // "its soldiers": of the party for which "its" stands.
        let owner = self
            .sentence
            .children(token)
            .find(|(i, t)| t.deprel == Deprel::NmodPoss && t.upos == Upos::Pron && range.contains(i));
        if let Some((_, owner)) = owner
            && let [party] = self.references.of(owner.span)
            && let Some(whose) = &party.mention
        {
            let rest = before_place(self.text[owner.span.end()..span.end()].trim_start());
            // "his tax returns" are no party, whoever he is.
            let fights =
                ["commander", "commanders", "men", "leader", "leaders", "chief"].iter().any(|w| rest.ends_with(w));
            let is_role = self
                .catalogue
                .resolve(rest, self.context)
                .is_some_and(|r| (fights || !r.sectors.is_empty()) && !r.is_private);
            let resolved = self.catalogue.resolve(&format!("{whose}'s {rest}"), self.context).filter(|_| is_role);
            if let Some(resolved) = resolved.filter(|r| r.id.is_some() && !r.is_private) {
                return vec![named_party(resolved, words, Some(span))];
            }
        }
        let joined = || self.sentence.children(token).any(|(i, _)| range.contains(&i) && i != token);
        if self.sentence.tokens[token].upos != Upos::Pron && joined() {
            let several = self.catalogue.resolve_all(words, self.context);
            if several.len() > 1 && several.iter().all(|r| r.id.is_some() && !r.is_private) {
                return several.into_iter().map(|r| named_party(r, words, Some(span))).collect();
            }
        }
        named.into_iter().collect()
    }

    /// The party that the nominal headed by `token` names by its own words.
    fn named(&self, token: usize) -> Option<Party> {
        let sentence = self.sentence;
        if !syntax::is_nominal(sentence, token) && sentence.tokens[token].upos != Upos::Adj {
            return None;
        }
        let range = syntax::mention_tokens(sentence, token);
        let span = syntax::span_of(sentence, &range)?;
        let words = span.of(self.text);
        if sentence.tokens[token].upos == Upos::Pron {
            return personal(&sentence.tokens[token].lemma).then(|| Party {
                mention: Some(words.to_owned()),
                span: Some(span),
                ..Party::default()
            });
        }
        let in_name = sentence.names.iter().find(|n| n.tokens.contains(&token));
        // A surname that the report has introduced in full stands for the same person's office.
        if let Some(name) = in_name
            && name.kind == NameKind::Person
            && let Some(known) = self.persons.get(name.span.of(self.text))
        {
            return Some(Party { mention: Some(words.to_owned()), span: Some(span), ..known.clone() });
        }
        // "about 30 fighters": the number says how many, not who.
        let who = range.clone().find(|&i| i == token || !is_amount(sentence, i)).unwrap_or(token);
        let words_of_who = syntax::span_of(sentence, &(who..range.end)).map_or(words, |s| s.of(self.text));
        // "its commander in Tyre": where somebody of theirs stands is not whose he is.
        let owned = sentence.child(token, &[Deprel::NmodPoss]).is_some_and(|p| sentence.tokens[p].upos == Upos::Pron);
        let words_of_who = if owned { before_place(words_of_who) } else { words_of_who };
        // "its neighbour", "their old foe": somebody, left open.
        if owned
            && sentence
                .child(token, &[Deprel::NmodPoss])
                .is_some_and(|p| matches!(sentence.tokens[p].lemma.as_str(), "its" | "it" | "their" | "they"))
            && matches!(
                sentence.tokens[token].lemma.as_str(),
                "neighbour" | "neighbor" | "foe" | "adversary" | "enemy" | "ally"
            )
        {
            return Some(Party { mention: Some(words.to_owned()), span: Some(span), ..Party::default() });
        }
        // "Landlocked Ethiopia": a capital that only opens the sentence makes no name.
        let opening = &sentence.tokens[who];
        let opens = who == 0
            && who < token
            && opening.upos == Upos::Adj
            && self.gazetteer.demonym(opening.span.of(self.text)).is_none()
            && in_name.is_none_or(|n| !n.tokens.contains(&who));
        let lowered = opens
            .then(|| format!("{}{}", &words_of_who[..1].to_lowercase(), &words_of_who[1..]))
            .filter(|w| {
                self.catalogue.resolve(words_of_who, self.context).is_none_or(|r| r.id.is_none()) && w != words_of_who
            })
            .filter(|w| self.catalogue.resolve(w, self.context).is_some_and(|r| r.id.is_some()));
        let words_of_who = lowered.as_deref().unwrap_or(words_of_who);
        let lone_person = in_name.is_some_and(|n| n.kind == NameKind::Person && n.tokens.len() == range.len());
        // "Russian" before a noun: the polity, below.
        let adjective = sentence.tokens[token].upos == Upos::Adj || sentence.tokens[token].deprel == Deprel::Amod;
        if let Some(resolved) = self.catalogue.resolve(words_of_who, self.context).filter(|r| {
            (!lone_person || r.id.is_some()) && !(adjective && !r.is_private && r.id.is_none() && r.sectors.is_empty())
        }) {
            // "Iran's ally Hezbollah", "Kabul's new masters, the Taliban": a kind of party, named beside it.
            let is_kind = resolved.id.is_none() && !resolved.is_private;
            let renamed = is_kind.then(|| self.named_beside(token, span)).flatten();
            if renamed.is_some() {
                return renamed;
            }
            if resolved.is_private || (resolved.id.is_none() && resolved.sectors.is_empty()) {
                return None;
            }
            // A missile of nobody's is no party.
            if resolved.id.is_none() && is_projectile(&sentence.tokens[token].lemma) {
                return None;
            }
            // "US$750" is no country.
            let head = &sentence.tokens[token];
            if matches!(head.upos, Upos::Sym | Upos::Num) && resolved.id.is_some() && words.contains(['$', '€', '£'])
            {
                return None;
            }
            // "An army spokesman, Colonel Musa Danjuma": the name belongs to the mention.
            let person = sentence
                .children(token)
                .find(|(i, t)| {
                    t.deprel == Deprel::Appos
                        && sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(i))
                })
                .and_then(|(i, _)| syntax::span_of(sentence, &syntax::mention_tokens(sentence, i)))
                .filter(|_| head.upos == Upos::Noun);
            let whole = person.map_or(span, |p| span.cover(p));
            return Some(named_party(resolved, whole.of(self.text), Some(whole)));
        }
        // "Zabihullah Mujahid, a spokesman for the Taliban": the apposition says whose words they are.
        if let Some(party) = self.named_beside(token, span) {
            return Some(party);
        }
        // "Pakistani" before an event noun: the polity.
        if sentence.tokens[token].upos == Upos::Adj || sentence.tokens[token].deprel == Deprel::Amod {
            let country = self.gazetteer.demonym(words)?;
            let id = PartyId::new(country.as_str()).ok()?;
            let entry = self.catalogue.get(&id)?;
            return Some(Party {
                mention: Some(words.to_owned()),
                span: Some(span),
                name: Some(entry.name.clone()),
                country: Some(country),
                sectors: entry.sectors.clone(),
                id: Some(id),
                ..Party::default()
            });
        }
        let named = in_name.is_some_and(|n| matches!(n.kind, NameKind::Person | NameKind::Organisation));
        named.then(|| Party { mention: Some(words.to_owned()), span: Some(span), ..Party::default() })
    }

    /// The party that an apposition to a nominal names.
    fn named_beside(&self, token: usize, span: Span) -> Option<Party> {
        let sentence = self.sentence;
        let beside = sentence.children(token).filter(|(_, t)| matches!(t.deprel, Deprel::Appos)).map(|(i, _)| i);
        for apposition in beside {
            // "a critic of the president" says of whom, not who; "a member" only of those who bear arms.
            let relation = is_relation(&sentence.tokens[apposition].lemma);
            if relation && sentence.tokens[apposition].lemma != "member" {
                continue;
            }
            let range = syntax::mention_tokens(sentence, apposition);
            let Some(role) = syntax::span_of(sentence, &range) else { continue };
            if let Some(resolved) = self.catalogue.resolve(role.of(self.text), self.context)
                && !resolved.is_private
                && resolved.id.is_some()
                && (!relation || resolved.sectors.iter().any(|s| s == "REB" || s == "UAF"))
            {
                let span = span.cover(role);
                return Some(named_party(resolved, span.of(self.text), Some(span)));
            }
        }
        None
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

    /// Who owns a thing, made it or is its place, nearest first: possessor, adjective, then what stands after a
    /// preposition. Of a subject only the first two: "warplanes of the coalition" act for it, "a man in Syria" for nobody.
    fn owners(&self, thing: usize, slot: &Slot) -> Vec<usize> {
        let sentence = self.sentence;
        if !matches!(sentence.tokens[thing].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym) {
            return Vec::new();
        }
        let before: Vec<usize> = sentence
            .children(thing)
            .filter(|(i, t)| {
                *i < thing
                    && matches!(t.deprel, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound)
                    && !matches!(t.upos, Upos::Pron | Upos::Det)
            })
            .map(|(i, _)| i)
            // "a Canadian tourist" is not Canada's, and the Norwegian Nobel Committee not Norway.
            .filter(|&i| sentence.tokens[i].upos != Upos::Adj || !(self.is_person(thing) || self.in_one_name(i, thing)))
            .filter(|&i| self.party(i).is_some_and(|p| p.id.is_some()))
            // "Trump supporters", "Putin's daughter" are not whom they are named after.
            .filter(|&i| {
                let is_person = |n: &model::Name| n.kind == NameKind::Person && n.tokens.contains(&i);
                !(is_of_a_circle(&sentence.tokens[thing]) && sentence.names.iter().any(is_person))
            })
            .collect();
        // "an Afghan army base": the army's, and no other's.
        let ids: Vec<Option<PartyId>> = before.iter().map(|&i| self.party(i).and_then(|p| p.id)).collect();
        let is_whole = |id: &PartyId| ids.iter().flatten().any(|o| o != id && o.root() == id.as_str());
        let before: Vec<usize> =
            before.iter().zip(&ids).filter(|(_, id)| !id.as_ref().is_some_and(&is_whole)).map(|(&i, _)| i).collect();
        if !before.is_empty() {
            return syntax::with_conjuncts(sentence, before);
        }
        // "a bomb planted by the group", "the missiles that the army fired": who sent it off acts through it.
        if is_projectile(&sentence.tokens[thing].lemma) {
            let sent: Vec<usize> = sentence
                .children(thing)
                .filter(|(_, t)| matches!(t.deprel, Deprel::Acl | Deprel::AclRelcl) && sends_off(&t.lemma))
                .flat_map(|(verb, _)| syntax::agents(sentence, verb))
                .filter(|&i| i != thing)
                .collect();
            if sent.iter().any(|&i| self.party(i).is_some()) {
                return sent;
            }
            // "launched missiles targeting troops"
            if let Some(verb) = syntax::head(sentence, thing)
                && *slot == Slot::Subject
                && sentence.tokens[thing].deprel == Deprel::Obj
                && sends_off(&sentence.tokens[verb].lemma)
            {
                return syntax::agents(sentence, verb);
            }
        }
        let after: &[&str] = match slot {
            // "the shelling of Kyiv" is not Kyiv's.
            Slot::Subject if is_deed(&sentence.tokens[thing].lemma) => &[],
            Slot::Subject => &["of"],
            _ => &["by", "from", "of", "against", "with", "to", "on", "for", "between", "in"],
        };
        // "its rival in Spain" is no part of Spain.
        let owned = sentence.child(thing, &[Deprel::NmodPoss]).is_some();
        for preposition in after.iter().filter(|p| !owned || **p != "in") {
            let found = syntax::obliques(sentence, thing, &[preposition]);
            if found.iter().any(|&i| self.party(i).is_some()) {
                return found;
            }
            // "an appeal filed by lawyers", "the resolution proposed by the council"
            if *preposition == "by" {
                let made: Vec<usize> = sentence
                    .children(thing)
                    .filter(|(_, t)| t.deprel == Deprel::Acl)
                    .flat_map(|(verb, _)| syntax::obliques(sentence, verb, &["by"]))
                    .collect();
                if made.iter().any(|&i| self.party(i).is_some()) {
                    return made;
                }
            }
            // One step further: "the demolition of a village in the West Bank", "a number of officials".
            if matches!(*preposition, "of" | "for")
                && let Some(&inner) = found.first()
                && !matches!(slot, Slot::Subject)
            {
                let deeper = self.owners(inner, slot);
                if !deeper.is_empty() {
                    return deeper;
                }
            }
        }
        Vec::new()
    }

    /// Whether a noun names a person, by the catalogue, by a personal name beside it, or by its ending.
    pub(crate) fn is_person(&self, noun: usize) -> bool {
        let sentence = self.sentence;
        let token = &sentence.tokens[noun];
        let named = sentence.children(noun).any(|(i, t)| {
            matches!(t.deprel, Deprel::Appos | Deprel::Flat)
                && sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&i))
        });
        named
            || sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&noun))
            || self.catalogue.resolve(&token.lemma, self.context).is_some_and(|r| r.is_private)
            || is_person_word(&token.lemma)
    }

    /// Whether two words are parts of one name.
    fn in_one_name(&self, one: usize, other: usize) -> bool {
        self.sentence.names.iter().any(|n| n.tokens.contains(&one) && n.tokens.contains(&other))
    }

    /// A crowd of private persons, by its words.
    fn crowd(&self, token: usize) -> Option<Filler> {
        let span = syntax::span_of(self.sentence, &syntax::mention_tokens(self.sentence, token))?;
        let mention = Some(span.of(self.text).to_owned());
        let sectors = vec!["CVL".to_owned()];
        Some(Filler { token, party: Party { mention, span: Some(span), sectors, ..Party::default() } })
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

    fn candidates(&self, trigger: Trigger, slot: &Slot) -> Vec<usize> {
        let sentence = self.sentence;
        let index = trigger.token;
        match slot {
            Slot::Subject if trigger.is_verb => syntax::agents(sentence, index),
            Slot::Object if trigger.is_verb => syntax::patients(sentence, index),
            // The subject of the verb that an event noun leans on: "the army carried out raids".
            // "X is an ally of Y"
            Slot::Subject if sentence.child(index, &[Deprel::Nsubj]).is_some() => {
                let subject = sentence.child(index, &[Deprel::Nsubj]).into_iter().collect();
                syntax::with_conjuncts(sentence, subject)
            }
            // "… and is at war with them"
            Slot::Subject
                if sentence.tokens[index].deprel == Deprel::Conj && sentence.child(index, &[Deprel::Cop]).is_some() =>
            {
                let subject = syntax::surface_subject(sentence, index).into_iter().collect();
                syntax::with_conjuncts(sentence, subject)
            }
            Slot::Subject => {
                lending_verb(sentence, index).map(|verb| syntax::agents(sentence, verb)).unwrap_or_default()
            }
            Slot::Object => Vec::new(),
            // "attacks launched by the TTP", "strikes carried out by jets"
            Slot::Preposition(preposition)
                if !trigger.is_verb && preposition == "by" && lent_clause(sentence, index).is_some() =>
            {
                lent_clause(sentence, index).map(|verb| syntax::obliques(sentence, verb, &["by"])).unwrap_or_default()
            }
            Slot::Possessor if trigger.is_verb => Vec::new(),
            Slot::Possessor => {
                let before = sentence
                    .children(index)
                    .filter(|(i, t)| {
                        *i < index
                            && matches!(t.deprel, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Nmod)
                    })
                    .map(|(i, _)| i)
                    .collect();
                syntax::with_conjuncts(sentence, before)
            }
            Slot::Preposition(preposition) => {
                let mut found = syntax::obliques(sentence, index, &[preposition]);
                if found.is_empty()
                    && !trigger.is_verb
                    && let Some(verb) =
                        lending_verb(sentence, index).or_else(|| passive_over(sentence, index, preposition))
                {
                    found = syntax::obliques(sentence, verb, &[preposition]);
                }
                // "the murder of an officer by smugglers": a person or thing takes no "by" of its own.
                if found.is_empty() && !trigger.is_verb && preposition == "by" {
                    found = syntax::obliques(sentence, index, &["of", "on", "against"])
                        .into_iter()
                        .flat_map(|i| syntax::obliques(sentence, i, &["by"]))
                        .collect();
                }
                // "talks between A and B through C": hung on the last of them.
                if found.is_empty() && !trigger.is_verb && preposition == "through" {
                    found = syntax::obliques(sentence, index, &["between", "with"])
                        .into_iter()
                        .flat_map(|i| syntax::obliques(sentence, i, &["through"]))
                        .collect();
                }
                // "opened fire on", "signed an agreement with": where the object holds the phrase, and the verb none but
                // a day ("imposed sanctions on two banks on Monday").
                if trigger.is_verb && found.iter().all(|&i| self.party(i).is_none() && self.owners(i, slot).is_empty())
                {
                    let held: Vec<usize> = sentence
                        .children(index)
                        .filter(|(_, t)| {
                            // "The truce between A and B took effect", "relations with B soured".
                            let subject = matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass)
                                && matches!(preposition.as_str(), "between" | "with");
                            // "is drawing closer to B"
                            let manner = t.deprel == Deprel::Advmod && matches!(t.upos, Upos::Adv | Upos::Adj);
                            matches!(t.deprel, Deprel::Obj | Deprel::Xcomp) || subject || manner
                        })
                        .flat_map(|(i, _)| syntax::obliques(sentence, i, &[preposition]))
                        .collect();
                    if !held.is_empty() {
                        found = held;
                    }
                }
                found
            }
        }
    }

    /// The parties of a trigger by role, in the frame's way; a frame of both sides gathers all as actors.
    pub fn roles(&self, trigger: Trigger, frame: &Frame) -> Roles {
        let mut roles = Roles {
            actor: self.fill(trigger, &frame.actor),
            recipient: self.fill(trigger, &frame.recipient),
            via: self.fill(trigger, &frame.via),
            reciprocal: false,
        };
        if happens_somewhere(frame.kind) {
            roles.actor.retain(|f| !self.is_capital_before(f));
        }
        // "launched missiles" at somebody else.
        roles.recipient.retain(|f| f.party.id.is_some() || !is_weapon(&self.sentence.tokens[f.token]));
        let taken: Vec<_> = roles.actor.iter().map(|f| f.party.span).collect();
        roles.recipient.retain(|f| !taken.contains(&f.party.span));
        // "Thousands protest in Belgrade": a crowd, by its number alone.
        if roles.actor.is_empty() && frame.kind == Kind::Event(EventType::Protest) {
            let crowd =
                self.candidates(trigger, &Slot::Subject).into_iter().find(|&i| is_crowd(&self.sentence.tokens[i]));
            roles.actor.extend(crowd.and_then(|i| self.crowd(i)));
        }
        // "came under attack", "live under the protection of": the subject suffers or enjoys it.
        if roles.recipient.is_empty()
            && !trigger.is_verb
            && matches!(frame.kind, Kind::Tie(_) | Kind::Event(EventType::Assault))
            && self.sentence.tokens[trigger.token].deprel == Deprel::Obl
            && syntax::preposition(self.sentence, trigger.token) == Some("under")
            && let Some(verb) = syntax::head(self.sentence, trigger.token)
            && let Some(subject) = syntax::surface_subject(self.sentence, verb)
        {
            roles.recipient = self.fillers(syntax::with_conjuncts(self.sentence, vec![subject]));
        }
        // "Tunisia is facing attacks": who faces them suffers them.
        if roles.recipient.is_empty()
            && !trigger.is_verb
            && matches!(frame.kind, Kind::Event(EventType::Assault | EventType::Sanction | EventType::Coerce))
            && let Some(verb) = syntax::light_verb_above(self.sentence, trigger.token)
            && suffers(&self.sentence.tokens[verb].lemma)
        {
            roles.recipient = self.fillers(syntax::agents(self.sentence, verb));
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
        roles
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

/// Numbers of people who march.
fn is_crowd(token: &Token) -> bool {
    let one = token.feats.has("Number", "Sing");
    match token.lemma.to_lowercase().as_str() {
        "thousand" | "hundred" | "dozen" | "ten" | "crowd" | "people" | "score" => true,
        "woman" | "mother" | "youth" => !one,
        _ => false,
    }
}

/// A party by these words.
pub(crate) fn named_party(resolved: Resolved, words: &str, span: Option<Span>) -> Party {
    let Resolved { id, name, country, acts_as, sectors, .. } = resolved;
    Party { mention: Some(words.to_owned()), span, id, name, country, acts_as, based_in: None, sectors }
}

/// Persons whom a sentence introduces by full name with an office that the catalogue knows, by surname.
pub fn introduced(scene: &Scene<'_>) -> Vec<(String, Party)> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    for name in &sentence.names {
        if name.kind != NameKind::Person || name.tokens.len() < 2 {
            continue;
        }
        let head = name.tokens.clone().find(|&i| syntax::head(sentence, i).is_none_or(|h| !name.tokens.contains(&h)));
        let last = &sentence.tokens[name.tokens.end - 1];
        if let Some(party) = head.and_then(|h| scene.party(h)).filter(|p| p.id.is_some()) {
            found.push((last.span.of(scene.text).to_owned(), party));
        }
    }
    found
}

/// Every phrase of a sentence that names parties, in order of their heads.
pub fn mentions(scene: &Scene<'_>, number: usize) -> Vec<PartyMention> {
    let sentence = scene.sentence;
    let within = [Deprel::Compound, Deprel::Flat, Deprel::Fixed, Deprel::FlatForeign, Deprel::Goeswith, Deprel::Appos];
    (0..sentence.tokens.len())
        .filter(|&i| matches!(sentence.tokens[i].upos, Upos::Noun | Upos::Propn))
        .filter(|&i| !within.contains(&sentence.tokens[i].deprel))
        .filter_map(|token| {
            let parties = scene.parties(token);
            let in_name = sentence.names.iter().find(|n| n.tokens.contains(&token));
            let is_person = in_name.is_some_and(|n| n.kind == NameKind::Person);
            (!parties.is_empty()).then_some(PartyMention { sentence: number, token, parties, is_person })
        })
        .collect()
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

/// "accused each other", "fired at one another".
fn has_each_other(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(i, t)| {
        matches!(t.deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl)
            && matches!(t.lemma.to_lowercase().as_str(), "each" | "one")
            && sentence.children(i).any(|(_, o)| matches!(o.lemma.as_str(), "other" | "another"))
    })
}

/// Verbs that lend an event noun its subject.
pub fn is_light(lemma: &str) -> bool {
    matches!(
        lemma,
        "carry"
            // What annotators that guess base forms make of "carried".
            | "carrie"
            | "launch"
            | "conduct"
            | "stage"
            | "mount"
            | "make"
            | "hold"
            | "execute"
            | "perform"
            | "undertake"
            | "wage"
            | "commit"
            | "perpetrate"
            | "begin"
            | "start"
            | "open"
            | "lead"
            | "order"
            | "unleash"
            | "deliver"
            | "issue"
            | "have"
            | "give"
            | "pay"
            | "sign"
            | "impose"
            | "declare"
            | "announce"
            | "initiate"
            | "orchestrate"
            | "plan"
            | "threaten"
            | "resume"
            | "end"
            | "continue"
            | "complete"
            | "do"
            | "take"
            | "attend"
            | "offer"
            | "provide"
            | "send"
            | "plot"
            | "intensify"
            | "step"
    )
}

/// The light verb that lends an event noun its subject: the one whose object it is ("carried out raids"), or that of a
/// relative clause ("the raid that the army mounted", "a raid that was mounted by troops").
fn lending_verb(sentence: &Sentence, noun: usize) -> Option<usize> {
    // Who calls off a visit or aborts a raid is who would have made it.
    let cancels = |lemma: &str| {
        matches!(lemma, "cancel" | "postpone" | "scrap" | "shelve" | "abort" | "delay" | "suspend" | "abandon")
    };
    let calls_off = |verb: usize| {
        sentence.tokens[verb].lemma == "call"
            && sentence.children(verb).any(|(_, t)| t.lemma.eq_ignore_ascii_case("off"))
    };
    let light = |verb: &usize| {
        let lemma = &sentence.tokens[*verb].lemma;
        // A strike that is called off is mostly one of workers.
        let labour = sentence.tokens[noun].lemma == "strike";
        // "lost control of the town"
        let control = sentence.tokens[noun].lemma == "control"
            && matches!(lemma.as_str(), "lose" | "keep" | "retain" | "maintain" | "cede");
        is_light(lemma) || control || !labour && (cancels(lemma) || calls_off(*verb))
    };
    syntax::light_verb_above(sentence, noun).filter(light).or_else(|| {
        sentence
            .children(noun)
            .find(|(i, t)| {
                t.deprel == Deprel::AclRelcl
                    && is_light(&t.lemma)
                    && sentence
                        .children(*i)
                        .any(|(_, o)| o.upos == Upos::Pron && matches!(o.deprel, Deprel::Obj | Deprel::NsubjPass))
            })
            .map(|(i, _)| i)
    })
}

/// Verbs whose subject suffers what their object tells.
fn suffers(lemma: &str) -> bool {
    matches!(lemma, "face" | "suffer" | "sustain" | "endure" | "repel" | "repulse")
}

/// The passive verb whose subject an event noun is. Who acts in it did what the noun says only where the verb says so:
/// "was claimed by the group", not "was condemned by France".
fn passive_over(sentence: &Sentence, noun: usize, preposition: &str) -> Option<usize> {
    let owns = |lemma: &str| {
        matches!(
            lemma,
            "claim" | "coordinate" | "organise" | "organize" | "mastermind" | "sponsor" | "host" | "arrange"
        )
    };
    syntax::light_verb_above(sentence, noun).filter(|&v| {
        let lemma = &sentence.tokens[v].lemma;
        suffers(lemma) || syntax::is_passive(sentence, v) && (preposition != "by" || owns(lemma))
    })
}

/// The participle of a light verb after an event noun.
fn lent_clause(sentence: &Sentence, noun: usize) -> Option<usize> {
    sentence.children(noun).find(|(_, t)| t.deprel == Deprel::Acl && is_light(&t.lemma)).map(|(i, _)| i)
}

/// Things that are often owned by, or meant for, people of a kind.
fn is_thing(token: &Token) -> bool {
    token.upos == Upos::Noun
        && matches!(
            token.lemma.to_lowercase().as_str(),
            "access"
                | "mourning"
                | "statue"
                | "staff"
                | "plane"
                | "aircraft"
                | "rocket"
                | "stage"
                | "ship"
                | "rally"
                | "school"
                | "seat"
                | "nomination"
                | "building"
                | "house"
                | "data"
                | "opinion"
                | "health"
                | "record"
        )
}

/// People and things around a person that do not act for him.
fn is_of_a_circle(token: &Token) -> bool {
    matches!(
        token.lemma.to_lowercase().as_str(),
        "campaign"
            | "supporter"
            | "voter"
            | "ally"
            | "rally"
            | "fan"
            | "critic"
            | "opponent"
            | "rival"
            | "family"
            | "son"
            | "daughter"
            | "wife"
            | "husband"
            | "brother"
            | "sister"
            | "father"
            | "mother"
            | "lawyer"
            | "attorney"
            | "associate"
            | "donor"
            | "foundation"
    )
}

fn is_weapon(token: &Token) -> bool {
    matches!(
        token.lemma.to_lowercase().as_str(),
        "missile" | "rocket" | "drone" | "bomb" | "shell" | "mortar" | "gun" | "weapon" | "grenade" | "mine"
    )
}

fn is_amount(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    matches!(token.upos, Upos::Num | Upos::Adv | Upos::Adp)
        || matches!(
            token.lemma.as_str(),
            "least" | "most" | "more" | "than" | "several" | "many" | "some" | "few" | "dozen" | "dozens" | "other"
        )
}

/// What is fired, dropped or planted.
fn is_projectile(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "missile"
            | "rocket"
            | "mortar"
            | "shell"
            | "warhead"
            | "munition"
            | "weapon"
            | "drone"
            | "uav"
            | "bomb"
            | "mine"
            | "landmine"
            | "grenade"
            | "ied"
            | "tank"
            | "gun"
            | "katyusha"
            | "howitzer"
            | "projectile"
    )
}

fn sends_off(lemma: &str) -> bool {
    matches!(
        lemma,
        "plant" | "fire" | "launch" | "lay" | "drop" | "set" | "detonate" | "throw" | "hurl" | "send" | "place"
    )
}

/// Deeds of violence, by their last letters or by name: who stands after their "of" suffers them.
fn is_deed(lemma: &str) -> bool {
    lemma.ends_with("ing")
        || lemma.ends_with("ment")
        || matches!(
            lemma,
            "attack"
                | "strike"
                | "airstrike"
                | "raid"
                | "assault"
                | "siege"
                | "invasion"
                | "murder"
                | "assassination"
                | "massacre"
                | "destruction"
                | "capture"
                | "seizure"
                | "arrest"
                | "abduction"
                | "execution"
                | "occupation"
        )
}

/// Nouns that set somebody over against others.
fn is_relation(lemma: &str) -> bool {
    matches!(
        lemma,
        "critic"
            | "member"
            | "ally"
            | "opponent"
            | "supporter"
            | "rival"
            | "foe"
            | "enemy"
            | "friend"
            | "fan"
            | "veteran"
            | "donor"
            | "backer"
            | "neighbour"
            | "neighbor"
            | "part"
            | "native"
            | "resident"
    )
}

/// Who does or is something, by the word's ending.
fn is_person_word(lemma: &str) -> bool {
    let things = [
        "tanker",
        "freighter",
        "border",
        "order",
        "power",
        "container",
        "carrier",
        "center",
        "tower",
        "cruiser",
        "bunker",
        "helicopter",
        "bomber",
        "launcher",
        "reactor",
        "sector",
        "offer",
        "letter",
        "trawler",
        "computer",
        "server",
        "paper",
        "plant",
        "satellite",
        "liner",
        "destroyer",
        "water",
        "river",
        "corridor",
        "tractor",
        "motor",
        "silver",
    ];
    let ends = ["er", "or", "ist", "ian", "man", "woman", "ee", "ive", "logue"];
    !things.contains(&lemma) && ends.iter().any(|e| lemma.ends_with(e))
        || matches!(
            lemma,
            "individual"
                | "person"
                | "people"
                | "student"
                | "athlete"
                | "guest"
                | "chef"
                | "teen"
                | "citizen"
                | "mep"
                | "mp"
                | "ceo"
                | "MEP"
                | "MP"
        )
}

/// Words up to where a place is told: "its commander" of "its commander in Tyre".
fn before_place(words: &str) -> &str {
    let cut = [" in ", " at ", " near ", " from "].iter().filter_map(|p| words.find(p)).min();
    cut.map_or(words, |c| &words[..c])
}

/// Pronouns that stand for parties.
fn personal(lemma: &str) -> bool {
    matches!(lemma, "he" | "she" | "they" | "it" | "we" | "both" | "each")
}
