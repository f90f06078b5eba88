//! A claim's row: the record, with columns besides that questions filter on.

use model::record::{
    AttributionRecord, CausalPartRecord, ClaimRecord, EffectRecord, LinkRecord, PartyRecord, PlaceRecord, QuoteRecord,
    RowRecord, TermsRecord, TimeRecord,
};
use model::{PartyId, Text, When};
use serde::{Deserialize, Serialize};

use super::parts::{
    AttributionRow, CountRow, DataRow, EffectRow, LinkRow, PartyRow, PhraseRow, PlaceRow, TermsRow, TimeRow, code,
    maybe, when,
};
use crate::error::LakeError;
use crate::moment::{Moment, days};

/// A claim as stored. Fields without a comment are those of the record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the record, but where a comment says otherwise")]
pub struct ClaimRow {
    pub id: String,
    pub document: String,
    pub source_id: Option<String>,
    pub published: Option<String>,
    /// The day of `published`.
    pub published_day: Option<i32>,
    /// The moment of `published`, where it names an hour.
    pub published_at: Option<Moment>,
    /// Who published the document, so that no join is needed to ask.
    pub publisher: Option<String>,
    pub recorded: Moment,
    pub run: String,
    /// The batch of documents that it was kept with.
    pub batch: i64,
    pub kind: String,
    pub r#type: Option<String>,
    pub modes: Vec<String>,
    pub contexts: Vec<String>,
    pub reciprocal: bool,
    pub direction: Option<String>,
    pub status: String,
    pub attitude: String,
    /// Ids of actors, recipients and intermediaries, and of what these act as, each with its wholes: PAK.MIL and PAK.
    pub about: Vec<String>,
    /// Countries of the places.
    pub countries: Vec<String>,
    /// First and last day of `time`.
    pub from_day: Option<i32>,
    pub to_day: Option<i32>,
    /// Killed, all totals together, parts left out; null where no death is told.
    pub killed_low: Option<f64>,
    pub killed_high: Option<f64>,
    pub asserter: Option<PartyRow>,
    pub actor: Vec<PartyRow>,
    pub recipient: Vec<PartyRow>,
    pub via: Vec<PartyRow>,
    pub places: Vec<PlaceRow>,
    pub time: Option<TimeRow>,
    pub effects: Vec<EffectRow>,
    pub attribution: Vec<AttributionRow>,
    pub links: Vec<LinkRow>,
    pub count: Option<CountRow>,
    pub cause: Option<PhraseRow>,
    pub effect: Option<PhraseRow>,
    pub polarity: Option<String>,
    pub quote: Option<PhraseRow>,
    /// Whether the quotation is direct.
    pub quote_direct: Option<bool>,
    pub instrument: Option<String>,
    pub object: Option<PhraseRow>,
    pub terms: Option<TermsRow>,
    pub evidence: PhraseRow,
    pub confidence: f64,
    pub coder: String,
    /// The ids of `about` in one text, a space before and after each: asked ten times as fast as a list.
    #[serde(default)]
    pub about_key: Option<String>,
    #[serde(default)]
    pub row: Option<DataRow>,
}

impl ClaimRow {
    /// The row of a record that is kept at `recorded` in `batch`, of a document of this publisher.
    pub fn new(record: &ClaimRecord, publisher: Option<&str>, recorded: Moment, batch: i64) -> Self {
        let (killed_low, killed_high) = killed(record);
        let parties = |role: &[PartyRecord]| role.iter().map(PartyRow::from).collect();
        let mut countries: Vec<String> =
            record.places.iter().filter_map(|p| p.country.as_ref().map(ToString::to_string)).collect();
        countries.sort_unstable();
        countries.dedup();
        let about = about(record);
        let day = |pick: fn(&TimeRecord) -> Option<When>| record.time.as_ref().and_then(pick).map(|w| days(w.date()));
        Self {
            id: record.id.to_string(),
            document: record.document.to_string(),
            source_id: record.source_id.as_ref().map(ToString::to_string),
            published: record.published.map(|p| p.to_string()),
            published_day: record.published.map(|p| days(p.date())),
            published_at: record.published.and_then(Moment::of_hour),
            publisher: publisher.map(str::to_owned),
            recorded,
            run: record.run.to_string(),
            batch,
            kind: record.kind.to_string(),
            r#type: record.code.as_ref().map(ToString::to_string),
            modes: record.modes.iter().map(ToString::to_string).collect(),
            contexts: record.contexts.iter().map(ToString::to_string).collect(),
            reciprocal: record.reciprocal,
            direction: record.direction.as_ref().map(ToString::to_string),
            status: record.status.as_str().to_owned(),
            attitude: record.attitude.as_str().to_owned(),
            about_key: Some(format!(" {} ", about.join(" "))),
            about,
            countries,
            from_day: day(|t| t.from),
            to_day: day(|t| t.to),
            killed_low,
            killed_high,
            asserter: record.asserter.as_ref().map(PartyRow::from),
            actor: parties(&record.actor),
            recipient: parties(&record.recipient),
            via: parties(&record.via),
            places: record.places.iter().map(PlaceRow::from).collect(),
            time: record.time.as_ref().map(TimeRow::from),
            effects: record.effects.iter().map(EffectRow::from).collect(),
            attribution: record.attribution.iter().map(AttributionRow::from).collect(),
            links: record.links.iter().map(LinkRow::from).collect(),
            count: record.count.as_ref().map(CountRow::from),
            cause: record.cause.as_ref().map(PhraseRow::from),
            effect: record.effect.as_ref().map(PhraseRow::from),
            polarity: record.polarity.map(|p| p.as_str().to_owned()),
            quote: record
                .quote
                .as_ref()
                .map(|q| PhraseRow::from(&model::record::TextAt { span: q.span, text: q.text.clone() })),
            quote_direct: record.quote.as_ref().map(|q| q.direct),
            instrument: record.instrument.clone().flatten(),
            object: record.object.as_ref().and_then(|o| o.as_ref().map(PhraseRow::from)),
            terms: record.terms.as_ref().map(TermsRow::from),
            evidence: PhraseRow::from(&record.evidence),
            confidence: record.confidence,
            coder: record.coder.to_string(),
            row: record.row.as_ref().map(DataRow::from),
        }
    }
}

impl TryFrom<ClaimRow> for ClaimRecord {
    type Error = LakeError;

    fn try_from(row: ClaimRow) -> Result<Self, LakeError> {
        fn all<A, B: TryFrom<A, Error = LakeError>>(rows: Vec<A>) -> Result<Vec<B>, LakeError> {
            rows.into_iter().map(B::try_from).collect()
        }
        let quote = match (row.quote, row.quote_direct) {
            (Some(words), direct) => {
                let words = words.text_at()?;
                Some(QuoteRecord { span: words.span, text: words.text, direct: direct.unwrap_or(false) })
            }
            (None, _) => None,
        };
        // A commitment has these two fields, be they empty; no other kind has them.
        let committed = row.kind == "commitment";
        let object = row.object.map(PhraseRow::text_at).transpose()?;
        Ok(Self {
            id: code(row.id)?,
            document: code(row.document)?,
            source_id: row.source_id.map(Text::from),
            published: when(row.published)?,
            recorded: Some(row.recorded.when()),
            run: code(row.run)?,
            kind: row.kind.into(),
            code: row.r#type.map(Text::from),
            modes: row.modes.into_iter().map(Text::from).collect(),
            contexts: row.contexts.into_iter().map(Text::from).collect(),
            reciprocal: row.reciprocal,
            direction: row.direction.map(Text::from),
            actor: all::<_, PartyRecord>(row.actor)?,
            recipient: all::<_, PartyRecord>(row.recipient)?,
            via: all::<_, PartyRecord>(row.via)?,
            places: all::<_, PlaceRecord>(row.places)?,
            time: row.time.map(TimeRecord::try_from).transpose()?,
            effects: all::<_, EffectRecord>(row.effects)?,
            status: code(row.status)?,
            asserter: row.asserter.map(PartyRecord::try_from).transpose()?,
            attitude: code(row.attitude)?,
            attribution: all::<_, AttributionRecord>(row.attribution)?,
            links: all::<_, LinkRecord>(row.links)?,
            count: row.count.map(Into::into),
            cause: row.cause.map(CausalPartRecord::try_from).transpose()?,
            effect: row.effect.map(CausalPartRecord::try_from).transpose()?,
            polarity: maybe(row.polarity)?,
            quote,
            instrument: committed.then_some(row.instrument),
            object: committed.then_some(object),
            terms: row.terms.map(TermsRecord::try_from).transpose()?,
            evidence: row.evidence.text_at()?,
            confidence: row.confidence,
            coder: row.coder.into(),
            row: row.row.map(RowRecord::from),
        })
    }
}

/// Every id that a question about a party would want this claim for.
fn about(record: &ClaimRecord) -> Vec<String> {
    let roles = record.actor.iter().chain(&record.recipient).chain(&record.via);
    let ids = roles.flat_map(|p| p.id.iter().chain(&p.acts_as));
    let mut about: Vec<String> = ids.flat_map(wholes).collect();
    about.sort_unstable();
    about.dedup();
    about
}

/// An id and the ids that it is a part of: PAK.MIL.NAVY, PAK.MIL, PAK.
fn wholes(id: &PartyId) -> impl Iterator<Item = String> {
    let id = id.as_str();
    let dots: Vec<usize> = id.match_indices('.').map(|(at, _)| at).collect();
    dots.into_iter().chain([id.len()]).map(|end| id[..end].to_owned()).collect::<Vec<_>>().into_iter()
}

/// Bounds on the dead that a claim tells of; a running toll where it gives one.
fn killed(record: &ClaimRecord) -> (Option<f64>, Option<f64>) {
    let total = model::toll::total(&record.effects, model::EffectKind::Killed);
    total.map_or((None, None), |total| (total.low, total.high))
}
