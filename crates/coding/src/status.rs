//! What is said of a proposition's reality: negation, modality, tense and the words that govern it.
//!
//! The governing words are data (`data/lexicons/governors.tsv`).

use std::collections::HashMap;

use model::{Deprel, Head, Sentence, Status};

use crate::syntax;

/// Lemmas that decide the status of what they govern.
#[derive(Debug, Default)]
pub struct Governors {
    by_lemma: HashMap<String, Status>,
}

impl Governors {
    /// Reads `lemma<TAB>status<TAB>example` lines; `#` starts a comment.
    pub fn parse(content: &str) -> Self {
        let by_lemma = content
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let lemma = fields.next()?.trim();
                let status = fields.next()?.trim().parse().ok()?;
                Some((lemma.to_owned(), status))
            })
            .collect();
        Self { by_lemma }
    }

    /// The status that a lemma gives to what it governs.
    pub fn get(&self, lemma: &str) -> Option<Status> {
        self.by_lemma.get(lemma).copied()
    }

    /// The status of the happening that the word at `index` tells of, in the mouth of whoever tells it.
    ///
    /// Reporting verbs do not change it; who says it is kept apart.
    pub fn status(&self, sentence: &Sentence, index: usize, is_verb: bool) -> Status {
        let mut status = if is_verb { of_predicate(sentence, index) } else { of_noun(sentence, index) };
        // Then what governs it, from the inside out; the first that decides holds.
        let mut at = index;
        for _ in 0..16 {
            if status != Status::Occurred && status != Status::Ongoing {
                break;
            }
            let token = &sentence.tokens[at];
            let Head::Token(up) = token.head else { break };
            let governor = &sentence.tokens[up];
            let governed = match token.deprel {
                // "called off a visit", "the visit was cancelled", "condemned the attack" leaves it as it is.
                // "planned for", "threats of attack", "a plan to attack", "the promise of".
                Deprel::Obj
                | Deprel::NsubjPass
                | Deprel::Xcomp
                | Deprel::Nmod
                | Deprel::Acl
                | Deprel::Obl
                | Deprel::Ccomp => true,
                Deprel::Advcl => {
                    if sentence
                        .children(at)
                        .any(|(_, t)| t.deprel == Deprel::Mark && matches!(t.lemma.as_str(), "if" | "unless"))
                    {
                        status = Status::Hypothetical;
                        break;
                    }
                    // "in order to", "warned against attacking", "accused of attacking" are settled elsewhere.
                    if is_purpose(sentence, at) {
                        status = Status::Planned;
                        break;
                    }
                    matches!(governor.lemma.as_str(), "warn" | "call" | "prevent" | "stop" | "ask")
                }
                _ => false,
            };
            // "called off a visit" is no call for one.
            let particle =
                sentence.children(up).find(|(_, t)| t.deprel == Deprel::CompoundPrt).map(|(_, t)| t.lemma.as_str());
            if governed && governor.lemma == "call" && particle == Some("off") {
                status = Status::Cancelled;
                break;
            }
            if governed && let Some(given) = self.get(&governor.lemma.to_lowercase()) {
                let negated = sentence
                    .children(up)
                    .any(|(_, t)| t.deprel == Deprel::Advmod && matches!(t.lemma.as_str(), "not" | "never" | "n't"));
                status = match (given, negated) {
                    // "has not been cancelled", "did not refuse to": what it would have undone stands as planned.
                    (Status::Cancelled | Status::DidNotOccur, true) => Status::Planned,
                    // "did not plan to", "no promise to"
                    (_, true) => Status::DidNotOccur,
                    (given, false) => given,
                };
                break;
            }
            // A clause of its own begins here: what stands above reports or relates.
            if matches!(token.deprel, Deprel::AclRelcl | Deprel::Parataxis | Deprel::Conj) && is_verb {
                // Coordinated infinitives share the governor: "plans to raid and burn".
                if token.deprel == Deprel::Conj
                    && !token.feats.has("VerbForm", "Fin")
                    && sentence.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none()
                {
                    at = up;
                    continue;
                }
                break;
            }
            // The predicate over an event noun carries its own modality: "an attack may be launched".
            if matches!(token.deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Xcomp) {
                let above = of_predicate(sentence, up);
                if above != Status::Occurred && above != Status::Ongoing {
                    status = above;
                    break;
                }
            }
            at = up;
        }
        status
    }
}

fn of_predicate(sentence: &Sentence, verb: usize) -> Status {
    let mut negated = false;
    let mut modal: Option<Status> = None;
    let mut perfect = false;
    for (_, child) in sentence.children(verb) {
        let lemma = child.lemma.to_lowercase();
        match child.deprel {
            Deprel::Advmod | Deprel::Det if matches!(lemma.as_str(), "not" | "never" | "no" | "n't") => {
                negated = true;
            }
            Deprel::Mark if lemma == "without" => negated = true,
            Deprel::Mark if lemma == "if" || lemma == "unless" => modal = Some(Status::Hypothetical),
            Deprel::Aux => match lemma.as_str() {
                "will" | "shall" | "'ll" => modal = modal.or(Some(Status::Planned)),
                "would" => modal = modal.or(Some(Status::Hypothetical)),
                "may" | "might" | "could" | "can" => modal = modal.or(Some(Status::Possible)),
                "should" | "must" | "ought" => modal = modal.or(Some(Status::Demanded)),
                "have" => perfect = true,
                _ => {}
            },
            // "is set to", "is likely to", "is going to" govern from above.
            _ => {}
        }
    }
    // "Nobody was killed", "no soldiers were hurt".
    if let Some(subject) = sentence.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]) {
        negated |= matches!(sentence.tokens[subject].lemma.as_str(), "nobody" | "none" | "nothing")
            || sentence.children(subject).any(|(_, t)| t.deprel == Deprel::Det && t.lemma == "no");
    }
    let token = &sentence.tokens[verb];
    match (negated, modal) {
        // "will not attack": a promise that it does not happen is not a plan; it is said not to occur.
        (true, None | Some(Status::Planned)) => Status::DidNotOccur,
        (_, Some(status)) => status,
        (false, None) => {
            let progressive = token.feats.has("VerbForm", "Part") && token.feats.has("Tense", "Pres")
                || token.feats.has("VerbForm", "Ger");
            let present = sentence
                .children(verb)
                .any(|(_, t)| t.deprel == Deprel::Aux && t.lemma == "be" && t.feats.has("Tense", "Pres"));
            if progressive && present && !perfect { Status::Ongoing } else { Status::Occurred }
        }
    }
}

fn of_noun(sentence: &Sentence, noun: usize) -> Status {
    for (_, child) in sentence.children(noun) {
        let lemma = child.lemma.to_lowercase();
        match child.deprel {
            Deprel::Det | Deprel::Advmod if lemma == "no" || lemma == "not" => return Status::DidNotOccur,
            Deprel::Case if lemma == "without" => return Status::DidNotOccur,
            Deprel::Amod => match lemma.as_str() {
                "planned" | "scheduled" | "upcoming" | "forthcoming" | "proposed" => return Status::Planned,
                "possible" | "potential" | "imminent" | "further" | "future" => return Status::Possible,
                "threatened" => return Status::Threatened,
                "cancelled" | "canceled" | "postponed" => return Status::Cancelled,
                "promised" => return Status::Promised,
                "ongoing" | "continuing" => return Status::Ongoing,
                _ => {}
            },
            _ => {}
        }
    }
    Status::Occurred
}

/// "to attack" that says what something is for.
fn is_purpose(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "to")
        && sentence.child(verb, &[Deprel::Nsubj]).is_none()
        && !syntax::is_passive(sentence, verb)
}
