//! Speakers that are no parties of the catalogue and no private persons: analysts, experts, unnamed states. They may
//! assert, without id and sector, so that a judgement does not pass for the publication's own.

use model::{Party, Upos};

use crate::roles::Scene;
use crate::syntax;

/// Who speaks by calling. Witnesses and residents are private persons and stay out.
const CALLINGS: [&str; 22] = [
    "analyst",
    "expert",
    "observer",
    "researcher",
    "scholar",
    "commentator",
    "economist",
    "diplomat",
    "source",
    "mediator",
    "negotiator",
    "monitor",
    "adviser",
    "advisor",
    "historian",
    "strategist",
    "state",
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "investigator",
];

/// Whether people of this calling speak by it.
pub(crate) fn is_calling(lemma: &str) -> bool {
    CALLINGS.contains(&lemma.to_lowercase().as_str())
}

impl Scene<'_> {
    /// The party that speaks at `token`: one that the catalogue knows, else one known by its calling alone.
    pub(crate) fn speaker(&self, token: usize) -> Option<Party> {
        self.party(token).or_else(|| {
            let word = &self.sentence.tokens[token];
            if word.upos != Upos::Noun || !is_calling(&word.lemma) {
                return None;
            }
            let span = syntax::span_of(self.sentence, &syntax::mention_tokens(self.sentence, token))?;
            Some(Party { mention: Some(span.of(self.text).to_owned()), span: Some(span), ..Party::default() })
        })
    }
}
