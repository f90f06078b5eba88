//! Annotated text: sentences, tokens, tags, dependency trees, names (Universal Dependencies, basic).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use crate::document::Problem;
use crate::span::Span;

/// A document's text with its annotation. Every span points into that document's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotated {
    /// Sentences in order of appearance.
    pub sentences: Vec<Sentence>,
    /// What was odd (an over-long sentence, say).
    pub problems: Vec<Problem>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands, first token to last.
    pub span: Span,
    /// Its words in order.
    pub tokens: Vec<Token>,
    /// Its names in order; they do not overlap.
    pub names: Vec<Name>,
    /// What it tells of cause and effect, where that was read.
    pub causality: Option<Causality>,
}

/// What a sentence tells of cause and effect, as a trained tagger sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Causality {
    /// How likely the sentence is to tell cause and effect at all, in the wide sense of annotators of news (motives and
    /// purposes among them).
    pub probability: f32,
    /// Words that may say so, with what they seem to join, in order of the words.
    pub relations: Vec<CausalRelation>,
}

/// A word that says cause and effect, with both sides; each side is a row of words.
#[derive(Clone, Debug, PartialEq)]
pub struct CausalRelation {
    /// The word, or the first that carries meaning of several ("led" of "had led to").
    pub signal: usize,
    /// How likely it is to be such a word.
    pub probability: f32,
    /// Words of the cause.
    pub cause: Range<usize>,
    /// Words of the effect.
    pub effect: Range<usize>,
    /// How likely the ends of both sides are, together.
    pub fit: f32,
}

impl Sentence {
    /// The tokens that depend on token `index`, with their indices.
    pub fn children(&self, index: usize) -> impl Iterator<Item = (usize, &Token)> {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Head::Token(index))
    }

    /// The first child of `index` with one of these relations.
    pub fn child(&self, index: usize, relations: &[Deprel]) -> Option<usize> {
        self.children(index).find(|(_, t)| relations.contains(&t.deprel)).map(|(i, _)| i)
    }

    /// Whether `index` is `ancestor` or hangs below it.
    pub fn is_within(&self, mut index: usize, ancestor: usize) -> bool {
        loop {
            if index == ancestor {
                return true;
            }
            match self.tokens[index].head {
                Head::Root => return false,
                Head::Token(head) => index = head,
            }
        }
    }

    /// Indices of the whole subtree of `index`, in order of appearance.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&i| self.is_within(i, index)).collect()
    }
}

/// One syntactic word. `don't` is two, each with its own part of the span.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Its head in the tree.
    pub head: Head,
    /// Its relation to the head.
    pub deprel: Deprel,
    /// Whether a space (or line end) follows in the text.
    pub space_after: bool,
}

/// The head of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Head {
    /// The sentence's root.
    Root,
    /// The token of this index within the sentence.
    Token(usize),
}

/// A UD feature string, `Number=Sing|Person=3`; empty where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Feats(Arc<str>);

impl Feats {
    /// Takes the column as it stands in CoNLL-U (`_` for none).
    pub fn new(text: &str) -> Self {
        Self(if text == "_" { "".into() } else { text.into() })
    }

    /// The value of a feature, if it is set.
    pub fn get(&self, feature: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| pair.strip_prefix(feature)?.strip_prefix('='))
    }

    /// Whether a feature has this value.
    pub fn has(&self, feature: &str, value: &str) -> bool {
        self.get(feature) == Some(value)
    }

    /// The CoNLL-U column.
    pub fn as_str(&self) -> &str {
        if self.0.is_empty() { "_" } else { &self.0 }
    }
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// First token, and one past the last.
    pub tokens: std::ops::Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation, armed group, body of state.
    Organisation,
    /// A place.
    Place,
}

impl NameKind {
    /// UNER's label.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
        }
    }
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $other:ident, { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each variant is the label of the UD guidelines")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every label.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as UD writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = std::convert::Infallible;
            /// An unknown label becomes the list's own word for that.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(match text { $($text => $name::$variant,)+ _ => $name::$other })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

labels!(
    /// Universal part-of-speech tags.
    Upos, X, {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
);

labels!(
    /// Universal dependency relations with the subtypes that English treebanks use.
    Deprel, Dep, {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        AdvmodEmph = "advmod:emph", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case",
        Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep",
        Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl",
        Fixed = "fixed", Flat = "flat", FlatForeign = "flat:foreign", Goeswith = "goeswith", Iobj = "iobj",
        List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass",
        Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
        Vocative = "vocative", Xcomp = "xcomp",
    }
);
