//! Reads dependency trees (Universal Dependencies, basic): who is the subject of what, across
//! passives, coordination, control and relative clauses.
//!
//! It knows relations, not meanings: which word may be a party is decided elsewhere.

use model::{Deprel, Head, NameKind, Sentence, Span, Upos};

/// Relations under which a clause hangs below its governor.
pub const CLAUSAL: &[Deprel] = &[
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Advcl,
    Deprel::AdvclRelcl,
    Deprel::Ccomp,
    Deprel::Csubj,
    Deprel::CsubjPass,
    Deprel::Xcomp,
    Deprel::Parataxis,
];

/// The head of a token as an index.
pub fn head(sentence: &Sentence, index: usize) -> Option<usize> {
    match sentence.tokens[index].head {
        Head::Root => None,
        Head::Token(head) => Some(head),
    }
}

/// Whether a token is a noun, proper noun, pronoun or a number or symbol standing for one.
pub fn is_nominal(sentence: &Sentence, index: usize) -> bool {
    matches!(sentence.tokens[index].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
}

/// The words of a token, lower-cased.
pub fn lower(text: &str, sentence: &Sentence, index: usize) -> String {
    sentence.tokens[index].span.of(text).to_lowercase()
}

/// Adds the coordinated nominals of each token: "A, B and C" is three.
pub fn with_conjuncts(sentence: &Sentence, indices: Vec<usize>) -> Vec<usize> {
    let mut out = Vec::new();
    for index in indices {
        out.push(index);
        for (i, token) in sentence.children(index) {
            if token.deprel == Deprel::Conj && is_nominal(sentence, i) {
                out.push(i);
            }
        }
    }
    out.dedup();
    out
}

/// Whether a predicate stands in the passive.
pub fn is_passive(sentence: &Sentence, verb: usize) -> bool {
    let token = &sentence.tokens[verb];
    if sentence
        .children(verb)
        .any(|(_, t)| matches!(t.deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent))
    {
        return true;
    }
    // Headlines leave the auxiliary out: "Sixteen soldiers killed". A verb that must have an object and has none
    // has it as its subject.
    let objectless = sentence.child(verb, &[Deprel::Obj, Deprel::Ccomp, Deprel::Aux]).is_none();
    if objectless
        && always_transitive(sentence, verb)
        && token.feats.has("Tense", "Past")
        && sentence.child(verb, &[Deprel::Nsubj]).is_some()
    {
        return token.deprel != Deprel::Conj;
    }
    let past_participle = token.feats.has("VerbForm", "Part") && !token.feats.has("Tense", "Pres");
    if !past_participle || sentence.child(verb, &[Deprel::Nsubj, Deprel::Aux, Deprel::Obj]).is_some() {
        return false;
    }
    match token.deprel {
        // "the soldiers killed in the raid", "captured by the army, he …"
        Deprel::Acl | Deprel::Advcl => true,
        // "were killed and wounded"
        Deprel::Conj => head(sentence, verb).is_some_and(|h| is_passive(sentence, h)),
        // A headline: "Six killed in blast".
        _ => token.feats.has("Voice", "Pass"),
    }
}

fn always_transitive(sentence: &Sentence, verb: usize) -> bool {
    let followed_by = |word: &str| sentence.tokens.get(verb + 1).is_some_and(|next| next.lemma == word);
    match sentence.tokens[verb].lemma.as_str() {
        "shoot" => followed_by("dead"),
        "gun" | "mow" => followed_by("down"),
        lemma => has_object(lemma),
    }
}

/// Verbs that do without an object only in the passive.
fn has_object(lemma: &str) -> bool {
    matches!(
        lemma,
        "kill"
            | "slay"
            | "martyr"
            | "injure"
            | "wound"
            | "hurt"
            | "arrest"
            | "detain"
            | "abduct"
            | "kidnap"
            | "capture"
            | "displace"
            | "behead"
            | "execute"
            | "assassinate"
            | "destroy"
            | "damage"
            | "sentence"
            | "deport"
    )
}

/// Stands a relative pronoun for its antecedent.
fn through_relative(sentence: &Sentence, index: usize, verb: usize) -> usize {
    let token = &sentence.tokens[index];
    let relative = token.upos == Upos::Pron && matches!(token.lemma.as_str(), "who" | "which" | "that" | "whom");
    if relative && sentence.tokens[verb].deprel == Deprel::AclRelcl {
        return head(sentence, verb).unwrap_or(index);
    }
    index
}

/// The surface subject of a predicate, its own or that of the clause that shares it.
pub fn surface_subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    shared_subject(sentence, verb, 0)
}

fn shared_subject(sentence: &Sentence, verb: usize, depth: usize) -> Option<usize> {
    // A chain of shared subjects is short in language; a broken tree must not run away.
    if depth > 12 {
        return None;
    }
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
    if let Some(subject) = sentence.child(verb, &own) {
        return Some(through_relative(sentence, subject, verb));
    }
    if let Some(subject) = headline_subject(sentence, verb) {
        return Some(subject);
    }
    let governor = head(sentence, verb)?;
    let token = &sentence.tokens[verb];
    match token.deprel {
        // "Maduro to meet Lula": the name on which a headline's infinitive hangs.
        Deprel::Xcomp | Deprel::Acl if heads_headline(sentence, governor) && is_infinitive(sentence, verb) => {
            Some(governor)
        }
        Deprel::Conj => shared_subject(sentence, governor, depth + 1),
        // "fled fighting around the town": who flees it has no part in it.
        Deprel::Xcomp if shuns(&sentence.tokens[governor].lemma) && !is_infinitive(sentence, verb) => None,
        // "ordered troops to attack": the object acts; "vowed to attack": the subject does.
        Deprel::Xcomp if called_on(sentence, governor).is_some() => called_on(sentence, governor),
        Deprel::Xcomp => sentence
            .child(governor, &[Deprel::Iobj, Deprel::Obj])
            .filter(|_| !subject_control(&sentence.tokens[governor].lemma))
            .or_else(|| shared_subject(sentence, governor, depth + 1)),
        Deprel::Advcl => {
            if controls_by_object(&sentence.tokens[governor].lemma)
                && let Some(object) = sentence.child(governor, &[Deprel::Iobj, Deprel::Obj, Deprel::NsubjPass])
            {
                return Some(object);
            }
            // "called on Kabul to act": who is called on is to act.
            if is_infinitive(sentence, verb)
                && let Some(addressed) = called_on(sentence, governor)
            {
                return Some(addressed);
            }
            let finite = token.feats.has("VerbForm", "Fin");
            if finite { None } else { shared_subject(sentence, governor, depth + 1) }
        }
        // "militants attacking a post"; "a plan to attack" belongs to the plan's owner.
        Deprel::Acl => {
            if is_infinitive(sentence, verb) || has_mark(sentence, verb) {
                let owner = sentence.child(governor, &[Deprel::NmodPoss]);
                owner.or_else(|| {
                    light_verb_above(sentence, governor).and_then(|v| shared_subject(sentence, v, depth + 1))
                })
            } else {
                Some(governor)
            }
        }
        _ => None,
    }
}

/// "US sanctions two banks": a name right before a headline's verb, taken for a part of it.
fn headline_subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let token = &sentence.tokens[verb];
    let finite = token.upos == Upos::Verb && token.deprel == Deprel::Root && !token.feats.has("VerbForm", "Part");
    let before = sentence.children(verb).find(|(i, t)| {
        i + 1 == verb && t.upos == Upos::Propn && matches!(t.deprel, Deprel::Compound | Deprel::NmodUnmarked)
    })?;
    (finite && sentence.child(verb, &[Deprel::Obj, Deprel::Obl, Deprel::Ccomp]).is_some()).then_some(before.0)
}

/// A sentence whose root is a name with nothing before it but its own parts, as a headline's may be.
pub(crate) fn heads_headline(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    token.deprel == Deprel::Root
        && matches!(token.upos, Upos::Propn | Upos::Noun)
        && sentence.child(index, &[Deprel::Cop, Deprel::Nsubj, Deprel::Det]).is_none()
}

/// Who is called on or appealed to; not whom somebody calls on the telephone.
fn called_on(sentence: &Sentence, verb: usize) -> Option<usize> {
    let calls = match sentence.tokens[verb].lemma.as_str() {
        "call" => &["on", "upon"],
        "appeal" => &["to", "to"],
        "plead" | "prevail" => &["with", "on"],
        _ => return None,
    };
    // "called him on Friday": the preposition belongs to the verb only right after it.
    let follows = |i: usize| sentence.children(i).any(|(c, t)| t.deprel == Deprel::Case && c == verb + 1);
    obliques(sentence, verb, calls).into_iter().find(|&i| sentence.tokens[i].deprel == Deprel::Obl && follows(i))
}

/// Verbs of those who keep away from what is told after them.
fn shuns(lemma: &str) -> bool {
    matches!(lemma, "flee" | "escape" | "survive" | "fear")
}

/// Verbs whose infinitive belongs to their subject though they have an object ("promised Kabul to …").
fn subject_control(lemma: &str) -> bool {
    matches!(lemma, "promise" | "vow" | "threaten" | "pledge" | "use")
}

/// Verbs whose "of …ing" or "for …ing" clause belongs to their object.
fn controls_by_object(lemma: &str) -> bool {
    matches!(
        lemma,
        "accuse"
            | "blame"
            | "suspect"
            | "charge"
            | "condemn"
            | "criticize"
            | "criticise"
            | "warn"
            | "stop"
            | "prevent"
            | "thank"
            | "praise"
            | "denounce"
            | "convict"
            | "urge"
            | "force"
    )
}

fn is_infinitive(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "to")
}

fn has_mark(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| matches!(t.deprel, Deprel::Mark | Deprel::Case))
}

/// The verb whose object a noun is.
pub fn light_verb_above(sentence: &Sentence, noun: usize) -> Option<usize> {
    let token = &sentence.tokens[noun];
    if matches!(token.deprel, Deprel::Obj | Deprel::NsubjPass) {
        return head(sentence, noun);
    }
    // "launched a wave of strikes"
    if token.deprel == Deprel::Nmod
        && preposition(sentence, noun) == Some("of")
        && let Some(measure) = head(sentence, noun)
        && crate::patterns::measures(sentence, measure)
    {
        return light_verb_above(sentence, measure);
    }
    // "took part in an attack", "participated in talks"
    if token.deprel == Deprel::Obl
        && preposition(sentence, noun) == Some("in")
        && let Some(verb) = head(sentence, noun)
        && takes_part(sentence, verb)
    {
        return Some(verb);
    }
    // "carried out raids and attacks"
    if token.deprel == Deprel::Conj {
        return head(sentence, noun).and_then(|h| light_verb_above(sentence, h));
    }
    None
}

/// "take part", "participate" in something.
fn takes_part(sentence: &Sentence, verb: usize) -> bool {
    match sentence.tokens[verb].lemma.as_str() {
        "participate" => true,
        "take" => sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Obj && t.lemma == "part"),
        _ => false,
    }
}

/// Who does what the predicate says, by voice.
pub fn agents(sentence: &Sentence, verb: usize) -> Vec<usize> {
    if is_passive(sentence, verb) {
        let by = obliques(sentence, verb, &["by"]);
        if !by.is_empty() {
            return by;
        }
        // "imposed on two banks by the European Union": the parser hung the doer on the noun before it.
        return sentence
            .children(verb)
            .filter(|(i, t)| {
                t.deprel == Deprel::Obl
                    && matches!(preposition(sentence, *i), Some("on" | "in" | "at" | "near" | "to" | "from" | "over"))
            })
            .flat_map(|(i, _)| obliques(sentence, i, &["by"]))
            .collect();
    }
    surface_subject(sentence, verb).map(|s| with_conjuncts(sentence, vec![s])).unwrap_or_default()
}

/// On whom or what the predicate works, by voice.
pub fn patients(sentence: &Sentence, verb: usize) -> Vec<usize> {
    if is_passive(sentence, verb) {
        let own = surface_subject(sentence, verb);
        return own.map(|s| with_conjuncts(sentence, vec![s])).unwrap_or_default();
    }
    let mut found: Vec<usize> = sentence
        .children(verb)
        .filter(|(_, t)| matches!(t.deprel, Deprel::Obj | Deprel::Iobj))
        .map(|(i, _)| through_relative(sentence, i, verb))
        .collect();
    // "attacked and killed soldiers": the shared object stands at the last conjunct.
    if found.is_empty()
        && sentence.tokens[verb].upos == Upos::Verb
        && let Some((conjunct, _)) =
            sentence.children(verb).find(|(i, t)| t.deprel == Deprel::Conj && t.upos == Upos::Verb && *i == verb + 2)
    {
        found = sentence.children(conjunct).filter(|(_, t)| t.deprel == Deprel::Obj).map(|(i, _)| i).collect();
    }
    // "harboured or funded the TTP" with the object at the first: it stands after the second, and both share it.
    let token = &sentence.tokens[verb];
    if found.is_empty()
        && token.deprel == Deprel::Conj
        && token.upos == Upos::Verb
        && let Some(first) = head(sentence, verb)
        && sentence.child(verb, &[Deprel::Nsubj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl]).is_none()
    {
        found = sentence
            .children(first)
            .filter(|(i, t)| t.deprel == Deprel::Obj && *i > verb && *i <= verb + 6)
            .map(|(i, _)| i)
            .collect();
    }
    with_conjuncts(sentence, found)
}

/// Nominals that hang below `governor` with one of these prepositions.
pub fn obliques(sentence: &Sentence, governor: usize, prepositions: &[&str]) -> Vec<usize> {
    let found = sentence
        .children(governor)
        .filter(|(i, t)| {
            matches!(
                t.deprel,
                Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::Nmod
                    | Deprel::NmodDesc
                    | Deprel::NmodUnmarked
                    | Deprel::OblUnmarked
            ) && has_preposition(sentence, *i, prepositions)
        })
        // "the ELN, against which Colombia launched an offensive"
        .map(|(i, _)| through_relative(sentence, i, governor))
        .collect();
    with_conjuncts(sentence, found)
}

/// Whether a nominal stands after one of these prepositions. Of a preposition in several words ("because of",
/// "out of", "in retaliation for") the whole counts, and each word that marks the nominal itself.
fn has_preposition(sentence: &Sentence, nominal: usize, prepositions: &[&str]) -> bool {
    sentence
        .children(nominal)
        .any(|(_, t)| t.deprel == Deprel::Case && prepositions.iter().any(|p| t.lemma.eq_ignore_ascii_case(p)))
        || (prepositions.iter().any(|p| p.contains(' '))
            && prepositional_phrase(sentence, nominal).is_some_and(|whole| prepositions.contains(&whole.as_str())))
}

/// The whole preposition of a nominal, in lower case: "of", "because of", and through the noun in the midst of
/// one, "in retaliation for", "in response to", "on behalf of".
pub fn prepositional_phrase(sentence: &Sentence, nominal: usize) -> Option<String> {
    let mut words = Vec::new();
    for (i, token) in sentence.children(nominal).filter(|(_, t)| t.deprel == Deprel::Case) {
        words.push((i, token.lemma.to_lowercase()));
        words.extend(
            sentence.children(i).filter(|(_, t)| t.deprel == Deprel::Fixed).map(|(f, t)| (f, t.lemma.to_lowercase())),
        );
    }
    if words.is_empty() {
        return None;
    }
    words.sort();
    let own = words.into_iter().map(|(_, w)| w).collect::<Vec<_>>().join(" ");
    // A bare noun between two prepositions, right before the second: "in response to".
    let middle = head(sentence, nominal).filter(|&h| {
        sentence.tokens[nominal].deprel == Deprel::Nmod
            && sentence.tokens[h].upos == Upos::Noun
            && sentence.children(h).all(|(i, t)| i > h || t.deprel == Deprel::Case)
            && sentence.children(nominal).any(|(i, t)| i == h + 1 && t.deprel == Deprel::Case)
    });
    let before = middle.and_then(|m| Some((preposition(sentence, m)?, m)));
    Some(match before {
        Some((first, middle)) => {
            format!("{} {} {own}", first.to_lowercase(), sentence.tokens[middle].lemma.to_lowercase())
        }
        None => own,
    })
}

/// The first word of a nominal's preposition.
pub fn preposition(sentence: &Sentence, nominal: usize) -> Option<&str> {
    sentence.children(nominal).find(|(_, t)| t.deprel == Deprel::Case).map(|(_, t)| t.lemma.as_str())
}

/// The head of the clause in which a token stands: itself if it is a predicate, else the nearest
/// ancestor that is.
pub fn clause_head(sentence: &Sentence, mut index: usize) -> usize {
    loop {
        let token = &sentence.tokens[index];
        if CLAUSAL.contains(&token.deprel) || token.deprel == Deprel::Root {
            return index;
        }
        if token.deprel == Deprel::Conj && token.upos == Upos::Verb {
            return index;
        }
        match head(sentence, index) {
            Some(next) => index = next,
            None => return index,
        }
    }
}

/// The tokens of a nominal without what is said about it on the side: no relative clauses,
/// appositions, coordination, punctuation at its ends, nor its preposition.
pub fn mention_tokens(sentence: &Sentence, nominal: usize) -> std::ops::Range<usize> {
    let mut keep = vec![nominal];
    let mut at = 0;
    while at < keep.len() {
        let here = keep[at];
        for (i, token) in sentence.children(here) {
            let part = match token.deprel {
                Deprel::Det
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::Flat
                | Deprel::Nummod
                | Deprel::DetPredet
                | Deprel::Fixed
                | Deprel::Goeswith
                | Deprel::FlatForeign
                | Deprel::NmodDesc => true,
                Deprel::Advmod => i < here,
                // "the March 23 Movement"
                Deprel::NmodUnmarked => i < here && token.upos == Upos::Propn,
                Deprel::Nmod => match preposition(sentence, i) {
                    Some("of" | "for" | "to" | "in") => true,
                    // "gunmen from the BLA": whose they are, where no town is.
                    Some("from") => {
                        bears_arms(&sentence.tokens[here].lemma)
                            && sentence.names.iter().any(|n| n.kind == NameKind::Organisation && n.tokens.contains(&i))
                    }
                    _ => false,
                },
                // The case marker of an "of" phrase and of a possessor, not of the mention itself.
                Deprel::Case | Deprel::Conj | Deprel::Cc => here != nominal,
                Deprel::Punct => {
                    // Hyphens inside a name.
                    i > 0
                        && i + 1 < sentence.tokens.len()
                        && !sentence.tokens[i - 1].space_after
                        && !sentence.tokens[i].space_after
                }
                _ => false,
            };
            if part {
                keep.push(i);
            }
        }
        at += 1;
        if keep.len() > 40 {
            break;
        }
    }
    let mut first = nominal;
    let mut last = nominal;
    // Only what stands together: a gap means that the tree has gone astray.
    keep.sort_unstable();
    while first > 0 && keep.binary_search(&(first - 1)).is_ok() {
        first -= 1;
    }
    while keep.binary_search(&(last + 1)).is_ok() {
        last += 1;
    }
    let is_edge = |i: usize| matches!(sentence.tokens[i].upos, Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Punct);
    while first < nominal && is_edge(first) {
        first += 1;
    }
    while last > nominal && is_edge(last) {
        last -= 1;
    }
    // "Yemen-based fighters": a word's first half is not cut off at its hyphen.
    let glued = |i: usize| !sentence.tokens[i].space_after;
    while first >= 2 && glued(first - 1) && glued(first - 2) && sentence.tokens[first - 1].lemma == "-" {
        first -= 2;
    }
    first..last + 1
}

/// Those whose group is told after "from".
fn bears_arms(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "gunman"
            | "gunmen"
            | "fighter"
            | "militant"
            | "rebel"
            | "soldier"
            | "troop"
            | "insurgent"
            | "terrorist"
            | "militiaman"
            | "guerrilla"
            | "officer"
            | "commander"
            | "jihadist"
    )
}

/// The span of a range of tokens; `None` where it is empty.
pub fn span_of(sentence: &Sentence, tokens: &std::ops::Range<usize>) -> Option<Span> {
    let first = sentence.tokens.get(tokens.start)?;
    let last = sentence.tokens.get(tokens.end.checked_sub(1)?)?;
    Some(first.span.cover(last.span))
}

/// The words of a clause: the subtree of its head, without a coordinated main clause at its end and
/// without punctuation at its ends.
pub fn clause_span(sentence: &Sentence, clause: usize) -> Span {
    let mut tokens: Vec<usize> = (0..sentence.tokens.len())
        .filter(|&i| sentence.is_within(i, clause) && !in_other_clause(sentence, i, clause))
        .collect();
    while tokens.len() > 1 && is_edge(sentence, tokens[0]) {
        tokens.remove(0);
    }
    while tokens.len() > 1 && sentence.tokens[tokens[tokens.len() - 1]].upos == Upos::Punct {
        tokens.pop();
    }
    let first = tokens.first().copied().unwrap_or(clause);
    let last = tokens.last().copied().unwrap_or(clause);
    sentence.tokens[first].span.cover(sentence.tokens[last].span)
}

fn is_edge(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    token.upos == Upos::Punct || matches!(token.deprel, Deprel::Cc | Deprel::Mark)
}

/// Whether a token belongs to a finite clause coordinated with `clause` that has a subject of its own.
fn in_other_clause(sentence: &Sentence, mut index: usize, clause: usize) -> bool {
    while index != clause {
        let token = &sentence.tokens[index];
        let separate = matches!(token.deprel, Deprel::Conj | Deprel::Parataxis)
            && sentence.child(index, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
        if separate {
            return true;
        }
        match head(sentence, index) {
            Some(next) => index = next,
            None => return false,
        }
    }
    false
}
