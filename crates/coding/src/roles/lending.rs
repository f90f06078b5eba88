//! Which verb lends an event noun its parties: "the army launched raids", "a raid mounted by troops".
//!
//! Finds the verb alone; who stands around it is `slots`' affair.

use model::{Deprel, Sentence, Upos};

use super::words::{cancels, is_light, owns, suffers};
use crate::syntax;

/// The light verb that lends an event noun its subject: the one whose object it is ("carried out raids"), or that of a
/// relative clause ("the raid that the army mounted", "a raid that was mounted by troops").
pub(super) fn lending_verb(sentence: &Sentence, noun: usize) -> Option<usize> {
    syntax::light_verb_above(sentence, noun).filter(|&verb| lends(sentence, verb, noun)).or_else(|| {
        let mut clauses = sentence.children(noun).filter(|(_, t)| t.deprel == Deprel::AclRelcl && is_light(&t.lemma));
        clauses.find(|&(verb, _)| takes_relative(sentence, verb)).map(|(verb, _)| verb)
    })
}

/// The passive verb whose subject an event noun is. Who acts in it did what the noun says only where the verb says so:
/// "was claimed by the group", not "was condemned by France".
pub(super) fn passive_over(sentence: &Sentence, noun: usize, preposition: &str) -> Option<usize> {
    syntax::light_verb_above(sentence, noun).filter(|&v| {
        let lemma = &sentence.tokens[v].lemma;
        suffers(lemma) || syntax::is_passive(sentence, v) && (preposition != "by" || owns(lemma))
    })
}

/// The participle of a light verb after an event noun.
pub(super) fn lent_clause(sentence: &Sentence, noun: usize) -> Option<usize> {
    sentence.children(noun).find(|(_, t)| t.deprel == Deprel::Acl && is_light(&t.lemma)).map(|(i, _)| i)
}

/// Whether a verb lends a noun its subject: "launched a raid", "called off a visit".
fn lends(sentence: &Sentence, verb: usize, noun: usize) -> bool {
    let (lemma, noun) = (&sentence.tokens[verb].lemma, &sentence.tokens[noun].lemma);
    if is_light(lemma) || noun == "control" && holds(lemma) {
        return true;
    }
    // Who calls off a visit or aborts a raid is who would have made it; a strike that is called off is mostly one of
    // workers.
    noun != "strike" && (cancels(lemma) || calls_off(sentence, verb))
}

/// "lost control of the town"
fn holds(lemma: &str) -> bool {
    matches!(lemma, "lose" | "keep" | "retain" | "maintain" | "cede")
}

/// "called off the talks"
fn calls_off(sentence: &Sentence, verb: usize) -> bool {
    sentence.tokens[verb].lemma == "call" && sentence.children(verb).any(|(_, t)| t.lemma.eq_ignore_ascii_case("off"))
}

/// Whether what a relative clause hangs on is its verb's object: "the raid that the army mounted".
fn takes_relative(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, o)| o.upos == Upos::Pron && matches!(o.deprel, Deprel::Obj | Deprel::NsubjPass))
}
