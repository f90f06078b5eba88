//! Which party a nominal names or stands for.
//!
//! A nominal becomes a party only if the catalogue knows it, or the tagger calls it a person or an organisation, or it
//! is a pronoun (kept as a mention, unresolved). Whose a thing is that names nobody is for `owners` to say.

use std::borrow::Cow;
use std::ops::Range;

use model::{Deprel, Name, NameKind, Party, PartyId, Span, Token, Upos};

use super::Scene;
use super::words::{is_amount, is_personal, is_projectile, is_relation};
use crate::catalogue::Resolved;
use crate::syntax;

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
        if let Some(party) = self.named_by_owner(token, span) {
            return vec![party];
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
            return is_personal(&sentence.tokens[token].lemma).then(|| open_party(words, span));
        }
        let in_name = sentence.names.iter().find(|n| n.tokens.contains(&token));
        // A surname that the report has introduced in full stands for the same person's office.
        if let Some(name) = in_name
            && name.kind == NameKind::Person
            && let Some(known) = self.persons.get(name.span.of(self.text))
        {
            return Some(Party { mention: Some(words.to_owned()), span: Some(span), ..known.clone() });
        }
        let who = self.words_of_who(token, &range).unwrap_or(Cow::Borrowed(words));
        if self.is_open_other(token) {
            return Some(open_party(words, span));
        }
        let lone_person = in_name.is_some_and(|n| n.kind == NameKind::Person && n.tokens.len() == range.len());
        // "Russian" before a noun: the polity, below.
        let adjective = is_adjective(&sentence.tokens[token]);
        let namesake = |r: &Resolved| in_name.is_some_and(|name| self.is_given_name(name, r));
        let says_who =
            |r: &Resolved| (!lone_person || r.id.is_some()) && !((adjective && says_nothing(r)) || namesake(r));
        if let Some(resolved) = self.catalogue.resolve(&who, self.context).filter(says_who) {
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
            if resolved.id.is_some() && is_money(&sentence.tokens[token], words) {
                return None;
            }
            let person = self.person_beside(token);
            let whole = person.map_or(span, |p| span.cover(p));
            return Some(named_party(resolved, whole.of(self.text), Some(whole)));
        }
        // "Zabihullah Mujahid, a spokesman for the Taliban": the apposition says whose words they are.
        if let Some(party) = self.named_beside(token, span) {
            return Some(party);
        }
        // "Pakistani" before an event noun: the polity.
        if adjective {
            return self.polity(words, span);
        }
        let named = in_name.is_some_and(|n| matches!(n.kind, NameKind::Person | NameKind::Organisation));
        named.then(|| open_party(words, span))
    }

    /// "Rand Paul": whether a part of a person's name, spelt like a party's initials but not like its name, brought up
    /// that party.
    fn is_given_name(&self, name: &Name, resolved: &Resolved) -> bool {
        let Some(id) = resolved.id.as_ref().filter(|_| name.kind == NameKind::Person && name.tokens.len() > 1) else {
            return false;
        };
        let initials = name.tokens.clone().any(|i| {
            let word = self.sentence.tokens[i].span.of(self.text);
            word.contains(char::is_lowercase)
                && id.as_str().split('.').any(|part| part == word.to_uppercase())
                && resolved.name.as_ref().is_none_or(|own| !own.contains(word))
        });
        let alone = || self.catalogue.resolve(name.span.of(self.text), self.context);
        initials && alone().is_some_and(|r| r.id.as_ref() == Some(id))
    }

    /// "its soldiers": of the party for which "its" stands.
    fn named_by_owner(&self, token: usize, span: Span) -> Option<Party> {
        let range = syntax::mention_tokens(self.sentence, token);
        let (_, owner) = self
            .sentence
            .children(token)
            .find(|(i, t)| t.deprel == Deprel::NmodPoss && t.upos == Upos::Pron && range.contains(i))?;
        let [party] = self.references.of(owner.span) else { return None };
        let whose = party.mention.as_ref()?;
        let rest = before_place(self.text[owner.span.end()..span.end()].trim_start());
        if !self.is_role(rest) {
            return None;
        }
        let resolved = self.catalogue.resolve(&format!("{whose}'s {rest}"), self.context)?;
        let known = resolved.id.is_some() && !resolved.is_private;
        known.then(|| named_party(resolved, span.of(self.text), Some(span)))
    }

    /// Whether words behind a possessive name people who act for its owner: "commanders", "air force"; "his tax returns"
    /// are no party, whoever he is.
    fn is_role(&self, words: &str) -> bool {
        let fights =
            ["commander", "commanders", "men", "leader", "leaders", "chief"].iter().any(|w| words.ends_with(w));
        let resolved = self.catalogue.resolve(words, self.context);
        resolved.is_some_and(|r| (fights || !r.sectors.is_empty()) && !r.is_private)
    }

    /// The words of a mention that say who: "fighters" of "about 30 fighters", "its commander" of "its commander in
    /// Tyre".
    fn words_of_who(&self, token: usize, range: &Range<usize>) -> Option<Cow<'_, str>> {
        let sentence = self.sentence;
        let first = range.clone().find(|&i| i == token || !is_amount(&sentence.tokens[i])).unwrap_or(token);
        let words = syntax::span_of(sentence, &(first..range.end))?.of(self.text);
        // Where somebody of theirs stands is not whose he is.
        let words = if self.owning_pronoun(token).is_some() { before_place(words) } else { words };
        let lowered = if self.only_opens(first, token) { self.lowered(words) } else { None };
        Some(lowered.map_or(Cow::Borrowed(words), Cow::Owned))
    }

    /// "Landlocked Ethiopia": whether an adjective has its capital only because it opens the sentence.
    fn only_opens(&self, first: usize, token: usize) -> bool {
        let opening = &self.sentence.tokens[first];
        let in_name = self.sentence.names.iter().find(|n| n.tokens.contains(&token));
        first == 0
            && first < token
            && opening.upos == Upos::Adj
            && self.gazetteer.demonym(opening.span.of(self.text)).is_none()
            && in_name.is_none_or(|n| !n.tokens.contains(&first))
    }

    /// The words with a small first letter, where they name a party so and with the capital none.
    fn lowered(&self, words: &str) -> Option<String> {
        let first = words.chars().next()?.len_utf8();
        let lowered = format!("{}{}", words[..first].to_lowercase(), &words[first..]);
        let names = |words: &str| self.catalogue.resolve(words, self.context).is_some_and(|r| r.id.is_some());
        (lowered != words && !names(words) && names(&lowered)).then_some(lowered)
    }

    /// The pronoun that owns a nominal: "its soldiers".
    fn owning_pronoun(&self, token: usize) -> Option<&Token> {
        let owner = &self.sentence.tokens[self.sentence.child(token, &[Deprel::NmodPoss])?];
        (owner.upos == Upos::Pron).then_some(owner)
    }

    /// "its neighbour", "their old foe": somebody, left open.
    fn is_open_other(&self, token: usize) -> bool {
        let owner = self.owning_pronoun(token);
        owner.is_some_and(|p| matches!(p.lemma.as_str(), "its" | "it" | "their" | "they"))
            && is_other(&self.sentence.tokens[token].lemma)
    }

    /// "An army spokesman, Colonel Musa Danjuma": the name belongs to the mention.
    fn person_beside(&self, token: usize) -> Option<Span> {
        let sentence = self.sentence;
        if sentence.tokens[token].upos != Upos::Noun {
            return None;
        }
        let is_person = |i: &usize| sentence.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(i));
        let (beside, _) = sentence.children(token).find(|(i, t)| t.deprel == Deprel::Appos && is_person(i))?;
        syntax::span_of(sentence, &syntax::mention_tokens(sentence, beside))
    }

    /// The polity of which an adjective tells: "Pakistani" before an event noun.
    fn polity(&self, words: &str, span: Span) -> Option<Party> {
        let country = self.gazetteer.demonym(words)?;
        let id = PartyId::new(country.as_str()).ok()?;
        let entry = self.catalogue.get(&id)?;
        Some(Party {
            name: Some(entry.name.clone()),
            country: Some(country),
            sectors: entry.sectors.clone(),
            id: Some(id),
            ..open_party(words, span)
        })
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
}

/// A party by these words.
pub(crate) fn named_party(resolved: Resolved, words: &str, span: Option<Span>) -> Party {
    let Resolved { id, name, country, acts_as, sectors, .. } = resolved;
    Party { mention: Some(words.to_owned()), span, id, name, country, acts_as, based_in: None, sectors }
}

/// Somebody of whom only the words are known.
fn open_party(words: &str, span: Span) -> Party {
    Party { mention: Some(words.to_owned()), span: Some(span), ..Party::default() }
}

/// "Russian" before a noun.
fn is_adjective(token: &Token) -> bool {
    token.upos == Upos::Adj || token.deprel == Deprel::Amod
}

/// Words that the catalogue knows as neither party, private person nor kind of party.
fn says_nothing(resolved: &Resolved) -> bool {
    !resolved.is_private && resolved.id.is_none() && resolved.sectors.is_empty()
}

/// "US$750" is no country.
fn is_money(head: &Token, words: &str) -> bool {
    matches!(head.upos, Upos::Sym | Upos::Num) && words.contains(['$', '€', '£'])
}

/// Who stands beside or against a party: "its neighbour".
fn is_other(lemma: &str) -> bool {
    matches!(lemma, "neighbour" | "neighbor" | "foe" | "adversary" | "enemy" | "ally")
}

/// Words up to where a place is told: "its commander" of "its commander in Tyre".
fn before_place(words: &str) -> &str {
    let cut = [" in ", " at ", " near ", " from "].iter().filter_map(|p| words.find(p)).min();
    cut.map_or(words, |c| &words[..c])
}
