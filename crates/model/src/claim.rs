//! A claim: somebody takes an attitude to a proposition about the world, in words that stand at a
//! known place in a document.

use crate::codes::{Attitude, Basis, Category, EffectKind, EventType, Polarity, Rel, Status, TieType};
use crate::document::Document;
use crate::id::{ClaimId, CountryCode, DocumentId, PartyId, RunId};
use crate::place::Place;
use crate::span::Span;
use crate::time::{Time, When};

/// One claim. See DESIGN's record contract; [`crate::record::ClaimRecord`] is its JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its id; see [`Claim::identify`].
    pub id: ClaimId,
    /// The document in which it stands.
    pub document: DocumentId,
    /// The id that the document's source gave it.
    pub source_id: Option<String>,
    /// When the document was published.
    pub published: Option<When>,
    /// When the claim entered the lake; `None` before.
    pub recorded: Option<When>,
    /// What made it.
    pub run: RunId,
    /// What is claimed.
    pub proposition: Proposition,
    /// PLOVER modes; several may hold.
    pub modes: Vec<String>,
    /// PLOVER contexts; several may hold.
    pub contexts: Vec<String>,
    /// A happening of both sides: all parties in `actor`, `recipient` empty.
    pub reciprocal: bool,
    /// The source names no initiator: both sides are given, in no order.
    pub undirected: bool,
    /// Who acts.
    pub actor: Vec<Party>,
    /// On whom or with whom.
    pub recipient: Vec<Party>,
    /// Intermediaries and mediators, never instruments.
    pub via: Vec<Party>,
    /// Where it happened.
    pub places: Vec<Place>,
    /// When it happened.
    pub time: Option<Time>,
    /// What it did to people and things.
    pub effects: Vec<Effect>,
    /// What is said of its reality.
    pub status: Status,
    /// The innermost source; `None` is the publication's own voice.
    pub asserter: Option<Party>,
    /// What the innermost source does with it.
    pub attitude: Attitude,
    /// Every source, outermost first.
    pub attribution: Vec<Attribution>,
    /// How it stands to other claims of the document.
    pub links: Vec<Link>,
    /// The words that carry it.
    pub evidence: Evidence,
    /// How sure the coder is, 0 to 1.
    pub confidence: f64,
    /// The coder and its version.
    pub coder: String,
}

/// The six kinds of proposition.
#[derive(Clone, Debug, PartialEq)]
pub enum Proposition {
    /// Who did what to whom; ceasefires carry terms.
    Event(EventType, Option<Terms>),
    /// A lasting relation between parties.
    Tie(TieType),
    /// An aggregate number.
    Figure(Count),
    /// A duty or promise.
    Commitment(Commitment),
    /// One thing raises or lowers another, in somebody's judgement.
    Cause {
        /// The cause.
        cause: CausalPart,
        /// The effect.
        effect: CausalPart,
        /// Whether it is raised or lowered.
        polarity: Polarity,
    },
    /// Words said.
    Statement(Quote),
}

impl Proposition {
    /// `event`, `tie`, `figure`, `commitment`, `cause` or `statement`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Event(..) => "event",
            Self::Tie(_) => "tie",
            Self::Figure(_) => "figure",
            Self::Commitment(_) => "commitment",
            Self::Cause { .. } => "cause",
            Self::Statement(_) => "statement",
        }
    }

    /// The code within the kind, where the kind has codes.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Event(event, _) => Some(event.as_str()),
            Self::Tie(tie) => Some(tie.as_str()),
            _ => None,
        }
    }
}

/// Terms of a ceasefire or truce, after ETH/PRIO's definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// `declared effective extended suspended violated lapsed ended`.
    pub act: Option<String>,
    /// `unilateral` or `mutual`.
    pub form: Option<String>,
    /// First moment.
    pub from: Option<When>,
    /// Last moment.
    pub to: Option<When>,
    /// How long, in hours.
    pub duration_hours: Option<f64>,
    /// Where it holds.
    pub area: Option<String>,
    /// Who mediated.
    pub mediator: Option<String>,
}

/// An aggregate: how many of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Least.
    pub low: Option<f64>,
    /// Most.
    pub high: Option<f64>,
    /// Of what, in the text's words.
    pub of: Option<String>,
}

/// A duty or promise: the instrument that holds it, and what it binds to.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// The accord, law or announcement.
    pub instrument: Option<String>,
    /// What is promised or owed.
    pub object: Option<Phrase>,
}

/// Words at a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Where they stand.
    pub span: Span,
    /// The words.
    pub text: String,
}

impl Phrase {
    /// The words of `span` in `text`.
    pub fn of(span: Span, text: &str) -> Self {
        Self { span, text: span.of(text).to_owned() }
    }
}

/// One side of a causal judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct CausalPart {
    /// Its words.
    pub phrase: Phrase,
    /// The claim that these words make on their own, if any.
    pub claim: Option<ClaimId>,
}

/// Words said.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words.
    pub phrase: Phrase,
    /// Whether they stand in quotation marks.
    pub direct: bool,
}

/// A party as a claim names it. Where only the mention is known, the rest stays empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// The words.
    pub mention: Option<String>,
    /// Where the words stand.
    pub span: Option<Span>,
    /// Its id in the catalogue.
    pub id: Option<PartyId>,
    /// The catalogue's name.
    pub name: Option<String>,
    /// Home polity.
    pub country: Option<CountryCode>,
    /// The body as which it acts at the document's date (a movement in power, say).
    pub acts_as: Option<PartyId>,
    /// Where it is based, only where the text says so.
    pub based_in: Option<CountryCode>,
    /// PLOVER sectors (`GOV`, `MIL`, `REB`, …).
    pub sectors: Vec<String>,
}

/// What happened to how many of whom. Absent knowledge stays `None`; "dozens" is 24 to 99.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What happened.
    pub kind: EffectKind,
    /// Least.
    pub low: Option<f64>,
    /// Most.
    pub high: Option<f64>,
    /// The number given as best, only where stated.
    pub best: Option<f64>,
    /// Of what, in the text's words.
    pub of: Option<String>,
    /// Whose.
    pub party: Option<Party>,
    /// Civilians or fighters, where the words say.
    pub category: Option<Category>,
    /// Index of the total that includes it.
    pub part_of: Option<usize>,
    /// A running toll, which replaces earlier ones.
    pub cumulative: bool,
    /// Where the words stand.
    pub span: Option<Span>,
}

/// One source in a chain of sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who; `None` where the text names nobody ("reports said").
    pub party: Option<Party>,
    /// What it does with what it passes on.
    pub attitude: Attitude,
    /// The words that say so.
    pub span: Option<Span>,
}

/// How a claim stands to another of the same document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The relation.
    pub rel: Rel,
    /// The other claim, `None` where the text says that there is one but not which.
    pub claim: Option<ClaimId>,
    /// The words that say so.
    pub span: Option<Span>,
    /// Stated or inferred.
    pub basis: Basis,
}

/// The words that carry a claim.
pub type Evidence = Phrase;

impl Claim {
    /// The id that a claim of this content has: confidence and coder do not count.
    pub fn identify(&self) -> ClaimId {
        let mut spans: Vec<u8> = Vec::new();
        let mut push = |span: Option<Span>| {
            let [start, end] = span.map_or([u32::MAX, u32::MAX], <[u32; 2]>::from);
            spans.extend(start.to_le_bytes());
            spans.extend(end.to_le_bytes());
        };
        push(Some(self.evidence.span));
        for role in [&self.actor, &self.recipient, &self.via] {
            for party in role {
                push(party.span);
            }
            push(None);
        }
        push(self.asserter.as_ref().and_then(|p| p.span));
        ClaimId::of([
            self.document.as_str().as_bytes(),
            self.proposition.kind().as_bytes(),
            self.proposition.code().unwrap_or_default().as_bytes(),
            &spans,
            self.attitude.as_str().as_bytes(),
            self.status.as_str().as_bytes(),
        ])
    }

    /// Every span of the claim, for checking against its document.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = vec![self.evidence.span];
        for party in self.actor.iter().chain(&self.recipient).chain(&self.via).chain(&self.asserter) {
            spans.extend(party.span);
        }
        spans.extend(self.places.iter().filter_map(|p| p.span));
        spans.extend(self.time.as_ref().and_then(|t| t.span));
        spans.extend(self.effects.iter().filter_map(|e| e.span));
        spans.extend(self.attribution.iter().filter_map(|a| a.span));
        spans.extend(self.links.iter().filter_map(|l| l.span));
        match &self.proposition {
            Proposition::Cause { cause, effect, .. } => spans.extend([cause.phrase.span, effect.phrase.span]),
            Proposition::Statement(quote) => spans.push(quote.phrase.span),
            Proposition::Commitment(c) => spans.extend(c.object.as_ref().map(|o| o.span)),
            _ => {}
        }
        spans
    }

    /// Whether the claim is of this document and all its spans slice its text cleanly.
    pub fn stands_in(&self, doc: &Document) -> bool {
        self.document == *doc.id() && self.spans().iter().all(|s| Span::new(doc.text(), s.start(), s.end()).is_ok())
    }
}
