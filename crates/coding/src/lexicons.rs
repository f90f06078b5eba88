//! Word lists that colour a happening: instruments give modes, topics give contexts (PLOVER manual
//! 2021). The lists are data (`data/lexicons`).

use std::collections::HashMap;

use model::{Deprel, EventType, Span};

use crate::happenings::Happening;
use crate::roles::{Roles, Scene};

/// The entry of a lemma. Lemmas of rarer verbs come out with the ending half taken off ("averte", "planne", "barr");
/// such a form is met by the entry that it must mean.
pub(crate) fn entry<'a, V>(table: &'a HashMap<String, V>, lemma: &str) -> Option<&'a V> {
    let lemma = lemma.to_lowercase();
    if let Some(found) = table.get(&lemma) {
        return Some(found);
    }
    let bare = lemma.strip_suffix('e').unwrap_or(&lemma);
    let mut ends = bare.chars().rev();
    let doubled = matches!((ends.next(), ends.next()), (Some(a), Some(b)) if a == b);
    let single = if doubled { &bare[..bare.len() - bare.chars().next_back().map_or(0, char::len_utf8)] } else { bare };
    // "stating", taken for a form of "stat"
    table.get(bare).or_else(|| table.get(single)).or_else(|| table.get(&format!("{lemma}e")))
}

/// Lemmas that give a mode to an event of some type when they stand near its word.
#[derive(Debug, Default)]
pub struct Modes {
    by_lemma: HashMap<String, Vec<(EventType, String)>>,
}

impl Modes {
    /// Reads `lemma<TAB>mode<TAB>type<TAB>example` lines.
    pub fn parse(content: &str) -> Self {
        let mut modes = Self::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            if let [lemma, mode, event, ..] = fields[..]
                && let Ok(event) = event.parse()
            {
                modes.by_lemma.entry(lemma.to_lowercase()).or_default().push((event, mode.to_owned()));
            }
        }
        modes
    }

    /// Adds the modes that a happening's instruments, modifiers and actors give.
    pub fn extend(
        &self,
        scene: &Scene<'_>,
        happening: &Happening,
        roles: &Roles,
        event: EventType,
        modes: &mut Vec<String>,
    ) {
        let sentence = scene.sentence;
        let mut near: Vec<usize> = Vec::new();
        for trigger in std::iter::once(&happening.lead).chain(&happening.more) {
            // A verb's own modes stand in its frame.
            if trigger.is_verb {
                // What a participle shares as its subject: "a shell landed on a school, wounding three".
                near.extend(crate::syntax::surface_subject(sentence, trigger.token));
                // "hit a tanker with two missiles", where the parser hung the weapon on what it hit.
                for hit in crate::syntax::patients(sentence, trigger.token) {
                    near.extend(crate::syntax::obliques(sentence, hit, &["with"]));
                }
            } else {
                near.push(trigger.token);
            }
            for (i, child) in sentence.children(trigger.token) {
                match child.deprel {
                    Deprel::Compound | Deprel::Amod | Deprel::Nsubj | Deprel::Advcl | Deprel::OblAgent => near.push(i),
                    Deprel::Obl | Deprel::Nmod
                        if crate::syntax::preposition(sentence, i).is_some_and(|p| {
                            matches!(p, "with" | "by" | "in" | "using" | "from" | "through" | "of" | "via")
                        }) =>
                    {
                        near.push(i);
                    }
                    _ => {}
                }
            }
        }
        near.extend(roles.actor.iter().map(|f| f.token));
        // An air force strikes from the air, and so does the state that bombs.
        if event == EventType::Assault {
            let from_air = roles.actor.iter().any(|f| {
                let id = f.party.id.as_ref().map(ToString::to_string).unwrap_or_default();
                let of_state = f.party.country.is_some_and(|c| c.as_str() == id.split('.').next().unwrap_or_default());
                let lead = &sentence.tokens[happening.lead.token];
                let bombs = happening.lead.is_verb && lead.lemma == "bomb";
                id.split('.').next_back() == Some("AIR")
                    || (of_state && bombs && f.party.sectors.iter().any(|s| s == "MIL" || s == "GOV"))
            });
            if from_air {
                modes.push("aerial".to_owned());
            }
        }
        // "Using machetes, militiamen killed …"
        let used: Vec<usize> = near
            .iter()
            .filter(|&&i| matches!(sentence.tokens[i].lemma.as_str(), "use" | "wield"))
            .flat_map(|&i| crate::syntax::patients(sentence, i))
            .collect();
        near.extend(used);
        // Their own modifiers: "a suicide car bomb".
        let modifiers: Vec<usize> = near
            .iter()
            .flat_map(|&i| {
                sentence
                    .children(i)
                    .filter(|(_, t)| matches!(t.deprel, Deprel::Compound | Deprel::Amod))
                    .map(|(c, _)| c)
            })
            .collect();
        near.extend(modifiers);
        for i in near {
            let word = sentence.tokens[i].lemma.to_lowercase();
            // A "suicide bomber" is no bomber from the air, a "petrol bomb" no bomb: two words go before one.
            let before = i.checked_sub(1).map(|b| format!("{} {word}", sentence.tokens[b].lemma.to_lowercase()));
            let found = before.and_then(|two| self.by_lemma.get(&two)).or_else(|| self.by_lemma.get(&word));
            modes.extend(found.into_iter().flatten().filter(|(of, _)| *of == event).map(|(_, mode)| mode.clone()));
        }
    }
}

/// Words and phrases that give a context.
#[derive(Debug, Default)]
pub struct Contexts {
    cues: Vec<(String, String)>,
}

impl Contexts {
    /// Reads `word or phrase<TAB>context<TAB>example` lines.
    pub fn parse(content: &str) -> Self {
        let cues = content
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t').map(str::trim);
                Some((fields.next()?.to_lowercase(), fields.next()?.to_owned()))
            })
            .filter(|(cue, _)| !cue.is_empty())
            .collect();
        Self { cues }
    }

    /// The contexts of the words at `evidence`, in the manual's names, sorted.
    pub fn of(&self, text: &str, evidence: Span, roles: &Roles) -> Vec<String> {
        let words = format!(" {} ", fold(evidence.of(text)));
        let mut contexts: Vec<String> = self
            .cues
            .iter()
            .filter(|(cue, _)| words.contains(&format!(" {cue}")) && word_ends(&words, cue))
            .map(|(_, c)| c.clone())
            .collect();
        // Official state military bodies give the military context by being there.
        let military = roles.actor.iter().chain(&roles.recipient).any(|f| f.party.sectors.iter().any(|s| s == "MIL"));
        if military {
            contexts.push("military".to_owned());
        }
        contexts.sort();
        contexts.dedup();
        contexts
    }
}

/// Lower case, every run of other signs one blank.
fn fold(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Whether the cue ends at a word's end, a plural or possessive s let pass.
fn word_ends(words: &str, cue: &str) -> bool {
    let needle = format!(" {cue}");
    words.match_indices(&needle).any(|(at, _)| {
        let rest = &words[at + needle.len()..];
        rest.starts_with(' ') || rest.starts_with("s ")
    })
}
