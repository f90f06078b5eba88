//! Slips of the annotation that its own trees give away, set right before coding: a town taken for a person, a verb
//! taken for an adjective, a saying at a sentence's end hung on what was hit.
//!
//! Only what the tree shows beyond doubt is touched; the text and its spans stay as they are. It refuses to parse anew.

use std::borrow::Cow;

use model::{Annotated, Deprel, Head, NameKind, Sentence, Upos};

use crate::gazetteer::Gazetteer;
use crate::speech::Reporting;
use crate::syntax;

/// The annotation with its plain slips set right.
pub(crate) fn mended<'a>(
    text: &str,
    annotated: &'a Annotated,
    gazetteer: &Gazetteer,
    reporting: &Reporting,
) -> Cow<'a, Annotated> {
    let mut out = Cow::Borrowed(annotated);
    for (number, sentence) in annotated.sentences.iter().enumerate() {
        for name in towns(text, annotated, sentence, gazetteer) {
            out.to_mut().sentences[number].names[name].kind = NameKind::Place;
        }
        for (verb, lemma) in base_forms(text, sentence) {
            out.to_mut().sentences[number].tokens[verb].lemma = lemma;
        }
        for verb in verbs(sentence) {
            out.to_mut().sentences[number].tokens[verb].upos = Upos::Verb;
        }
        for (dead, verb) in shot_dead(sentence) {
            let token = &mut out.to_mut().sentences[number].tokens[dead];
            (token.head, token.deprel) = (Head::Token(verb), Deprel::Xcomp);
        }
        for (of, verb) in wounded_likewise(sentence) {
            let token = &mut out.to_mut().sentences[number].tokens[of];
            (token.head, token.deprel) = (Head::Token(verb), Deprel::NsubjPass);
        }
        for (of, noun) in of_them(sentence) {
            let tokens = &mut out.to_mut().sentences[number].tokens;
            (tokens[noun].head, tokens[noun].deprel) = (tokens[of].head, Deprel::Appos);
            (tokens[of].head, tokens[of].deprel) = (Head::Token(noun), Deprel::Nsubj);
        }
        if let Some(gerund) = subject(sentence) {
            let token = &mut out.to_mut().sentences[number].tokens[gerund];
            token.upos = Upos::Noun;
            token.deprel = Deprel::Nsubj;
            token.lemma = token.span.of(text).to_lowercase();
        }
        for Relayed { word, saying, said } in relayed(sentence, reporting) {
            let tokens = &mut out.to_mut().sentences[number].tokens;
            (tokens[saying].head, tokens[saying].deprel) = (tokens[said].head, Deprel::AclRelcl);
            (tokens[said].head, tokens[said].deprel) = (Head::Token(saying), Deprel::Ccomp);
            (tokens[word].head, tokens[word].deprel) = (Head::Token(said), Deprel::Nsubj);
        }
        if let Some((saying, said)) = trailing_saying(sentence, reporting) {
            let tokens = &mut out.to_mut().sentences[number].tokens;
            let speaker = tokens[saying].head;
            tokens[saying].head = Head::Token(said);
            tokens[saying].deprel = Deprel::Parataxis;
            if let Head::Token(speaker) = speaker {
                tokens[speaker].head = Head::Token(saying);
                tokens[speaker].deprel = Deprel::Nsubj;
            }
        }
    }
    out
}

/// Verbs whose base form was guessed to be what no word can be: "h" of "hit", "br" of "bring" (the word is its own), "gunn" of
/// "gunned".
fn base_forms(text: &str, sentence: &Sentence) -> Vec<(usize, String)> {
    let stub = |lemma: &str| lemma.chars().all(|c| c.is_ascii_lowercase() && !"aeiouy".contains(c));
    let own = |(i, t): (usize, &model::Token)| {
        let word = t.span.of(text).to_lowercase();
        let stubbed = t.upos == Upos::Verb && stub(&t.lemma) && word.chars().count() > t.lemma.len();
        (stubbed && word.chars().all(char::is_alphabetic)).then_some((i, word))
    };
    let undoubled = |(i, t): (usize, &model::Token)| {
        let doubled = t.upos == Upos::Verb && ["nn", "mm", "pp"].iter().any(|end| t.lemma.ends_with(end));
        doubled.then(|| (i, t.lemma[..t.lemma.len() - 1].to_owned()))
    };
    sentence.tokens.iter().enumerate().filter_map(|token| own(token).or_else(|| undoubled(token))).collect()
}

/// Names taken for persons that the gazetteer knows well as places, where they stand as only places do: "shelling of
/// Kherson", "near Lashio", "Goma, capital of North Kivu".
fn towns(text: &str, annotated: &Annotated, sentence: &Sentence, gazetteer: &Gazetteer) -> Vec<usize> {
    let persons = || annotated.sentences.iter().flat_map(|s| &s.names).filter(|n| n.kind == NameKind::Person);
    let is_town = |name: &model::Name| {
        if name.kind != NameKind::Person {
            return false;
        }
        let words = name.span.of(text);
        // "Paris" of "Paris Hilton", named in full elsewhere.
        let longer = persons().any(|p| p.tokens.len() > name.tokens.len() && p.span.of(text).contains(words));
        let head = name
            .tokens
            .clone()
            .find(|&i| syntax::head(sentence, i).is_none_or(|h| !name.tokens.contains(&h)))
            .unwrap_or(name.tokens.start);
        !longer && gazetteer.knows_well(words) && stands_as_place(sentence, head)
    };
    sentence.names.iter().enumerate().filter(|(_, n)| is_town(n)).map(|(i, _)| i).collect()
}

fn stands_as_place(sentence: &Sentence, head: usize) -> bool {
    let token = &sentence.tokens[head];
    // "Mr. Goma", "President Juba", "Juba's wife"
    if sentence.child(head, &[Deprel::NmodDesc]).is_some() || token.deprel == Deprel::NmodPoss {
        return false;
    }
    let apposed = sentence.child(head, &[Deprel::Appos]).is_some_and(|a| is_settlement(&sentence.tokens[a].lemma));
    if apposed {
        return true;
    }
    let Some(up) = syntax::head(sentence, head) else { return false };
    let above = &sentence.tokens[up];
    match token.deprel {
        Deprel::Obj | Deprel::NsubjPass => holds_places(&above.lemma),
        Deprel::Obl | Deprel::Nmod => match syntax::preposition(sentence, head).map(str::to_lowercase).as_deref() {
            Some("in" | "at" | "near" | "around" | "outside" | "inside" | "throughout") => true,
            Some("between") => token.deprel == Deprel::Obl,
            Some("of") => is_deed_on_places(&above.lemma) || is_settlement(&above.lemma),
            Some("on") => is_deed_on_places(&above.lemma),
            _ => false,
        },
        _ => false,
    }
}

fn is_settlement(lemma: &str) -> bool {
    matches!(
        lemma,
        "capital" | "city" | "town" | "village" | "district" | "province" | "port" | "suburb" | "outskirts" | "region"
    )
}

/// Verbs whose object, where it is a known place, is that place.
fn holds_places(lemma: &str) -> bool {
    matches!(
        lemma,
        "shell"
            | "bomb"
            | "bombard"
            | "strike"
            | "hit"
            | "capture"
            | "seize"
            | "take"
            | "retake"
            | "recapture"
            | "besiege"
            | "storm"
            | "overrun"
            | "occupy"
            | "invade"
            | "enter"
            | "raid"
    )
}

fn is_deed_on_places(lemma: &str) -> bool {
    matches!(
        lemma,
        "shelling"
            | "bombing"
            | "bombardment"
            | "siege"
            | "capture"
            | "seizure"
            | "fall"
            | "loss"
            | "control"
            | "recapture"
            | "attack"
            | "strike"
            | "airstrike"
            | "raid"
            | "assault"
            | "offensive"
            | "invasion"
            | "occupation"
            | "battle"
            | "liberation"
    )
}

/// "Rebels free 12 hostages": what has a subject and an object and no copula is a verb, whatever its tag.
fn verbs(sentence: &Sentence) -> Vec<usize> {
    (0..sentence.tokens.len())
        .filter(|&i| {
            sentence.tokens[i].upos == Upos::Adj
                && sentence.tokens[i].deprel == Deprel::Root
                && sentence.child(i, &[Deprel::Cop]).is_none()
                && sentence.child(i, &[Deprel::Nsubj]).is_some_and(|s| s < i)
                && sentence.child(i, &[Deprel::Obj]).is_some_and(|o| o > i)
        })
        .collect()
}

/// "Gunmen shot dead two soldiers": what the shooting made of them, taken for what they were. Returns it and its verb.
fn shot_dead(sentence: &Sentence) -> Vec<(usize, usize)> {
    let tokens = &sentence.tokens;
    let one = |dead: usize| {
        let verb = dead.checked_sub(1).filter(|&v| tokens[v].lemma == "shoot" && tokens[v].upos == Upos::Verb)?;
        let described = tokens[dead].lemma == "dead" && tokens[dead].deprel == Deprel::Amod;
        let shot = std::iter::successors(syntax::head(sentence, dead), |&up| syntax::head(sentence, up))
            .take_while(|&up| up > dead)
            .last()?;
        let hit = tokens[shot].deprel == Deprel::Obj && syntax::head(sentence, shot) == Some(verb);
        (described && hit).then_some((dead, verb))
    };
    (0..tokens.len()).filter_map(one).collect()
}

/// "58 soldiers were killed and 30 wounded in clashes": the second participle is as passive as the first. Returns its number and
/// itself.
fn wounded_likewise(sentence: &Sentence) -> Vec<(usize, usize)> {
    let tokens = &sentence.tokens;
    let one = |number: usize| {
        let verb = number + 1;
        tokens.get(verb).filter(|t| t.deprel == Deprel::Conj)?;
        let first = syntax::head(sentence, verb)?;
        // The number is its subject, or hangs beside it on the first.
        let under = syntax::head(sentence, number)?;
        let joined = tokens[number].deprel == Deprel::Nsubj && under == verb
            || tokens[number].deprel == Deprel::Conj && under == first;
        let alone = sentence.child(verb, &[Deprel::Obj, Deprel::Aux, Deprel::AuxPass, Deprel::NsubjPass]).is_none();
        let participle = tokens[verb].upos == Upos::Verb && tokens[verb].feats.has("VerbForm", "Part");
        let is_number = tokens[number].upos == Upos::Num;
        (is_number && joined && participle && alone && syntax::is_passive(sentence, first)).then_some((number, verb))
    };
    (0..tokens.len()).filter_map(one).collect()
}

/// "nine people, five of them children, and": who the five are, hung on the number. Returns number and noun.
fn of_them(sentence: &Sentence) -> Vec<(usize, usize)> {
    let tokens = &sentence.tokens;
    let one = |number: usize| {
        let noun = number + 3;
        let told = tokens.get(noun).is_some_and(|t| t.upos == Upos::Noun && t.deprel == Deprel::Nmod);
        let them = told && tokens[number + 1].lemma == "of" && tokens[number + 2].lemma == "they";
        let hung = tokens[number].upos == Upos::Num
            && tokens[number].deprel == Deprel::Appos
            && them
            && [number + 2, noun].iter().all(|&i| syntax::head(sentence, i) == Some(number));
        hung.then_some((number, noun))
    };
    (0..tokens.len()).filter_map(one).collect()
}

/// "Fighting in Amhara has displaced thousands": a gerund at the start, without a comma after it, before a finite verb that
/// has no other subject.
fn subject(sentence: &Sentence) -> Option<usize> {
    let gerund = sentence.tokens.first().filter(|t| {
        t.upos == Upos::Verb
            && matches!(t.deprel, Deprel::Advcl | Deprel::Csubj)
            && (t.feats.has("VerbForm", "Ger") || t.feats.has("Tense", "Pres"))
            && matches!(t.lemma.as_str(), "fight" | "shell" | "bomb" | "shoot" | "loot" | "riot")
    })?;
    let Head::Token(verb) = gerund.head else { return None };
    let main = &sentence.tokens[verb];
    let helper = sentence.child(verb, &[Deprel::Aux, Deprel::AuxPass]);
    let finite = main.feats.has("VerbForm", "Fin") || helper.is_some();
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter, Deprel::Expl];
    let parted = sentence.tokens[..verb].iter().any(|t| t.upos == Upos::Punct);
    let object = sentence.child(0, &[Deprel::Obj]).is_some();
    (main.upos == Upos::Verb && finite && !parted && !object && sentence.child(verb, &own).is_none()).then_some(0)
}

/// "Israel struck Damascus, state media reported on Sunday.": a saying after a comma that was taken for a participle of
/// a second object. Returns the saying and what it passes on.
fn trailing_saying(sentence: &Sentence, reporting: &Reporting) -> Option<(usize, usize)> {
    let root = sentence.tokens.iter().position(|t| t.deprel == Deprel::Root)?;
    sentence.tokens.iter().enumerate().rev().find_map(|(saying, token)| {
        let is_saying = token.upos == Upos::Verb
            && token.deprel == Deprel::Acl
            && token.feats.has("Tense", "Past")
            && reporting.verb(&token.lemma).is_some()
            // What is said by somebody or has an object of its own is a participle indeed.
            && sentence.child(saying, &[Deprel::Obj, Deprel::OblAgent, Deprel::Ccomp, Deprel::Xcomp]).is_none()
            && syntax::obliques(sentence, saying, &["by", "to", "as"]).is_empty();
        if !is_saying {
            return None;
        }
        let speaker = syntax::head(sentence, saying)?;
        let first = syntax::mention_tokens(sentence, speaker).start;
        let parted = first > 0 && sentence.tokens[first - 1].lemma == ",";
        let doubled = sentence.tokens[speaker].deprel == Deprel::Obj
            && syntax::head(sentence, speaker) == Some(root)
            && sentence.children(root).any(|(i, t)| t.deprel == Deprel::Obj && i < speaker);
        let last = sentence.tokens[saying..].iter().filter(|t| t.upos != Upos::Punct).count() <= 4;
        (parted && doubled && last).then_some((saying, root))
    })
}

/// A relative word, the saying behind it, and the verb that is said.
struct Relayed {
    word: usize,
    saying: usize,
    said: usize,
}

/// "strikes which Kabul said killed 46": a saying within a relative clause that was hung under the very verb that it passes
/// on. The relative word is what did it.
fn relayed(sentence: &Sentence, reporting: &Reporting) -> Vec<Relayed> {
    let tokens = &sentence.tokens;
    let is_relative = |i: usize| {
        let token = &tokens[i];
        token.upos == Upos::Pron && matches!(token.lemma.to_lowercase().as_str(), "which" | "who" | "that")
    };
    let one = |word: usize| {
        let saying = (word + 2..tokens.len().min(word + 10)).find(|&i| tokens[i].upos == Upos::Verb)?;
        let speaker = sentence.child(saying, &[Deprel::Nsubj]).filter(|s| (word + 1..saying).contains(s))?;
        let said = syntax::head(sentence, saying).filter(|said| *said > saying)?;
        let hung = matches!(tokens[saying].deprel, Deprel::Parataxis | Deprel::AdvclRelcl | Deprel::Advcl);
        let adjoins = syntax::mention_tokens(sentence, speaker).start == word + 1
            && tokens[word..said].iter().all(|t| t.upos != Upos::Punct)
            && matches!(tokens[said].deprel, Deprel::AclRelcl | Deprel::AdvclRelcl)
            && [Some(saying), Some(said)].contains(&syntax::head(sentence, word));
        let own = sentence.child(said, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|s| s != word);
        (hung && adjoins && !own && reporting.verb(&tokens[saying].lemma).is_some()).then_some(Relayed {
            word,
            saying,
            said,
        })
    };
    (0..tokens.len()).filter(|&i| is_relative(i)).filter_map(one).collect()
}
