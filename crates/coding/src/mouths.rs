//! Who speaks where the tree alone would name somebody else, or nobody: "cited X as saying", "with X claiming",
//! "X, who said …, told", "by the board, saying", "Remarked X".
//!
//! Every rule here answers a shape of words that has one reading in English, whatever the parser hung where. What none
//! of them knows is left to the verb's own subject.

use model::{Deprel, NameKind, Sentence, Token, Upos};

use crate::syntax;

/// The speaker of a verb of saying, where its words stand in one of these shapes.
pub(crate) fn speaker(sentence: &Sentence, verb: usize) -> Option<usize> {
    quoted_as(sentence, verb)
        .or_else(|| before_who(sentence, verb))
        .or_else(|| before_which(sentence, verb))
        .or_else(|| accompanied(sentence, verb))
        .or_else(|| goes_on(sentence, verb))
        .or_else(|| of_main_clause(sentence, verb))
        .or_else(|| opening(sentence, verb))
}

/// "quoted Tim Manning as saying", "was cited as saying": who is quoted speaks.
fn quoted_as(sentence: &Sentence, verb: usize) -> Option<usize> {
    let quoting = quoting(sentence, verb)?;
    if syntax::is_passive(sentence, quoting) {
        return syntax::surface_subject(sentence, quoting);
    }
    sentence.child(quoting, &[Deprel::Obj])
}

/// The verb of citing over "as saying".
fn quoting(sentence: &Sentence, verb: usize) -> Option<usize> {
    let up = syntax::head(sentence, verb)?;
    let as_saying = sentence
        .children(verb)
        .any(|(_, t)| matches!(t.deprel, Deprel::Mark | Deprel::Case) && t.lemma.eq_ignore_ascii_case("as"));
    (as_saying && cites(&sentence.tokens[up].lemma)).then_some(up)
}

/// Who cites: "the BBC cited X as saying", "X was quoted by the BBC as saying", with the verb of citing.
pub(crate) fn relay(sentence: &Sentence, verb: usize) -> Option<(usize, usize)> {
    let quoting = quoting(sentence, verb)?;
    let by = if syntax::is_passive(sentence, quoting) {
        let own = syntax::obliques(sentence, quoting, &["by"]);
        own.first().or(syntax::obliques(sentence, verb, &["by"]).first()).copied()
    } else {
        syntax::surface_subject(sentence, quoting)
    };
    by.map(|speaker| (speaker, quoting))
}

fn cites(lemma: &str) -> bool {
    matches!(lemma, "cite" | "quote")
}

/// "Reuters reported, citing two officials": whom the report rests on, where these are people or bodies, and the word.
/// Reasons that are cited ("citing security concerns") speak not.
pub(crate) fn cited(sentence: &Sentence, verb: usize) -> Option<(usize, usize)> {
    let (citing, _) = sentence
        .children(verb)
        .find(|(_, t)| t.deprel == Deprel::Advcl && cites(&t.lemma) && t.feats.has("VerbForm", "Part"))
        .or_else(|| {
            sentence.children(verb).find(|(_, t)| t.deprel == Deprel::Advcl && cites(&t.lemma) && t.upos == Upos::Verb)
        })
        .filter(|(i, _)| sentence.child(*i, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]).is_none())?;
    let object = sentence.child(citing, &[Deprel::Obj])?;
    let token = &sentence.tokens[object];
    let named = sentence
        .names
        .iter()
        .any(|n| n.tokens.contains(&object) && matches!(n.kind, NameKind::Person | NameKind::Organisation));
    let people = token.upos == Upos::Noun && is_informant(&token.lemma);
    (named || people).then_some((object, citing))
}

/// People and bodies on whose word reports rest.
fn is_informant(lemma: &str) -> bool {
    const NOUNS: [&str; 24] = [
        "official",
        "officer",
        "source",
        "police",
        "witness",
        "eyewitness",
        "resident",
        "authority",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "media",
        "agency",
        "ministry",
        "minister",
        "diplomat",
        "army",
        "military",
        "lawyer",
        "activist",
        "doctor",
        "survivor",
        "commander",
        "newspaper",
    ];
    NOUNS.contains(&lemma.to_lowercase().as_str())
}

/// "Khan, who said that …, told": whom "who" takes up stands before it, never behind its clause.
fn before_who(sentence: &Sentence, verb: usize) -> Option<usize> {
    let misled = sentence.tokens[verb].deprel == Deprel::AclRelcl && syntax::head(sentence, verb)? > verb;
    let (who, _) = sentence
        .children(verb)
        .find(|(i, t)| *i < verb && t.deprel == Deprel::Nsubj && t.lemma.eq_ignore_ascii_case("who"))
        .filter(|_| misled)?;
    let last = (0..who).rev().find(|&i| sentence.tokens[i].upos != Upos::Punct)?;
    syntax::is_nominal(sentence, last).then(|| top_of_name(sentence, last, 0))
}

/// "the toll given by the regime in Kabul, which says": numbers and deeds say nothing; the name before the comma does. They may
/// well show, suggest or claim lives.
fn before_which(sentence: &Sentence, verb: usize) -> Option<usize> {
    let token = &sentence.tokens[verb];
    if !matches!(token.lemma.as_str(), "say" | "insist" | "maintain" | "deny" | "allege") {
        return None;
    }
    let thing = syntax::head(sentence, verb).filter(|up| token.deprel == Deprel::AclRelcl && *up < verb)?;
    let (which, _) = sentence.children(verb).find(|(i, t)| {
        (thing..verb).contains(i) && t.deprel == Deprel::Nsubj && t.lemma.eq_ignore_ascii_case("which")
    })?;
    let last = (thing + 1..which).rev().find(|&i| sentence.tokens[i].upos != Upos::Punct)?;
    let named = sentence.names.iter().any(|n| n.tokens.contains(&last) && n.kind != NameKind::Person);
    (is_mute(&sentence.tokens[thing].lemma) && named).then(|| top_of_name(sentence, last, thing + 1))
}

/// What no report has speak.
fn is_mute(lemma: &str) -> bool {
    const NOUNS: [&str; 16] = [
        "toll",
        "number",
        "count",
        "tally",
        "attack",
        "strike",
        "airstrike",
        "raid",
        "bombing",
        "fighting",
        "territory",
        "border",
        "operation",
        "visit",
        "relation",
        "talk",
    ];
    NOUNS.contains(&lemma.to_lowercase().as_str())
}

/// "despite the site claiming that …", "with Kyiv saying": who stands between the preposition and the participle.
fn accompanied(sentence: &Sentence, verb: usize) -> Option<usize> {
    if !matches!(sentence.tokens[verb].deprel, Deprel::Advcl | Deprel::Acl) {
        return None;
    }
    let before = verb.checked_sub(1)?;
    let opens = (before.saturating_sub(6)..before)
        .rev()
        .find(|&i| matches!(sentence.tokens[i].lemma.to_lowercase().as_str(), "with" | "despite"))?;
    let plain = sentence.tokens[opens..verb].iter().all(|t| !matches!(t.upos, Upos::Punct | Upos::Verb));
    // "with the latter yesterday confirming"
    let timed = |i: usize| matches!(sentence.tokens[i].deprel, Deprel::OblUnmarked | Deprel::NmodUnmarked);
    let last = (opens + 1..verb).rev().find(|&i| !timed(i) && sentence.tokens[i].upos != Upos::Adv)?;
    (plain && syntax::is_nominal(sentence, last) && is_participle(&sentence.tokens[verb]))
        .then(|| top_of_name(sentence, last, opens + 1))
}

/// "stressed the need of approval by the board, saying", "praised the offer, saying": the participle after a comma is
/// that of the main clause's subject, and neither of what stands in a phrase before the comma nor of the object.
fn of_main_clause(sentence: &Sentence, verb: usize) -> Option<usize> {
    let token = &sentence.tokens[verb];
    if token.deprel != Deprel::Advcl || !is_participle(token) || verb == 0 {
        return None;
    }
    let up = syntax::head(sentence, verb).filter(|&up| up < verb)?;
    let comma = sentence.tokens[verb - 1].lemma == ",";
    let in_phrase = |subject: usize| {
        let first = syntax::mention_tokens(sentence, subject).start;
        first > 0 && sentence.tokens[first - 1].upos == Upos::Adp && up < subject && subject < verb
    };
    if !comma || sentence.child(verb, &[Deprel::Nsubj]).is_some_and(|s| !in_phrase(s)) {
        return None;
    }
    // "X said Y had struck, adding that": X adds.
    if token.lemma == "add"
        && let Some(above) = tells_of(sentence, up)
    {
        return syntax::surface_subject(sentence, above);
    }
    if syntax::is_passive(sentence, up) { None } else { syntax::surface_subject(sentence, up) }
}

/// The verb whose told clause this is, or is joined to.
fn tells_of(sentence: &Sentence, mut at: usize) -> Option<usize> {
    for _ in 0..8 {
        let up = syntax::head(sentence, at)?;
        match sentence.tokens[at].deprel {
            Deprel::Ccomp if up < at => return Some(up),
            Deprel::Conj => at = up,
            _ => return None,
        }
    }
    None
}

/// "Remarked the scientist Ann Lee, "…"": the speaker after a verb that opens the sentence.
fn opening(sentence: &Sentence, verb: usize) -> Option<usize> {
    let first = sentence.tokens.iter().position(|t| t.upos != Upos::Punct)?;
    if verb != first || !sentence.tokens[verb].feats.has("Tense", "Past") {
        return None;
    }
    let own = [Deprel::Nsubj, Deprel::Obj, Deprel::Appos, Deprel::Iobj, Deprel::Dep];
    let (speaker, _) = sentence.children(verb).find(|(i, t)| *i > verb && own.contains(&t.deprel))?;
    let end = syntax::mention_tokens(sentence, speaker).end;
    let quote = end + sentence.tokens[end..].iter().position(|t| t.span.len() <= 3 && is_mark(&t.lemma))?;
    // Of a body and its scientist the person speaks.
    let person = sentence.names.iter().find(|n| n.kind == NameKind::Person && n.tokens.start > verb);
    let person =
        person.filter(|n| n.tokens.end <= quote).map(|n| top_of_name(sentence, n.tokens.end - 1, n.tokens.start));
    let near = syntax::is_nominal(sentence, speaker) && speaker <= verb + 8;
    near.then(|| person.unwrap_or(speaker))
}

fn is_mark(lemma: &str) -> bool {
    matches!(lemma, "\"" | "“" | "”" | "''" | "``" | "«")
}

/// "…, she said, noting that": the participle behind a word of saying is the same speaker's.
fn goes_on(sentence: &Sentence, verb: usize) -> Option<usize> {
    let said = verb.checked_sub(2)?;
    let behind = sentence.tokens[verb - 1].lemma == ","
        && is_participle(&sentence.tokens[verb])
        && sentence.tokens[said].upos == Upos::Verb
        && sentence.tokens[said].deprel == Deprel::Parataxis;
    sentence.child(said, &[Deprel::Nsubj]).filter(|&s| behind && s + 4 > said)
}

/// "saying": by one convention a gerund, by another a participle of the present.
fn is_participle(token: &Token) -> bool {
    let form = &token.feats;
    form.has("VerbForm", "Ger") || form.has("VerbForm", "Part") && !form.has("Tense", "Past")
}

/// The head of the name or noun phrase that ends at a token, within the words from `start` on.
fn top_of_name(sentence: &Sentence, last: usize, start: usize) -> usize {
    let mut at = last;
    while let Some(up) = syntax::head(sentence, at)
        && matches!(
            sentence.tokens[at].deprel,
            Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::Appos | Deprel::Nmod
        )
        && (start..=last).contains(&up)
    {
        at = up;
    }
    at
}
