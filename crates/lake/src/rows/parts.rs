//! Rows inside rows: parties, places, effects, sources, links, phrases.

use model::record::{
    AttributionRecord, CausalPartRecord, CountRecord, EffectRecord, LinkRecord, PartyRecord, PlaceIdsRecord,
    PlaceRecord, RowRecord, TermsRecord, TextAt, TimeRecord,
};
use model::{Span, Text, When};
use serde::{Deserialize, Serialize};

use crate::error::LakeError;

/// A party in a role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartyRow {
    mention: Option<String>,
    start: Option<i64>,
    end: Option<i64>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    country: Option<String>,
    pub(super) acts_as: Option<String>,
    based_in: Option<String>,
    sectors: Vec<String>,
}

/// A place of a happening.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceRow {
    mention: Option<String>,
    start: Option<i64>,
    end: Option<i64>,
    name: Option<String>,
    admin2: Option<String>,
    admin1: Option<String>,
    country: Option<String>,
    administered_by: Option<String>,
    claimed_by: Vec<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: Option<String>,
    radius_km: Option<f64>,
    geonames: Option<i64>,
    pcode: Option<String>,
    priogrid: Option<i64>,
}

/// An effect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EffectRow {
    kind: String,
    low: Option<f64>,
    high: Option<f64>,
    best: Option<f64>,
    of: Option<String>,
    party: Option<PartyRow>,
    category: Option<String>,
    part_of: Option<i64>,
    cumulative: bool,
    start: Option<i64>,
    end: Option<i64>,
}

/// A source in a chain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttributionRow {
    party: Option<PartyRow>,
    attitude: String,
    start: Option<i64>,
    end: Option<i64>,
}

/// The row of a data set that a claim was imported from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DataRow {
    dataset: String,
    release: Option<String>,
    file: String,
    line: i64,
    key: String,
    terms: String,
    restricted: bool,
    clarity: Option<i64>,
}

impl From<&RowRecord> for DataRow {
    fn from(row: &RowRecord) -> Self {
        Self {
            dataset: row.dataset.to_string(),
            release: string(row.release.as_ref()),
            file: row.file.to_string(),
            line: i64::try_from(row.line).unwrap_or(i64::MAX),
            key: row.key.to_string(),
            terms: row.terms.to_string(),
            restricted: row.restricted,
            clarity: row.clarity.map(i64::from),
        }
    }
}

impl From<DataRow> for RowRecord {
    fn from(row: DataRow) -> Self {
        Self {
            dataset: row.dataset.into(),
            release: row.release.map(Text::from),
            file: row.file.into(),
            line: u64::try_from(row.line).unwrap_or(0),
            key: row.key.into(),
            terms: row.terms.into(),
            restricted: row.restricted,
            clarity: row.clarity.and_then(|c| u8::try_from(c).ok()),
        }
    }
}

/// A link to another claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkRow {
    rel: String,
    claim: Option<String>,
    start: Option<i64>,
    end: Option<i64>,
    basis: String,
}

/// When it happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeRow {
    mention: Option<String>,
    start: Option<i64>,
    end: Option<i64>,
    from: Option<String>,
    to: Option<String>,
    granularity: String,
}

/// Words with their place; `claim` where they are a claim of their own, `direct` where they are a quotation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PhraseRow {
    start: i64,
    end: i64,
    text: String,
    claim: Option<String>,
}

/// A count.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CountRow {
    low: Option<f64>,
    high: Option<f64>,
    of: Option<String>,
}

/// Terms of a ceasefire.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TermsRow {
    act: Option<String>,
    form: Option<String>,
    from: Option<String>,
    to: Option<String>,
    duration_hours: Option<f64>,
    area: Option<String>,
    mediator: Option<String>,
}

/// A text of a record as a column has it.
fn string(text: Option<&Text>) -> Option<String> {
    text.map(ToString::to_string)
}

/// The bytes of a span, for two columns.
pub(super) fn ends(span: Option<Span>) -> (Option<i64>, Option<i64>) {
    let byte = |n: usize| i64::try_from(n).ok();
    (span.and_then(|s| byte(s.start())), span.and_then(|s| byte(s.end())))
}

/// A span from its two columns.
pub(super) fn span(start: Option<i64>, end: Option<i64>) -> Result<Option<Span>, LakeError> {
    match (start, end) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => {
            let byte = |n: i64| u32::try_from(n).map_err(|_| LakeError::stored("a span's byte", &n));
            Ok(Some(Span::from([byte(start)?, byte(end)?])))
        }
        half => Err(LakeError::stored("a span's two ends", &format!("{half:?}"))),
    }
}

/// A printed code or id from its column.
pub(super) fn code<T>(text: String) -> Result<T, LakeError>
where
    T: serde::de::DeserializeOwned,
{
    serde_json::from_value(serde_json::Value::String(text)).map_err(|e| LakeError::stored("a code or id", &e))
}

/// The same where there may be none.
pub(super) fn maybe<T: serde::de::DeserializeOwned>(text: Option<String>) -> Result<Option<T>, LakeError> {
    text.map(code).transpose()
}

pub(super) fn when(text: Option<String>) -> Result<Option<When>, LakeError> {
    text.map(|t| t.parse::<When>().map_err(|e| LakeError::stored("a date", &e))).transpose()
}

fn integer<T: TryFrom<i64>>(number: Option<i64>) -> Result<Option<T>, LakeError> {
    number.map(|n| T::try_from(n).map_err(|_| LakeError::stored("a whole number", &n))).transpose()
}

impl From<&PartyRecord> for PartyRow {
    fn from(party: &PartyRecord) -> Self {
        let (start, end) = ends(party.span);
        Self {
            mention: string(party.mention.as_ref()),
            start,
            end,
            id: party.id.as_ref().map(ToString::to_string),
            name: string(party.name.as_ref()),
            country: party.country.as_ref().map(ToString::to_string),
            acts_as: party.acts_as.as_ref().map(ToString::to_string),
            based_in: party.based_in.as_ref().map(ToString::to_string),
            sectors: party.sectors.iter().map(ToString::to_string).collect(),
        }
    }
}

impl TryFrom<PartyRow> for PartyRecord {
    type Error = LakeError;
    fn try_from(row: PartyRow) -> Result<Self, LakeError> {
        Ok(Self {
            mention: row.mention.map(Text::from),
            span: span(row.start, row.end)?,
            id: maybe(row.id)?,
            name: row.name.map(Text::from),
            country: maybe(row.country)?,
            acts_as: maybe(row.acts_as)?,
            based_in: maybe(row.based_in)?,
            sectors: row.sectors.into_iter().map(Text::from).collect(),
        })
    }
}

impl From<&PlaceRecord> for PlaceRow {
    fn from(place: &PlaceRecord) -> Self {
        let (start, end) = ends(place.span);
        Self {
            mention: string(place.mention.as_ref()),
            start,
            end,
            name: string(place.name.as_ref()),
            admin2: string(place.admin2.as_ref()),
            admin1: string(place.admin1.as_ref()),
            country: place.country.as_ref().map(ToString::to_string),
            administered_by: place.administered_by.as_ref().map(ToString::to_string),
            claimed_by: place.claimed_by.iter().map(ToString::to_string).collect(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision.map(|p| p.as_str().to_owned()),
            radius_km: place.radius_km,
            geonames: place.ids.geonames.map(i64::from),
            pcode: string(place.ids.pcode.as_ref()),
            priogrid: place.ids.priogrid.map(i64::from),
        }
    }
}

impl TryFrom<PlaceRow> for PlaceRecord {
    type Error = LakeError;
    fn try_from(row: PlaceRow) -> Result<Self, LakeError> {
        Ok(Self {
            mention: row.mention.map(Text::from),
            span: span(row.start, row.end)?,
            name: row.name.map(Text::from),
            admin2: row.admin2.map(Text::from),
            admin1: row.admin1.map(Text::from),
            country: maybe(row.country)?,
            administered_by: maybe(row.administered_by)?,
            claimed_by: row.claimed_by.into_iter().map(code).collect::<Result<_, _>>()?,
            lat: row.lat,
            lon: row.lon,
            precision: maybe(row.precision)?,
            radius_km: row.radius_km,
            ids: PlaceIdsRecord {
                geonames: integer(row.geonames)?,
                pcode: row.pcode.map(Text::from),
                priogrid: integer(row.priogrid)?,
            },
        })
    }
}

impl From<&EffectRecord> for EffectRow {
    fn from(effect: &EffectRecord) -> Self {
        let (start, end) = ends(effect.span);
        Self {
            kind: effect.kind.as_str().to_owned(),
            low: effect.low,
            high: effect.high,
            best: effect.best,
            of: effect.of.clone(),
            party: effect.party.as_ref().map(PartyRow::from),
            category: effect.category.map(|c| c.as_str().to_owned()),
            part_of: effect.part_of.and_then(|n| i64::try_from(n).ok()),
            cumulative: effect.cumulative,
            start,
            end,
        }
    }
}

impl TryFrom<EffectRow> for EffectRecord {
    type Error = LakeError;
    fn try_from(row: EffectRow) -> Result<Self, LakeError> {
        Ok(Self {
            kind: code(row.kind)?,
            low: row.low,
            high: row.high,
            best: row.best,
            of: row.of,
            party: row.party.map(PartyRecord::try_from).transpose()?,
            category: maybe(row.category)?,
            part_of: integer(row.part_of)?,
            cumulative: row.cumulative,
            span: span(row.start, row.end)?,
        })
    }
}

impl From<&AttributionRecord> for AttributionRow {
    fn from(source: &AttributionRecord) -> Self {
        let (start, end) = ends(source.span);
        let party = source.party.as_ref().map(PartyRow::from);
        Self { party, attitude: source.attitude.as_str().to_owned(), start, end }
    }
}

impl TryFrom<AttributionRow> for AttributionRecord {
    type Error = LakeError;
    fn try_from(row: AttributionRow) -> Result<Self, LakeError> {
        Ok(Self {
            party: row.party.map(PartyRecord::try_from).transpose()?,
            attitude: code(row.attitude)?,
            span: span(row.start, row.end)?,
        })
    }
}

impl From<&LinkRecord> for LinkRow {
    fn from(link: &LinkRecord) -> Self {
        let (start, end) = ends(link.span);
        Self {
            rel: link.rel.as_str().to_owned(),
            claim: link.claim.as_ref().map(ToString::to_string),
            start,
            end,
            basis: link.basis.as_str().to_owned(),
        }
    }
}

impl TryFrom<LinkRow> for LinkRecord {
    type Error = LakeError;
    fn try_from(row: LinkRow) -> Result<Self, LakeError> {
        Ok(Self {
            rel: code(row.rel)?,
            claim: maybe(row.claim)?,
            span: span(row.start, row.end)?,
            basis: code(row.basis)?,
        })
    }
}

impl From<&TimeRecord> for TimeRow {
    fn from(time: &TimeRecord) -> Self {
        let (start, end) = ends(time.span);
        Self {
            mention: time.mention.clone(),
            start,
            end,
            from: time.from.map(|w| w.to_string()),
            to: time.to.map(|w| w.to_string()),
            granularity: time.granularity.as_str().to_owned(),
        }
    }
}

impl TryFrom<TimeRow> for TimeRecord {
    type Error = LakeError;
    fn try_from(row: TimeRow) -> Result<Self, LakeError> {
        Ok(Self {
            mention: row.mention,
            span: span(row.start, row.end)?,
            from: when(row.from)?,
            to: when(row.to)?,
            granularity: code(row.granularity)?,
        })
    }
}

impl PhraseRow {
    fn new(at: Span, text: &str, claim: Option<String>) -> Self {
        let (start, end) = ends(Some(at));
        Self { start: start.unwrap_or_default(), end: end.unwrap_or_default(), text: text.to_owned(), claim }
    }

    /// The words again, with their span.
    pub(super) fn text_at(self) -> Result<TextAt, LakeError> {
        let Some(span) = span(Some(self.start), Some(self.end))? else {
            return Err(LakeError::stored("a span", &self.text));
        };
        Ok(TextAt { span, text: self.text })
    }
}

impl From<&TextAt> for PhraseRow {
    fn from(words: &TextAt) -> Self {
        Self::new(words.span, &words.text, None)
    }
}

impl From<&CausalPartRecord> for PhraseRow {
    fn from(part: &CausalPartRecord) -> Self {
        Self::new(part.span, &part.text, part.claim.as_ref().map(ToString::to_string))
    }
}

impl TryFrom<PhraseRow> for CausalPartRecord {
    type Error = LakeError;
    fn try_from(mut row: PhraseRow) -> Result<Self, LakeError> {
        let claim = maybe(row.claim.take())?;
        let TextAt { span, text } = row.text_at()?;
        Ok(Self { span, text, claim })
    }
}

impl From<&CountRecord> for CountRow {
    fn from(count: &CountRecord) -> Self {
        Self { low: count.low, high: count.high, of: count.of.clone() }
    }
}

impl From<CountRow> for CountRecord {
    fn from(row: CountRow) -> Self {
        Self { low: row.low, high: row.high, of: row.of }
    }
}

impl From<&TermsRecord> for TermsRow {
    fn from(terms: &TermsRecord) -> Self {
        let day = |when: Option<When>| when.map(|w| w.to_string());
        let TermsRecord { act, form, from, to, duration_hours, area, mediator } = terms.clone();
        Self { act, form, from: day(from), to: day(to), duration_hours, area, mediator }
    }
}

impl TryFrom<TermsRow> for TermsRecord {
    type Error = LakeError;
    fn try_from(row: TermsRow) -> Result<Self, LakeError> {
        let TermsRow { act, form, from, to, duration_hours, area, mediator } = row;
        Ok(Self { act, form, from: when(from)?, to: when(to)?, duration_hours, area, mediator })
    }
}
