//! He and she: which person named in the text a pronoun stands for, where that is safe.
//!
//! Every person is gathered from the names that share a surname (or a given name), with what is known of how they are
//! spoken of. A pronoun takes the person who stands out by nearness, by being the subject, by parallel structure and
//! by how often the text speaks of them (after Lappin and Leass 1994), if nobody else comes near. How near is too near
//! depends on the way from the one to the other, as counted on the development part of GAP (Webster et al. 2018). Pronouns that must differ from the subject of their own
//! clause do. Resolved pronouns count as mentions in their turn.

use model::{Deprel, Sentence, Span, Upos};

use super::gender::{self, Gender};
use crate::syntax;

/// A name of a person in the text, or a pronoun that stands for one.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub sentence: usize,
    pub token: usize,
    pub span: Span,
    is_pronoun: bool,
}

/// Somebody the text speaks of.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub mentions: Vec<Mention>,
    names: Vec<Vec<String>>,
    gender: Option<Gender>,
}

/// How much farther where nothing tells the gender of the best.
const UNKNOWN: f64 = 1.0;
/// What somebody whom the text does not name would get.
const NOBODY: f64 = 2.5;
/// How many sentences back a person may stand.
const REACH: usize = 3;

/// A name: its sentence and tokens.
pub(super) type NameAt = (usize, std::ops::Range<usize>);

/// Persons from their names, in order of appearance.
pub(super) fn gather(text: &str, sentences: &[Sentence], names: &[NameAt]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (number, tokens) in names {
        let sentence = &sentences[*number];
        let Some(span) = syntax::span_of(sentence, tokens) else { continue };
        let words: Vec<String> = tokens
            .clone()
            .map(|i| sentence.tokens[i].span.of(text))
            .filter(|w| w.chars().any(char::is_alphanumeric) && !matches!(*w, "'s" | "’s"))
            .filter(|w| gender::of_title(w).is_none())
            .map(str::to_owned)
            .collect();
        if words.is_empty() {
            continue;
        }
        let token = head_of(sentence, tokens);
        let gender = gender::of_phrase(text, sentence, tokens)
            .or_else(|| (words.len() > 1 || tokens.len() == 1).then(|| gender::of_given_name(&words[0])).flatten());
        let mention = Mention { sentence: *number, token, span, is_pronoun: false };
        let known = people.iter_mut().rev().find(|p| {
            let agree = p.gender.is_none() || gender.is_none() || p.gender == gender;
            p.names.iter().any(|known| same(known, &words, agree))
        });
        match known {
            Some(person) => {
                person.mentions.push(mention);
                person.names.push(words);
                person.gender = person.gender.or(gender);
            }
            None => people.push(Person { mentions: vec![mention], names: vec![words], gender }),
        }
    }
    people
}

/// Whether two names are of one person: the same surname and no other given name, or one word of a longer name.
fn same(known: &[String], words: &[String], agree: bool) -> bool {
    match (known, words) {
        _ if !agree => false,
        ([.., last], [only]) if known.len() > 1 => only == last || *only == known[0],
        // "Eleanor" is seldom the "Eleanor Beauchamp" who comes after her.
        ([only], [.., last]) if words.len() > 1 => only == last,
        _ => known.last() == words.last() && (known.first() == words.first()),
    }
}

fn head_of(sentence: &Sentence, tokens: &std::ops::Range<usize>) -> usize {
    let outside = |&i: &usize| syntax::head(sentence, i).is_none_or(|h| !tokens.contains(&h));
    tokens.clone().find(outside).unwrap_or(tokens.start)
}

/// Each pronoun that can be resolved, with the number of its person.
pub(super) fn resolve(text: &str, sentences: &[Sentence], people: &mut [Person]) -> Vec<(Mention, usize)> {
    let mut out = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        for (index, token) in sentence.tokens.iter().enumerate() {
            if token.upos != Upos::Pron && token.upos != Upos::Det {
                continue;
            }
            let word = token.span.of(text).to_lowercase();
            let Some(gender) = gender::of_pronoun(&word) else { continue };
            let pronoun = Mention { sentence: number, token: index, span: token.span, is_pronoun: true };
            let mut scores: Vec<(f64, usize, Way)> = people
                .iter()
                .enumerate()
                .filter(|(_, p)| p.gender.is_none_or(|g| g == gender))
                .filter_map(|(i, p)| {
                    score(sentences, p, &pronoun, gender, people).map(|(points, way)| (points, i, way))
                })
                .collect();
            scores.sort_by(|a, b| b.0.total_cmp(&a.0));
            let Some(&(best, person, way)) = scores.first() else { continue };
            let next = scores.get(1).map_or(0.0, |s| s.0).max(NOBODY);
            // Nothing says that this person is spoken of so: the more must speak for it.
            let known = if people[person].gender.is_some() { 0.0 } else { UNKNOWN };
            // A likely antecedent keeps the thread of the story even where it is not safe enough to be told.
            if best - next >= 0.5 {
                if people[person].gender.is_none() && way.margin().is_some_and(|margin| best - next >= margin + known) {
                    people[person].gender = Some(gender);
                }
                people[person].mentions.push(pronoun.clone());
            }
            if way.margin().is_some_and(|margin| best - next >= margin + known) {
                out.push((pronoun, person));
            }
        }
    }
    out
}

/// What a mention is in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
    Possessor,
    Oblique,
    Other,
}

/// The role of a token and the word that governs it, through names, appositions and coordination.
fn role(sentence: &Sentence, mut token: usize) -> (Role, usize) {
    for _ in 0..8 {
        let above = syntax::head(sentence, token).unwrap_or(token);
        let role = match sentence.tokens[token].deprel {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => Role::Subject,
            Deprel::Obj | Deprel::Iobj => Role::Object,
            Deprel::NmodPoss => Role::Possessor,
            Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => Role::Oblique,
            Deprel::Flat | Deprel::Compound | Deprel::Appos | Deprel::Conj => {
                // A coordinated verb is no name's head.
                if matches!(sentence.tokens[token].upos, Upos::Verb | Upos::Aux) {
                    return (Role::Other, above);
                }
                token = above;
                continue;
            }
            _ => Role::Other,
        };
        return (role, above);
    }
    (Role::Other, token)
}

/// How well a person answers a pronoun; `None` where they cannot.
fn score(
    sentences: &[Sentence],
    person: &Person,
    pronoun: &Mention,
    gender: Gender,
    people: &[Person],
) -> Option<(f64, Way)> {
    let here = &sentences[pronoun.sentence];
    let (own_role, own_governor) = role(here, pronoun.token);
    let reflexive = here.tokens[pronoun.token].feats.has("Reflex", "Yes");
    let mut best: Option<(f64, Way)> = None;
    for mention in &person.mentions {
        if mention.sentence > pronoun.sentence || pronoun.sentence - mention.sentence > REACH {
            continue;
        }
        let is_ahead = mention.sentence == pronoun.sentence && mention.token > pronoun.token;
        if is_ahead && !is_announced(here, pronoun.token, mention.token) {
            continue;
        }
        let there = &sentences[mention.sentence];
        let (their_role, their_governor) = role(there, mention.token);
        let mut points = [3.0, 2.0, 0.8, 0.2][pronoun.sentence - mention.sentence];
        points += match their_role {
            Role::Subject => 2.0,
            Role::Object | Role::Possessor => 0.7,
            Role::Oblique => 0.5,
            Role::Other => 0.0,
        };
        if their_role == Role::Subject && there.tokens[their_governor].deprel == Deprel::Root {
            points += 0.5;
        }
        if own_role == their_role && own_role == Role::Subject {
            points += 0.8;
        }
        if mention.is_pronoun {
            points += 0.5;
        }
        let mut tie = Tie::Free;
        if mention.sentence == pronoun.sentence {
            match bound(here, pronoun.token, (own_role, own_governor), mention.token, (their_role, their_governor)) {
                Binding::Barred => return None,
                Binding::Bound if is_ahead => {
                    points -= 0.5;
                    tie = Tie::Ahead;
                }
                Binding::Bound if !is_nearest(sentences, people, mention, pronoun, gender) => {
                    points += 0.3;
                    tie = Tie::Far;
                }
                Binding::Bound => {
                    points += 1.5;
                    tie = Tie::Near;
                }
                Binding::Free if reflexive => continue,
                Binding::Free => {}
            }
        } else if reflexive {
            continue;
        }
        let off = rivals_between(people, person, mention, pronoun, gender);
        points -= off;
        if best.is_none_or(|(b, _)| points > b) {
            let back = pronoun.sentence - mention.sentence;
            let is_crossed = back == 0 && off > 0.0;
            let way = Way { back, tie, theirs: their_role, own: own_role, is_chain: mention.is_pronoun, is_crossed };
            best = Some((points, way));
        }
    }
    let (mut points, way) = best?;
    let often = |p: &Person| p.mentions.iter().filter(|m| m.sentence <= pronoun.sentence).count().min(5);
    points += 0.25 * often(person) as f64;
    if people.iter().all(|p| often(p) <= often(person)) {
        points += 0.3;
    }
    if person.gender == Some(gender) {
        points += 0.8;
    }
    Some((points, way))
}

/// What is to be taken off for others whose names stand between a mention and the pronoun, who might be meant as well:
/// most in the pronoun's own sentence.
fn rivals_between(people: &[Person], person: &Person, mention: &Mention, pronoun: &Mention, gender: Gender) -> f64 {
    let from = (mention.sentence, mention.token);
    let to = (pronoun.sentence, pronoun.token);
    let between = |m: &&Mention| !m.is_pronoun && from < (m.sentence, m.token) && (m.sentence, m.token) < to;
    let off = people
        .iter()
        .filter(|p| !std::ptr::eq(*p, person) && p.gender.is_none_or(|g| g == gender))
        .filter_map(|p| p.mentions.iter().rev().find(between))
        .map(|m| if m.sentence == pronoun.sentence { 1.2 } else { 0.7 });
    off.sum::<f64>().min(2.0)
}

/// Whether no other person is the subject of a clause nearer to the pronoun.
fn is_nearest(sentences: &[Sentence], people: &[Person], mention: &Mention, pronoun: &Mention, gender: Gender) -> bool {
    let sentence = &sentences[pronoun.sentence];
    let mut at = pronoun.token;
    while let Some(above) = syntax::head(sentence, at) {
        let subject = sentence.child(above, &[Deprel::Nsubj, Deprel::NsubjPass]);
        if let Some(subject) = subject.filter(|&s| s != at && s != pronoun.token) {
            if subject == mention.token {
                return true;
            }
            let is_other = people
                .iter()
                .filter(|p| p.gender.is_none_or(|g| g == gender))
                .any(|p| p.mentions.iter().any(|m| m.sentence == pronoun.sentence && m.token == subject));
            if is_other {
                return false;
            }
        }
        at = above;
    }
    true
}

/// "In his speech, Khan said": a name may follow where the pronoun stands in an opening phrase of its clause.
fn is_announced(sentence: &Sentence, pronoun: usize, name: usize) -> bool {
    let (role, governor) = role(sentence, name);
    if role != Role::Subject {
        return false;
    }
    let opens = |i: usize| {
        matches!(sentence.tokens[i].deprel, Deprel::Obl | Deprel::Advcl) && syntax::head(sentence, i) == Some(governor)
    };
    // Not deeper: in "judging that he would serve, Khan hired Ali" he is not Khan.
    let mut at = pronoun;
    for _ in 0..3 {
        if opens(at) && at < name {
            return true;
        }
        match syntax::head(sentence, at) {
            Some(above) if !matches!(sentence.tokens[at].deprel, Deprel::Ccomp | Deprel::Xcomp) => at = above,
            _ => return false,
        }
    }
    false
}

enum Binding {
    /// They cannot be one.
    Barred,
    /// Structure binds the one to the other.
    Bound,
    Free,
}

/// How structure ties a pronoun to a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// The mention is the nearest subject above the pronoun.
    Near,
    /// A subject above, with another between.
    Far,
    /// The name follows the pronoun.
    Ahead,
    Free,
}

/// The way from a pronoun to the mention that speaks most for its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    /// Sentences back.
    back: usize,
    tie: Tie,
    theirs: Role,
    own: Role,
    /// The mention is a pronoun, too.
    is_chain: bool,
    /// Somebody else who might be meant stands between, in the same sentence.
    is_crossed: bool,
}

impl Way {
    /// How far ahead of the next the best must be, by how often such a way leads right on the development part of
    /// GAP; `None` for ways that lead astray too often.
    fn margin(self) -> Option<f64> {
        match (self.tie, self.own, self.theirs, self.back) {
            // "In his speech, Khan said": right in 95 of 100.
            (Tie::Ahead, ..) => Some(0.5),
            _ if self.is_chain => Some(3.5),
            // "Khan said he would", "Khan sold his house": 88 of 100, but 60 where Ali stands between.
            (Tie::Near | Tie::Far, Role::Subject | Role::Possessor, Role::Subject, 0) => {
                (!self.is_crossed).then_some(1.0)
            }
            // "Khan arrived. He said": 89 of 100. "Khan said that Ali knew him": 92. "Khan arrived. His aides": 91.
            (Tie::Free, Role::Subject, Role::Subject, 1) | (Tie::Far, Role::Object, Role::Subject, 0) => Some(1.0),
            (Tie::Free, Role::Possessor, Role::Subject, 1) => Some(1.5),
            // "Khan shot at him", if not at himself: half.
            (Tie::Near, ..) => None,
            _ => Some(3.0),
        }
    }
}

/// How a name and a pronoun of one sentence stand to each other.
fn bound(
    sentence: &Sentence,
    pronoun: usize,
    (own_role, own_governor): (Role, usize),
    name: usize,
    (their_role, their_governor): (Role, usize),
) -> Binding {
    let reflexive = sentence.tokens[pronoun].feats.has("Reflex", "Yes");
    // "his friend Khan", "Khan and his friend".
    if sentence.is_within(pronoun, name) && own_role == Role::Possessor {
        let between = |mut at: usize| loop {
            if at == name {
                return false;
            }
            if matches!(sentence.tokens[at].deprel, Deprel::Conj | Deprel::AclRelcl | Deprel::Acl | Deprel::Appos) {
                return true;
            }
            match syntax::head(sentence, at) {
                Some(above) => at = above,
                None => return false,
            }
        };
        return if between(pronoun) { Binding::Bound } else { Binding::Barred };
    }
    if own_role == Role::Possessor && sentence.is_within(name, own_governor) && name != own_governor {
        let name_top = sentence.tokens[name].deprel;
        if matches!(name_top, Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::Conj) {
            return Binding::Barred;
        }
    }
    let same_clause = own_governor == their_governor;
    // "Khan hired Ali, introducing him …": the clause without a subject has Khan for one.
    let implied = syntax::surface_subject(sentence, own_governor);
    let acts = their_role == Role::Subject && implied.is_some_and(|s| s == name || sentence.is_within(name, s));
    if acts && own_role == Role::Object && !reflexive {
        return Binding::Barred;
    }
    match (their_role, own_role) {
        // "Khan saw him": not himself.
        (Role::Subject, Role::Object | Role::Oblique) if same_clause => {
            if reflexive {
                Binding::Bound
            } else if own_role == Role::Object {
                Binding::Barred
            } else {
                Binding::Free
            }
        }
        (Role::Object | Role::Oblique | Role::Subject, Role::Subject) if same_clause => Binding::Barred,
        // "Khan told reporters that he …", "Khan took his bag", "Khan left before his talks".
        (Role::Subject, _) if sentence.is_within(pronoun, their_governor) => Binding::Bound,
        _ => Binding::Free,
    }
}
