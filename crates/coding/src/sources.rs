//! The chain of sources over a word: who is said to say it, from the outermost in.
//!
//! Read from the word outwards along the tree. Each step asks whether the relation passes the word on to a word of
//! saying, and whether a source stands beside the clause ("…, he said", "according to X", "reportedly"). What only
//! comes along in a sentence about saying is not passed on ("claimed responsibility for the attack").

use model::{Attitude, Deprel, NameKind, Sentence, Upos};

use crate::mouths;
use crate::speech::{Reporting, Source, author};
use crate::syntax;

/// A phrase of "according to": the word that it hangs on, the source, the preposition.
struct According {
    host: usize,
    speaker: usize,
    word: usize,
}

impl Reporting {
    /// The sources over the word at `index`, outermost first.
    pub fn chain(&self, sentence: &Sentence, index: usize) -> Vec<Source> {
        let according = according(sentence);
        let mut chain = Vec::new();
        let mut at = index;
        // Whether the way so far leaves the word itself in view, and not something told about it.
        let mut direct = true;
        // Whether no relative clause or modifier lies on the way.
        let mut plain = true;
        // Whether the clause at hand is only coordinated with that of the word.
        let mut aside = None;
        // The word below, by which the way came.
        let mut from = index;
        for _ in 0..sentence.tokens.len().min(40) {
            self.beside(sentence, at, index, aside, direct, &mut chain);
            for phrase in &according {
                let here = phrase.host == at || syntax::clause_head(sentence, phrase.host) == at;
                if here && !sentence.is_within(index, phrase.speaker) && aside.is_none_or(|a| phrase.word < a) {
                    let speaker = Some(self.writer(sentence, phrase.speaker));
                    push(&mut chain, Source { speaker, attitude: Attitude::Asserts, word: phrase.word });
                }
            }
            let Some(up) = syntax::head(sentence, at) else { break };
            if before_colon(sentence, at, up) {
                push(&mut chain, Source { speaker: Some(up), attitude: Attitude::Asserts, word: up });
            }
            if !conceded(sentence, from, at, up) {
                self.above(sentence, at, up, (direct, plain), &mut chain);
            }
            let token = &sentence.tokens[at];
            plain &= !matches!(token.deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Nmod | Deprel::NmodPoss);
            match token.deprel {
                Deprel::Conj => {
                    let own = sentence.child(at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]).is_some();
                    aside = if own { Some(aside.map_or(up, |a: usize| a.min(up))) } else { aside };
                }
                Deprel::Parataxis => aside = Some(up),
                _ => {
                    aside = None;
                    direct &= matches!(token.deprel, Deprel::Compound | Deprel::Xcomp | Deprel::Ccomp)
                        || self.is_found(sentence, at, up)
                        || token.deprel == Deprel::Nmod && is_partitive(&sentence.tokens[up].lemma);
                }
            }
            from = at;
            at = up;
        }
        if let Some((speaker, dash)) = signed(sentence)
            && index < dash
            && chain.is_empty()
        {
            push(&mut chain, Source { speaker: Some(speaker), attitude: Attitude::Asserts, word: dash });
        }
        chain.reverse();
        chain
    }

    /// Who is named after an "according to" of a sentence.
    pub(crate) fn accorded(&self, sentence: &Sentence) -> Vec<usize> {
        according(sentence).into_iter().map(|phrase| self.writer(sentence, phrase.speaker)).collect()
    }

    /// The source at the word above, if the relation passes the word on to it.
    fn above(&self, sentence: &Sentence, at: usize, up: usize, (direct, plain): (bool, bool), chain: &mut Vec<Source>) {
        let token = &sentence.tokens[at];
        let governor = &sentence.tokens[up];
        let ways = ways(sentence, at, up);
        let verbal = governor.upos == Upos::Verb || sentence.child(up, &[Deprel::Ccomp]) == Some(at);
        if verbal && let Some(entry) = self.verb_entry(&governor.lemma) {
            let passes_on = match token.deprel {
                Deprel::Ccomp => !is_second(sentence, at, up),
                Deprel::CsubjPass => true,
                Deprel::Parataxis => self.verb(&token.lemma).is_none() && !parted(sentence, at, up),
                // "were reported by the media to have visited"
                Deprel::Advcl if said_to(sentence, up) && is_perfect_infinitive(sentence, at) => true,
                // "accused of killing two who were …": what is told about the two is no accusation.
                Deprel::Advcl if entry.attitude == Attitude::Alleges => plain && ways.iter().any(|w| entry.takes(w)),
                Deprel::Xcomp => said_to(sentence, up) || ways.iter().any(|w| entry.takes(w)),
                Deprel::Advcl => ways.iter().any(|w| entry.takes(w)),
                _ => direct && ways.iter().any(|w| entry.takes(w)),
            };
            if passes_on {
                let attitude = match (entry.attitude, is_negated(sentence, up)) {
                    // "could not confirm that …"
                    (Attitude::Confirms, true) => Some(Attitude::Doubts),
                    (_, true) => None,
                    // "is believed to", "are suspected of": nobody stands by it.
                    (attitude, false) if is_belief(&governor.lemma) && syntax::is_passive(sentence, up) => {
                        Some(if attitude == Attitude::Asserts { Attitude::Alleges } else { attitude })
                    }
                    (attitude, false) => Some(attitude),
                };
                if let Some(attitude) = attitude {
                    self.rests_on(sentence, at, up, attitude, chain);
                    push(chain, Source { speaker: self.speaker(sentence, up), attitude, word: up });
                }
                // "the BBC quoted X as saying"
                if let Some((speaker, word)) = mouths::relay(sentence, up) {
                    push(chain, Source { speaker: Some(speaker), attitude: Attitude::Asserts, word });
                }
                return;
            }
        }
        // "vowed to attack", "called for talks", "the threat to attack"
        if let Some(entry) = self.act(&governor.lemma)
            && sentence.child(up, &[Deprel::CompoundPrt]).is_none()
            && !is_negated(sentence, up)
            && (direct || matches!(token.deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Acl))
            && (token.deprel == Deprel::Ccomp || ways.iter().any(|w| entry.takes(w)))
        {
            let speaker = if governor.upos == Upos::Verb { self.speaker(sentence, up) } else { author(sentence, up) };
            if speaker.is_some() {
                push(chain, Source { speaker, attitude: entry.attitude, word: up });
            }
            return;
        }
        // "the claim that …", "reports of …", "on suspicion of murder"
        if governor.upos == Upos::Noun
            && let Some(entry) = self.noun(&governor.lemma)
        {
            let that = token.deprel == Deprel::AclRelcl && ways_of_that(sentence, at);
            let clause = (matches!(token.deprel, Deprel::Acl | Deprel::Ccomp) || that)
                && !ways.contains(&"to")
                && !token.feats.has("VerbForm", "Part");
            if clause || direct && ways.iter().any(|w| entry.takes(w)) {
                let speaker = author(sentence, up);
                push(chain, Source { speaker, attitude: entry.attitude, word: up });
            }
        }
    }

    /// "Reuters reported, citing officials": the source within the source. The parser hangs the citing on either verb.
    fn rests_on(&self, sentence: &Sentence, content: usize, verb: usize, attitude: Attitude, chain: &mut Vec<Source>) {
        let found = mouths::cited(sentence, verb).or_else(|| mouths::cited(sentence, content));
        if let Some((speaker, word)) = found.filter(|_| attitude == Attitude::Asserts) {
            push(chain, Source { speaker: Some(self.writer(sentence, speaker)), attitude, word });
        }
    }

    /// "State media reported a block of flats collapsed": a clause that the parser took for a noun and its participle.
    fn is_found(&self, sentence: &Sentence, at: usize, up: usize) -> bool {
        let token = &sentence.tokens[at];
        token.deprel == Deprel::Acl
            && token.feats.has("Tense", "Past")
            && sentence.tokens[up].deprel == Deprel::Obj
            && syntax::head(sentence, up)
                .and_then(|verb| self.verb_entry(&sentence.tokens[verb].lemma))
                .is_some_and(|e| matches!(e.attitude, Attitude::Asserts | Attitude::Confirms) && e.takes("obj"))
    }

    /// Sources that stand beside a clause: "…, he said", "as the army said", "reportedly", "alleged".
    fn beside(
        &self,
        sentence: &Sentence,
        at: usize,
        index: usize,
        aside: Option<usize>,
        direct: bool,
        chain: &mut Vec<Source>,
    ) {
        for (i, child) in sentence.children(at) {
            if aside.is_some_and(|a| i > a) {
                continue;
            }
            match child.deprel {
                Deprel::Parataxis
                    if self.verb(&child.lemma).is_some()
                        && !sentence.is_within(index, i)
                        && !(i > at && parted(sentence, at, i)) =>
                {
                    // Only where the aside has nothing of its own to pass on, but whom it is told.
                    if sentence.child(i, &[Deprel::Ccomp]).is_none()
                        && let Some(attitude) = self.verb(&child.lemma)
                    {
                        self.rests_on(sentence, at, i, attitude, chain);
                        push(chain, Source { speaker: self.speaker(sentence, i), attitude, word: i });
                    }
                }
                Deprel::Advcl if self.verb(&child.lemma).is_some() && !sentence.is_within(index, i) => {
                    // "…, as the army said"
                    let as_said = sentence.children(i).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "as");
                    if as_said && let Some(attitude) = self.verb(&child.lemma) {
                        push(chain, Source { speaker: self.speaker(sentence, i), attitude, word: i });
                    }
                }
                Deprel::Advmod if direct || aside.is_some() || syntax::clause_head(sentence, index) == at => {
                    if let Some(entry) = self.adverb(&child.lemma) {
                        // "died in the attack, reportedly": told of the dying, and the attack stands.
                        let indefinite = sentence.children(index).any(|(_, t)| {
                            t.deprel == Deprel::Det && matches!(t.lemma.to_lowercase().as_str(), "a" | "an")
                        });
                        let presupposed = at != index
                            && !indefinite
                            && matches!(sentence.tokens[index].deprel, Deprel::Obl | Deprel::Nmod | Deprel::NmodPoss);
                        if !presupposed {
                            push(chain, Source { speaker: None, attitude: entry.attitude, word: i });
                        }
                    }
                }
                Deprel::Amod if at == index => {
                    if let Some(entry) = self.adjective(&child.lemma) {
                        push(chain, Source { speaker: None, attitude: entry.attitude, word: i });
                    }
                }
                _ => {}
            }
        }
    }
}

/// "While there was no sign of it, activists claimed that …": what is conceded before the speaker is not the speaker's,
/// though it hangs on what is claimed.
fn conceded(sentence: &Sentence, from: usize, at: usize, up: usize) -> bool {
    sentence.tokens[from].deprel == Deprel::Advcl
        && syntax::head(sentence, from) == Some(at)
        && sentence.tokens[at].deprel == Deprel::Ccomp
        && from < up
        && up < at
        && sentence.child(up, &[Deprel::Nsubj]).is_some_and(|s| from < s)
        && sentence.children(from).any(|(_, t)| {
            t.deprel == Deprel::Mark && matches!(t.lemma.to_lowercase().as_str(), "while" | "although" | "though")
        })
}

/// "Both said they would appeal; one wept": a second clause after a semicolon, with no "that" of its own.
fn is_second(sentence: &Sentence, clause: usize, verb: usize) -> bool {
    clause > verb
        && parted(sentence, clause, verb)
        && !sentence.children(clause).any(|(_, t)| t.deprel == Deprel::Mark)
        && sentence
            .children(verb)
            .any(|(i, t)| t.deprel == Deprel::Ccomp && i < clause && !parted(sentence, i, verb) && i > verb)
}

/// "according to the law", "to custom": a rule that is followed, and nobody who tells.
fn is_rule(lemma: &str) -> bool {
    matches!(
        lemma,
        "law"
            | "rule"
            | "regulation"
            | "custom"
            | "tradition"
            | "need"
            | "ability"
            | "choice"
            | "size"
            | "age"
            | "wish"
    )
}

/// Every "according to" of a sentence, wherever the parser hung it.
fn according(sentence: &Sentence) -> Vec<According> {
    let mut found = Vec::new();
    for (word, token) in sentence.tokens.iter().enumerate() {
        let lemma = token.lemma.to_lowercase();
        // "in Kyiv's telling", "by the army's account"
        if matches!(lemma.as_str(), "telling" | "account" | "version" | "reckoning")
            && matches!(syntax::preposition(sentence, word), Some("in" | "by" | "on"))
            && let (Some(speaker), Some(host)) =
                (sentence.child(word, &[Deprel::NmodPoss]), syntax::head(sentence, word))
        {
            found.push(According { host, speaker, word });
        }
        let Some(up) = syntax::head(sentence, word) else { continue };
        // "per Reuters"
        if lemma == "per"
            && token.deprel == Deprel::Case
            && sentence.names.iter().any(|n| n.tokens.contains(&up) && n.kind != NameKind::Place)
            && let Some(host) = syntax::head(sentence, up)
        {
            found.push(According { host: last_word(sentence, host, up, word), speaker: up, word });
        }
        if !matches!(lemma.as_str(), "accord" | "according") {
            continue;
        }
        if token.deprel == Deprel::Case {
            if let Some(host) = syntax::head(sentence, up) {
                found.push(According { host: last_word(sentence, host, up, word), speaker: up, word });
            }
        } else if let Some(&speaker) = syntax::obliques(sentence, word, &["to"]).first() {
            found.push(According { host: up, speaker, word });
        }
    }
    found.retain(|phrase| !is_rule(&sentence.tokens[phrase.speaker].lemma.to_lowercase()));
    found
}

/// "…, according to the UN." after a comma, at a sentence's end, is said of the whole clause, whatever word of it the
/// phrase was hung on.
fn last_word(sentence: &Sentence, host: usize, speaker: usize, word: usize) -> usize {
    let parted = word > 0 && sentence.tokens[word - 1].lemma == ",";
    let ends = sentence.tokens[speaker + 1..].iter().all(|t| t.upos == Upos::Punct);
    let mut at = host;
    while parted
        && ends
        && matches!(
            sentence.tokens[at].deprel,
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Acl
        )
    {
        match syntax::head(sentence, at) {
            Some(up) => at = up,
            None => break,
        }
    }
    at
}

/// By what means `up` has `at`: `obj`, `to`, `ing`, and the prepositions at hand.
fn ways(sentence: &Sentence, at: usize, up: usize) -> Vec<&str> {
    let token = &sentence.tokens[at];
    let mut ways: Vec<&str> = sentence
        .children(at)
        .filter(|(_, t)| matches!(t.deprel, Deprel::Mark | Deprel::Case))
        .map(|(_, t)| t.lemma.as_str())
        .collect();
    match token.deprel {
        Deprel::Obj | Deprel::NsubjPass => ways.push("obj"),
        Deprel::Nsubj if syntax::is_passive(sentence, up) => ways.push("obj"),
        Deprel::Xcomp | Deprel::Advcl if ways.is_empty() => ways.push("ing"),
        Deprel::Ccomp if ways.is_empty() => ways.push("that"),
        Deprel::Xcomp | Deprel::Obl | Deprel::Nmod | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp => {}
        _ => ways.clear(),
    }
    ways
}

/// "the claim that …", taken for a relative clause.
fn ways_of_that(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "that")
}

/// "Kyiv: Russia hit a ship": a headline's source, before the colon.
fn before_colon(sentence: &Sentence, at: usize, up: usize) -> bool {
    let root = &sentence.tokens[up];
    let end = syntax::mention_tokens(sentence, up).end;
    matches!(sentence.tokens[at].deprel, Deprel::Parataxis | Deprel::Appos | Deprel::Acl)
        && matches!(root.upos, Upos::Propn | Upos::Noun)
        && root.deprel == Deprel::Root
        && up < 4
        // Of a long sentence it is the dateline.
        && sentence.tokens.len() <= 14
        && at > end
        && sentence.tokens.get(end).is_some_and(|t| t.lemma == ":")
}

/// "Rebels free 12 hostages – Red Cross": whose news a headline is, after the dash at its end. The speaker and the dash.
fn signed(sentence: &Sentence) -> Option<(usize, usize)> {
    let dash = sentence.tokens.iter().rposition(|t| matches!(t.lemma.as_str(), "–" | "—" | "-") && t.space_after)?;
    let after = dash + 1..sentence.tokens.len();
    let short = (1..=4).contains(&after.len());
    let nominal =
        after.clone().all(|i| matches!(sentence.tokens[i].upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det));
    let told = dash > 2 && sentence.tokens[..dash].iter().any(|t| t.upos == Upos::Verb);
    // A name's head stands last but for its "of".
    (short && nominal && told).then_some((sentence.tokens.len() - 1, dash))
}

/// "a series of attacks", "a possibility of flooding": the word still stands for the happening.
fn is_partitive(lemma: &str) -> bool {
    matches!(
        lemma,
        "series"
            | "wave"
            | "spate"
            | "string"
            | "number"
            | "round"
            | "possibility"
            | "threat"
            | "risk"
            | "danger"
            | "prospect"
            | "kind"
    )
}

fn is_belief(lemma: &str) -> bool {
    matches!(lemma, "believe" | "think" | "suspect" | "allege" | "assume" | "presume" | "rumor" | "rumour" | "accuse")
}

/// "is said to have attacked", "is believed to shelter".
fn said_to(sentence: &Sentence, verb: usize) -> bool {
    syntax::is_passive(sentence, verb)
}

fn is_perfect_infinitive(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "to")
        && sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma == "have")
}

/// Whether a semicolon stands between: what is coordinated so is a sentence of its own.
fn parted(sentence: &Sentence, a: usize, b: usize) -> bool {
    sentence.tokens[a.min(b)..a.max(b)].iter().any(|t| t.lemma == ";")
}

fn is_negated(sentence: &Sentence, word: usize) -> bool {
    sentence.children(word).any(|(_, t)| {
        matches!(t.deprel, Deprel::Advmod) && matches!(t.lemma.as_str(), "not" | "n't" | "never" | "yet")
            // "has neither confirmed nor denied"
            || matches!(t.lemma.as_str(), "neither" | "nor")
    })
}

fn push(chain: &mut Vec<Source>, source: Source) {
    if !chain.iter().any(|s| s.word == source.word) {
        chain.push(source);
    }
}
