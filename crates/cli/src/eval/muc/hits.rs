//! Whom and what an incident hit: people by name and description, things by the lists of targets.

use std::ops::Range;

use coding::{numbers, syntax};
use model::{Category, Claim, Deprel, Effect, EffectKind, NameKind, Party, Sentence, Span, Upos};

use super::incident::{Hit, Incident, View, add_hit};
use super::mentions::{bare, lemma, narrow};

impl View<'_> {
    pub(super) fn hits(&self, claim: &Claim, sentence: &Sentence, evidence: &[usize], incident: &mut Incident) {
        let actors: Vec<Span> = claim.actor.iter().filter_map(|p| p.span).collect();
        for (index, effect) in claim.effects.iter().enumerate() {
            let is_counted = !is_sum(claim, index) && effect.part_of.is_none_or(|whole| is_sum(claim, whole));
            let (Some(span), true) = (effect.span, is_counted) else { continue };
            if let Some((hit, person)) = self.hit(sentence, span, Some(effect), effect.party.as_ref()) {
                Self::put(hit, person, incident);
            }
            // "Father A, other priests, and civilians": who stands beside them suffered the same.
            let head = (0..sentence.tokens.len()).find(|i| {
                span.contains(sentence.tokens[*i].span)
                    && syntax::head(sentence, *i).is_none_or(|h| !span.contains(sentence.tokens[h].span))
            });
            let beside = head.map(|h| syntax::with_conjuncts(sentence, vec![h])).unwrap_or_default();
            for other in beside.into_iter().skip(1) {
                let Some(span) = syntax::span_of(sentence, &syntax::mention_tokens(sentence, other)) else { continue };
                let told = (0..claim.effects.len())
                    .filter(|&e| !is_sum(claim, e))
                    .any(|e| claim.effects[e].span.is_some_and(|s| s.overlaps(span)));
                let same = Effect {
                    low: None,
                    high: None,
                    category: Some(Category::Unknown),
                    span: Some(span),
                    ..effect.clone()
                };
                if !told
                    && effect.category.is_some()
                    && let Some((hit, true)) = self.hit(sentence, span, Some(&same), None)
                {
                    Self::put(hit, true, incident);
                }
            }
        }
        for party in &claim.recipient {
            let Some(span) = party.span else { continue };
            let known = incident.victims.iter().chain(&incident.targets).any(|h| h.span.overlaps(span));
            if known {
                continue;
            }
            if let Some((mut hit, person)) = self.hit(sentence, span, None, Some(party)) {
                let shot = claim.evidence.text.to_uppercase();
                let murdered = claim.modes.iter().any(|m| m == "targeted") && incident.stage == "ACCOMPLISHED";
                if person
                    && hit.effect.is_none()
                    && (murdered || shot.contains("TO DEATH") || shot.contains("SHOT DEAD"))
                {
                    hit.effect = Some("DEATH");
                }
                Self::put(hit, person, incident);
            }
        }
        if incident.kind == "KIDNAPPING" || claim.reciprocal {
            return;
        }
        let before = incident.victims.len() + incident.targets.len();
        self.targets(sentence, evidence, &actors, incident);
        // The clause names nothing that was hit: perhaps its sentence does.
        if before == 0 && incident.targets.is_empty() {
            let all: Vec<usize> = (0..sentence.tokens.len()).collect();
            self.targets(sentence, &all, &actors, incident);
        }
    }

    /// Things named where targets are.
    pub(super) fn targets(&self, sentence: &Sentence, tokens: &[usize], actors: &[Span], incident: &mut Incident) {
        for &token in tokens {
            let span = sentence.tokens[token].span;
            let taken = actors.iter().any(|a| a.overlaps(span))
                || incident.victims.iter().chain(&incident.targets).any(|h| h.span.overlaps(span));
            if taken || !self.may_be_target(sentence, token) {
                continue;
            }
            let range = syntax::mention_tokens(sentence, token);
            let Some(span) = syntax::span_of(sentence, &range) else { continue };
            if let Some((hit, false)) = self.hit(sentence, span, None, None) {
                Self::put(hit, false, incident);
            }
        }
    }

    pub(super) fn put(hit: Hit, person: bool, incident: &mut Incident) {
        let hits = if person { &mut incident.victims } else { &mut incident.targets };
        if person || incident.kind != "KIDNAPPING" {
            add_hit(hits, hit);
        }
    }

    /// A thing named where targets are: object, subject of a passive, or after "against", "in front of" …
    pub(super) fn may_be_target(&self, sentence: &Sentence, token: usize) -> bool {
        let node = &sentence.tokens[token];
        if !matches!(node.upos, Upos::Noun | Upos::Propn) {
            return false;
        }
        let range = syntax::mention_tokens(sentence, token);
        let lemmas: Vec<String> = (range.start..=token).map(|i| lemma(sentence, i)).collect();
        let Some((_, fields)) = self.words.targets.ending(&lemmas) else { return false };
        let preposition = syntax::preposition(sentence, token).map(str::to_lowercase);
        let route = matches!(fields[0].as_str(), "TRANSPORTATION ROUTE");
        let vehicle = fields[0] == "TRANSPORT VEHICLE";
        match node.deprel {
            Deprel::Obj | Deprel::NsubjPass => true,
            Deprel::Conj => syntax::head(sentence, token).is_some_and(|h| self.may_be_target(sentence, h)),
            Deprel::Obl | Deprel::Nmod => match preposition.as_deref() {
                Some(
                    "against" | "on" | "at" | "outside" | "inside" | "near" | "under" | "front" | "behind" | "to"
                    | "opposite" | "across" | "beside" | "next" | "facing" | "beneath" | "underneath" | "toward"
                    | "into" | "around",
                ) => !route || preposition.as_deref() == Some("against"),
                Some("in" | "of") => !route && !vehicle,
                _ => false,
            },
            _ => false,
        }
    }

    /// Reads a mention: people or thing, and all that the slots ask of it.
    pub(super) fn hit(
        &self,
        sentence: &Sentence,
        span: Span,
        effect: Option<&Effect>,
        party: Option<&Party>,
    ) -> Option<(Hit, bool)> {
        let text = self.doc.text();
        let tokens: Vec<usize> =
            (0..sentence.tokens.len()).filter(|i| span.contains(sentence.tokens[*i].span)).collect();
        let head = *tokens
            .iter()
            .find(|i| syntax::head(sentence, **i).is_none_or(|h| !tokens.contains(&h)))
            .filter(|i| sentence.tokens[**i].upos != Upos::Pron)?;
        let range = narrow(sentence, tokens[0]..tokens[tokens.len() - 1] + 1, head);
        let lemmas: Vec<String> = (range.start..=head).map(|i| lemma(sentence, i)).collect();
        // Nobody was hit, or it is asked how many.
        if tokens
            .iter()
            .any(|i| matches!(lemma(sentence, *i).as_str(), "no" | "not" | "any" | "how" | "none" | "nobody"))
        {
            return None;
        }
        let target = self.words.targets.ending(&lemmas);
        let people = self.words.people.ending(&lemmas);
        let name = sentence.names.iter().find(|n| {
            n.kind == NameKind::Person && n.tokens.contains(&head)
                || n.kind == NameKind::Person
                    && n.tokens.start >= range.start
                    && n.tokens.end <= range.end
                    && people.is_some()
        });
        let about_people = effect.is_some_and(|e| e.category.is_some());
        let name = name.map(|n| n.tokens.clone()).or_else(|| {
            (target.is_none() && (about_people || people.is_some()))
                .then(|| self.name_by_form(sentence, &range, head))
                .flatten()
        });
        let noun = sentence.tokens[head].upos == Upos::Noun;
        let known = effect.and_then(|e| e.category).is_some_and(|c| c != Category::Unknown);
        let human = !noun || known || is_human(&lemma(sentence, head));
        let person = name.is_some() || people.is_some() || (about_people && target.is_none() && human);
        if !person && target.is_none() {
            return None;
        }
        let person = person && !(target.is_some() && people.is_none() && name.is_none());
        let words = |range: Range<usize>| -> Option<String> {
            let span = syntax::span_of(sentence, &range)?;
            Some(span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase())
        };
        let described = || {
            let first = (range.start..=head).find(|i| {
                let token = &sentence.tokens[*i];
                !matches!(token.deprel, Deprel::Det | Deprel::Nummod | Deprel::DetPredet)
                    && !matches!(token.upos, Upos::Num | Upos::Adp | Upos::Adv | Upos::Det | Upos::Punct)
                    || *i == head
            })?;
            words(first..range.end)
        };
        let definite = sentence.children(head).any(|(_, t)| {
            t.deprel == Deprel::Det
                && matches!(t.span.of(text).to_uppercase().as_str(), "THE" | "THIS" | "THESE" | "THOSE")
        });
        let (name_text, description) = match name.filter(|_| person) {
            Some(name) => {
                let title = (range.start..name.start)
                    .find(|i| {
                        !matches!(
                            sentence.tokens[*i].deprel,
                            Deprel::Det | Deprel::Punct | Deprel::Case | Deprel::Nummod
                        )
                    })
                    .filter(|i| *i < name.start)
                    .and_then(|i| words(i..name.start));
                let beside = sentence
                    .children(head)
                    .find(|(i, t)| t.deprel == Deprel::Appos && *i > head && sentence.tokens[*i].upos == Upos::Noun)
                    .and_then(|(i, _)| words(narrow(sentence, syntax::mention_tokens(sentence, i), i)));
                (words(name.clone()), title.or(beside).map(|t| bare(&t)))
            }
            None => (None, described()),
        };
        let described_lemmas: Vec<String> =
            description.iter().flat_map(|d| d.split(' ')).map(str::to_lowercase).collect();
        let kind = if person {
            let by_title = self.words.people.within(&described_lemmas);
            let best = if name_text.is_some() {
                by_title.iter().min_by_key(|(_, n, _)| *n).map(|(_, _, f)| f[0].clone())
            } else {
                None
            };
            let found = best.or_else(|| people.map(|(_, f)| f[0].clone()));
            found.unwrap_or_else(|| match effect.and_then(|e| e.category) {
                Some(Category::StateForce) => "ACTIVE MILITARY".to_owned(),
                _ => "CIVILIAN".to_owned(),
            })
        } else {
            target.map_or_else(|| "OTHER".to_owned(), |(_, f)| f[0].clone())
        };
        let group = self.words.perpetrators.ending(&lemmas).is_some_and(|(_, f)| f[0] == "group") && people.is_none();
        let rebel = party.is_some_and(|p| p.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "CRM" | "UAF")));
        // "… and four": of whom stands elsewhere.
        let bare_number = name_text.is_none() && tokens.len() == 1 && sentence.tokens[head].upos == Upos::Num;
        let combatant =
            bare_number || matches!(effect.and_then(|e| e.category), Some(Category::Combatant)) || group || rebel;
        let forces = !person && lemmas.iter().any(|l| MILITARY.contains(&l.as_str()));
        let forces = forces || person && matches!(kind.as_str(), "ACTIVE MILITARY" | "LAW ENFORCEMENT");
        let number = number(self.doc.text(), sentence, head, effect, name_text.is_some());
        let hit = Hit {
            name: name_text,
            description,
            kind,
            number,
            effect: effect.and_then(|e| match e.kind {
                EffectKind::Killed => Some("DEATH"),
                EffectKind::Injured => Some("INJURY"),
                EffectKind::Destroyed => Some("DESTROYED"),
                EffectKind::Damaged => Some("SOME DAMAGE"),
                _ => None,
            }),
            span,
            definite,
            fighter: combatant || forces,
            nation: nation(&span.of(text).to_uppercase()),
        };
        (hit.name.is_some() || hit.description.is_some()).then_some((hit, person))
    }

    /// Names that the tagger has not marked: a run of proper nouns after a title, or the whole mention.
    pub(super) fn name_by_form(&self, sentence: &Sentence, range: &Range<usize>, head: usize) -> Option<Range<usize>> {
        let proper = |i: usize| {
            let token = &sentence.tokens[i];
            let known = self.words.people.ending(&[lemma(sentence, i)]).is_some()
                || self.words.perpetrators.ending(&[lemma(sentence, i)]).is_some();
            let marked = sentence.names.iter().any(|n| n.kind != NameKind::Person && n.tokens.contains(&i));
            token.upos == Upos::Propn && !known && !marked
        };
        let mut end = range.end.max(head + 1);
        while end < sentence.tokens.len() && proper(end) && sentence.tokens[end - 1].upos != Upos::Punct {
            end += 1;
        }
        let mut start = end;
        while start > range.start && proper(start - 1) {
            start -= 1;
        }
        let singular = !sentence.tokens[end - 1].feats.has("Number", "Plur");
        let titled = start > range.start || end - start >= 2;
        (start < end && singular && titled && end - start <= 6).then_some(start..end)
    }
}

/// Whether an effect is the sum of those named in its own words ("a soldier and two children"): the slots ask for each.
fn is_sum(claim: &Claim, index: usize) -> bool {
    let Some(whole) = claim.effects.get(index).and_then(|e| e.span) else { return false };
    claim.effects.iter().any(|e| e.part_of == Some(index) && e.span.is_some_and(|part| whole.contains(part)))
}

/// The nation of a mention, by an adjective before its head.
fn nation(mention: &str) -> Option<&'static str> {
    let words: Vec<&str> =
        mention.split(|c: char| !(c.is_alphanumeric() || c == '.')).filter(|w| !w.is_empty()).collect();
    let end = words.iter().position(|w| matches!(*w, "OF" | "IN" | "AT" | "WHO" | "FROM")).unwrap_or(words.len());
    words[..end].iter().find_map(|w| NATIONS.iter().find(|(a, _)| a == w)).map(|(_, nation)| *nation)
}

/// Adjectives to the nations as the slot writes them.
const NATIONS: [(&str, &str); 35] = [
    ("U.S.", "UNITED STATES"),
    ("US", "UNITED STATES"),
    ("AMERICAN", "UNITED STATES"),
    ("AMERICANS", "UNITED STATES"),
    ("SPANISH", "SPAIN"),
    ("SPANIARD", "SPAIN"),
    ("SPANIARDS", "SPAIN"),
    ("SOVIET", "USSR"),
    ("SOVIETS", "USSR"),
    ("FRENCH", "FRANCE"),
    ("FRENCHMAN", "FRANCE"),
    ("BRITISH", "UNITED KINGDOM"),
    ("GERMAN", "FEDERAL REPUBLIC OF GERMANY"),
    ("ITALIAN", "ITALY"),
    ("CUBAN", "CUBA"),
    ("CUBANS", "CUBA"),
    ("NICARAGUAN", "NICARAGUA"),
    ("NICARAGUANS", "NICARAGUA"),
    ("SALVADORAN", "EL SALVADOR"),
    ("SALVADORANS", "EL SALVADOR"),
    ("HONDURAN", "HONDURAS"),
    ("HONDURANS", "HONDURAS"),
    ("GUATEMALAN", "GUATEMALA"),
    ("COLOMBIAN", "COLOMBIA"),
    ("PERUVIAN", "PERU"),
    ("VENEZUELAN", "VENEZUELA"),
    ("CHILEAN", "CHILE"),
    ("ECUADORAN", "ECUADOR"),
    ("BOLIVIAN", "BOLIVIA"),
    ("ARGENTINE", "ARGENTINA"),
    ("MEXICAN", "MEXICO"),
    ("PANAMANIAN", "PANAMA"),
    ("JAPANESE", "JAPAN"),
    ("CANADIAN", "CANADA"),
    ("IRISH", "IRELAND"),
];

/// Words of a military target.
const MILITARY: [&str; 10] =
    ["military", "army", "barracks", "garrison", "battalion", "brigade", "regiment", "base", "troop", "patrol"];

/// Whether a noun looks like one for people.
fn is_human(lemma: &str) -> bool {
    const ENDINGS: [&str; 12] = ["er", "or", "man", "men", "ist", "ian", "ant", "woman", "ee", "ess", "person", "folk"];
    ENDINGS.iter().any(|e| lemma.ends_with(e))
}

fn number(text: &str, sentence: &Sentence, head: usize, effect: Option<&Effect>, named: bool) -> String {
    let (low, high) = match effect.map(|e| (e.low, e.high)) {
        Some((low, high)) if low.is_some() || high.is_some() => (low, high),
        _ => numbers::quantity_at(text, sentence, head).map_or((None, None), |q| (q.low, q.high)),
    };
    let whole = |n: f64| format!("{n:.0}");
    match (low, high) {
        (Some(a), Some(b)) if (a - b).abs() < 0.5 => whole(a),
        _ if named => "1".to_owned(),
        (Some(a), None) if a > 1.0 => format!("{}-", whole(a)),
        _ if sentence.tokens[head].feats.has("Number", "Plur") => "PLURAL".to_owned(),
        _ => "1".to_owned(),
    }
}
