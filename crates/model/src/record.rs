//! The JSON of the public contract: one struct a record, converted explicitly from the nouns.

use serde::{Deserialize, Serialize};

use crate::Text;
use crate::claim::{Attribution, CausalPart, Claim, Effect, Link, Party, Phrase, Proposition, Terms};
use crate::codes::{Attitude, Basis, Category, EffectKind, Polarity, Precision, Rel, Status};
use crate::document::Document;
use crate::id::{ClaimId, CountryCode, DocumentId, PartyId, RunId};
use crate::place::Place;
use crate::span::Span;
use crate::time::{Granularity, Time, When};

/// A document as printed.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the document and of the contract")]
pub struct DocumentRecord {
    pub id: DocumentId,
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<When>,
    pub recorded: Option<When>,
    pub language: Option<String>,
    pub text: String,
    pub copy_of: Option<DocumentId>,
    pub problems: Vec<ProblemRecord>,
}

/// A problem as printed.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "see the problem")]
pub struct ProblemRecord {
    pub kind: &'static str,
    pub detail: String,
}

impl From<&Document> for DocumentRecord {
    fn from(doc: &Document) -> Self {
        Self {
            id: doc.id().clone(),
            source_id: doc.source_id.clone(),
            url: doc.url.clone(),
            title: doc.title.clone(),
            publisher: doc.publisher.clone(),
            published: doc.published,
            recorded: doc.recorded,
            language: doc.language.clone(),
            text: doc.text().to_owned(),
            copy_of: doc.copy_of.clone(),
            problems: doc
                .problems
                .iter()
                .map(|p| ProblemRecord { kind: p.kind.as_str(), detail: p.detail.clone() })
                .collect(),
        }
    }
}

/// A claim as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the claim and of the contract")]
pub struct ClaimRecord {
    pub id: ClaimId,
    pub document: DocumentId,
    pub source_id: Option<Text>,
    pub published: Option<When>,
    pub recorded: Option<When>,
    pub run: RunId,
    pub kind: Text,
    #[serde(rename = "type")]
    pub code: Option<Text>,
    pub modes: Vec<Text>,
    pub contexts: Vec<Text>,
    pub reciprocal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Text>,
    pub actor: Vec<PartyRecord>,
    pub recipient: Vec<PartyRecord>,
    pub via: Vec<PartyRecord>,
    pub places: Vec<PlaceRecord>,
    pub time: Option<TimeRecord>,
    pub effects: Vec<EffectRecord>,
    pub status: Status,
    pub asserter: Option<PartyRecord>,
    pub attitude: Attitude,
    pub attribution: Vec<AttributionRecord>,
    pub links: Vec<LinkRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<CountRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<CausalPartRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<CausalPartRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<QuoteRecord>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Option<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub object: Option<Option<TextAt>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsRecord>,
    pub evidence: TextAt,
    pub confidence: f64,
    pub coder: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowRecord>,
}

/// The row of a data set that a claim was imported from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRecord {
    /// The data set: `ged`, `acled`, `gdelt`, `polecat`, `icews`.
    pub dataset: Text,
    /// Its release, as the importer was told or the file says.
    pub release: Option<Text>,
    /// The file's name.
    pub file: Text,
    /// The line on which the row starts, from 1.
    pub line: u64,
    /// What tells the row apart in its data set.
    pub key: Text,
    /// Terms of use of the data set.
    pub terms: Text,
    /// Whether these terms keep the row out of exports, briefs and comparisons.
    pub restricted: bool,
    /// UCDP's clarity of the event: 1 clear, 2 summed up.
    pub clarity: Option<u8>,
}

/// A field that is there, be it null: a commitment without a named instrument says so with `null`, and reads back so.
#[expect(clippy::option_option, reason = "left out, null and given are three things in the contract")]
fn present<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct TextAt {
    pub span: Span,
    pub text: String,
}

/// One side of a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct CausalPartRecord {
    pub span: Span,
    pub text: String,
    pub claim: Option<ClaimId>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct QuoteRecord {
    pub span: Span,
    pub text: String,
    pub direct: bool,
}

/// A count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct CountRecord {
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub of: Option<String>,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct PartyRecord {
    pub mention: Option<Text>,
    pub span: Option<Span>,
    pub id: Option<PartyId>,
    pub name: Option<Text>,
    pub country: Option<CountryCode>,
    pub acts_as: Option<PartyId>,
    pub based_in: Option<CountryCode>,
    pub sectors: Vec<Text>,
}

impl PartyRecord {
    /// The polity or group that it is or acts as: `AFG` for its army, and for the movement that governs it.
    pub fn whole(&self) -> Option<&str> {
        self.acts_as.as_ref().or(self.id.as_ref()).map(PartyId::root)
    }

    /// Its name, or the words for it where these are a name: "M23 rebels", not "Militants", whose capital may be its
    /// sentence's.
    pub fn proper_name(&self) -> Option<&str> {
        let past_the_first = |words: &&str| words.chars().skip(1).any(char::is_uppercase);
        self.name.as_deref().or(self.mention.as_deref().filter(past_the_first))
    }
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct PlaceRecord {
    pub mention: Option<Text>,
    pub span: Option<Span>,
    pub name: Option<Text>,
    pub admin2: Option<Text>,
    pub admin1: Option<Text>,
    pub country: Option<CountryCode>,
    pub administered_by: Option<CountryCode>,
    pub claimed_by: Vec<CountryCode>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: Option<Precision>,
    pub radius_km: Option<f64>,
    pub ids: PlaceIdsRecord,
}

/// Ids of a place elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct PlaceIdsRecord {
    pub geonames: Option<u32>,
    pub pcode: Option<Text>,
    pub priogrid: Option<u32>,
}

/// A time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct TimeRecord {
    pub mention: Option<String>,
    pub span: Option<Span>,
    pub from: Option<When>,
    pub to: Option<When>,
    pub granularity: Granularity,
}

/// An effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct EffectRecord {
    pub kind: EffectKind,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub best: Option<f64>,
    pub of: Option<String>,
    pub party: Option<PartyRecord>,
    pub category: Option<Category>,
    pub part_of: Option<usize>,
    pub cumulative: bool,
    pub span: Option<Span>,
}

/// One source in a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct AttributionRecord {
    pub party: Option<PartyRecord>,
    pub attitude: Attitude,
    pub span: Option<Span>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct LinkRecord {
    pub rel: Rel,
    pub claim: Option<ClaimId>,
    pub span: Option<Span>,
    pub basis: Basis,
}

/// Terms of a ceasefire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see the contract")]
pub struct TermsRecord {
    pub act: Option<String>,
    pub form: Option<String>,
    pub from: Option<When>,
    pub to: Option<When>,
    pub duration_hours: Option<f64>,
    pub area: Option<String>,
    pub mediator: Option<String>,
}

impl From<&Claim> for ClaimRecord {
    fn from(claim: &Claim) -> Self {
        let parties = |role: &[Party]| role.iter().map(PartyRecord::from).collect();
        let mut record = Self {
            id: claim.id.clone(),
            document: claim.document.clone(),
            source_id: claim.source_id.as_ref().map(Text::from),
            published: claim.published,
            recorded: claim.recorded,
            run: claim.run.clone(),
            kind: Text::new_static(claim.proposition.kind()),
            code: claim.proposition.code().map(Text::new_static),
            modes: claim.modes.iter().map(Text::from).collect(),
            contexts: claim.contexts.iter().map(Text::from).collect(),
            reciprocal: claim.reciprocal,
            direction: claim.undirected.then(|| Text::new_static("none")),
            actor: parties(&claim.actor),
            recipient: parties(&claim.recipient),
            via: parties(&claim.via),
            places: claim.places.iter().map(PlaceRecord::from).collect(),
            time: claim.time.as_ref().map(TimeRecord::from),
            effects: claim.effects.iter().map(EffectRecord::from).collect(),
            status: claim.status,
            asserter: claim.asserter.as_ref().map(PartyRecord::from),
            attitude: claim.attitude,
            attribution: claim.attribution.iter().map(AttributionRecord::from).collect(),
            links: claim.links.iter().map(LinkRecord::from).collect(),
            count: None,
            cause: None,
            effect: None,
            polarity: None,
            quote: None,
            instrument: None,
            object: None,
            terms: None,
            evidence: TextAt::from(&claim.evidence),
            // Three decimals: more would show differences that mean nothing.
            confidence: (claim.confidence * 1000.0).round() / 1000.0,
            coder: Text::from(&claim.coder),
            row: None,
        };
        match &claim.proposition {
            Proposition::Event(_, terms) => record.terms = terms.as_ref().map(TermsRecord::from),
            Proposition::Tie(_) => {}
            Proposition::Figure(count) => {
                record.count = Some(CountRecord { low: count.low, high: count.high, of: count.of.clone() });
            }
            Proposition::Commitment(commitment) => {
                record.instrument = Some(commitment.instrument.clone());
                record.object = Some(commitment.object.as_ref().map(TextAt::from));
            }
            Proposition::Cause { cause, effect, polarity } => {
                record.cause = Some(cause.into());
                record.effect = Some(effect.into());
                record.polarity = Some(*polarity);
            }
            Proposition::Statement(quote) => {
                record.quote = Some(QuoteRecord {
                    span: quote.phrase.span,
                    text: quote.phrase.text.clone(),
                    direct: quote.direct,
                });
            }
        }
        record
    }
}

impl From<&Phrase> for TextAt {
    fn from(phrase: &Phrase) -> Self {
        Self { span: phrase.span, text: phrase.text.clone() }
    }
}

impl From<&CausalPart> for CausalPartRecord {
    fn from(part: &CausalPart) -> Self {
        Self { span: part.phrase.span, text: part.phrase.text.clone(), claim: part.claim.clone() }
    }
}

impl From<&Party> for PartyRecord {
    fn from(party: &Party) -> Self {
        Self {
            mention: party.mention.as_ref().map(Text::from),
            span: party.span,
            id: party.id.clone(),
            name: party.name.as_ref().map(Text::from),
            country: party.country,
            acts_as: party.acts_as.clone(),
            based_in: party.based_in,
            sectors: party.sectors.iter().map(Text::from).collect(),
        }
    }
}

impl From<&Place> for PlaceRecord {
    fn from(place: &Place) -> Self {
        let text = |words: &Option<String>| words.as_ref().map(Text::from);
        Self {
            mention: text(&place.mention),
            span: place.span,
            name: text(&place.name),
            admin2: text(&place.admin2),
            admin1: text(&place.admin1),
            country: place.country,
            administered_by: place.administered_by,
            claimed_by: place.claimed_by.clone(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
            radius_km: place.radius_km,
            ids: PlaceIdsRecord {
                geonames: place.ids.geonames,
                pcode: text(&place.ids.pcode),
                priogrid: place.ids.priogrid,
            },
        }
    }
}

impl From<&Time> for TimeRecord {
    fn from(time: &Time) -> Self {
        let Time { mention, span, from, to, granularity } = time.clone();
        Self { mention, span, from, to, granularity }
    }
}

impl From<&Effect> for EffectRecord {
    fn from(effect: &Effect) -> Self {
        Self {
            kind: effect.kind,
            low: effect.low,
            high: effect.high,
            best: effect.best,
            of: effect.of.clone(),
            party: effect.party.as_ref().map(PartyRecord::from),
            category: effect.category,
            part_of: effect.part_of,
            cumulative: effect.cumulative,
            span: effect.span,
        }
    }
}

impl From<&Attribution> for AttributionRecord {
    fn from(source: &Attribution) -> Self {
        Self { party: source.party.as_ref().map(PartyRecord::from), attitude: source.attitude, span: source.span }
    }
}

impl From<&Link> for LinkRecord {
    fn from(link: &Link) -> Self {
        Self { rel: link.rel, claim: link.claim.clone(), span: link.span, basis: link.basis }
    }
}

impl From<&Terms> for TermsRecord {
    fn from(terms: &Terms) -> Self {
        let Terms { act, form, from, to, duration_hours, area, mediator } = terms.clone();
        Self { act, form, from, to, duration_hours, area, mediator }
    }
}
