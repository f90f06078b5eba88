//! Rows of the neighbours' event data sets: which sets there are, their columns, and one row of such a table.
//!
//! A [`Row`] borrows everything: it points into the text of the rows and hands out cells in the data set's own order
//! of columns, whatever the order in the file. What a cell means is for the crosswalk to say; how rows are found in
//! bytes, for the reader.

use std::fmt;
use std::str::FromStr;

/// An event data set that can be read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dataset {
    /// UCDP's Georeferenced Event Dataset, its candidate releases and the copies on HDX.
    Ged,
    /// An export of the Armed Conflict Location and Event Data.
    Acled,
    /// The events of GDELT 2.0.
    Gdelt,
    /// The mentions of GDELT 2.0: in which articles an event was found.
    GdeltMentions,
    /// POLECAT, coded in PLOVER.
    Polecat,
    /// ICEWS, coded in CAMEO.
    Icews,
}

/// UCDP GED, 49 columns.
const GED: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// ACLED since March 2023, 31 columns, and the four of population that an export may carry.
const ACLED: [&str; 35] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
    "population_1km",
    "population_2km",
    "population_5km",
    "population_best",
];

/// GDELT 2.0 events, 61 columns, without a header.
const GDELT: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// GDELT 2.0 mentions, 16 columns, without a header.
const GDELT_MENTIONS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// POLECAT, 40 columns.
const POLECAT: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Event Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// ICEWS, 20 columns.
const ICEWS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// A word that names no data set.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{0}` is no data set; the data sets are: ged acled gdelt gdelt-mentions polecat icews")]
pub struct UnknownDataset(String);

impl Dataset {
    /// Every data set.
    pub const ALL: [Dataset; 6] =
        [Dataset::Ged, Dataset::Acled, Dataset::Gdelt, Dataset::GdeltMentions, Dataset::Polecat, Dataset::Icews];

    /// The word by which it is asked for and kept in claims.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ged => "ged",
            Self::Acled => "acled",
            Self::Gdelt => "gdelt",
            Self::GdeltMentions => "gdelt-mentions",
            Self::Polecat => "polecat",
            Self::Icews => "icews",
        }
    }

    /// Its name in prose, which is also the publisher of documents made of its rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ged => "UCDP GED",
            Self::Acled => "ACLED",
            Self::Gdelt => "GDELT",
            Self::GdeltMentions => "GDELT mentions",
            Self::Polecat => "POLECAT",
            Self::Icews => "ICEWS",
        }
    }

    /// Its columns, in its own order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Ged => &GED,
            Self::Acled => &ACLED,
            Self::Gdelt => &GDELT,
            Self::GdeltMentions => &GDELT_MENTIONS,
            Self::Polecat => &POLECAT,
            Self::Icews => &ICEWS,
        }
    }

    /// How many of its columns stand in every file; the others may be left out.
    pub const fn fixed_columns(self) -> usize {
        match self {
            Self::Acled => 31,
            other => other.columns().len(),
        }
    }

    /// The place of a column, for constants: a name that is no column stops the build.
    pub const fn column(self, name: &str) -> usize {
        let columns = self.columns();
        let mut i = 0;
        while i < columns.len() {
            if same(columns[i], name) {
                return i;
            }
            i += 1;
        }
        panic!("no such column in the data set")
    }

    /// The columns without which a row says nothing that can be taken.
    pub const fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Ged => &["id", "side_a", "date_start", "best"],
            Self::Acled => &["event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1"],
            Self::Gdelt => &["GLOBALEVENTID", "SQLDATE", "EventCode"],
            Self::GdeltMentions => &["GLOBALEVENTID", "MentionSourceName"],
            Self::Polecat => &["Event ID", "Event Date", "Event Type"],
            Self::Icews => &["Event ID", "Event Date", "CAMEO Code"],
        }
    }

    /// Another name under which a column is found.
    pub const fn other_name(self, found: &str) -> Option<&'static str> {
        match self {
            Self::Polecat if same(found, "Intensity") => Some("Event Intensity"),
            _ => None,
        }
    }

    /// What its terms of use ask, as kept with every claim.
    pub fn terms(self) -> &'static str {
        match self {
            Self::Ged => "CC BY 4.0; cite UCDP GED",
            Self::Acled => "ACLED terms of use: no redistribution",
            Self::Gdelt | Self::GdeltMentions => "free with citation of the GDELT Project",
            // Said on their Dataverse pages when last seen; the user's own copy decides.
            Self::Polecat | Self::Icews => "CC0 1.0 as stated on Harvard Dataverse; see the terms of your copy",
        }
    }

    /// Whether these terms keep its rows out of exports, briefs and comparisons.
    pub fn is_restricted(self) -> bool {
        self == Self::Acled
    }
}

/// Equality of strings in constants.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Dataset {
    type Err = UnknownDataset;

    fn from_str(text: &str) -> Result<Self, UnknownDataset> {
        Self::ALL.into_iter().find(|d| d.as_str() == text).ok_or_else(|| UnknownDataset(text.to_owned()))
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line on which it starts, from 1.
    pub line: u64,
    /// The row as it stands in the file, without its line end.
    pub raw: &'a str,
    cells: &'a str,
    places: &'a [[u32; 2]],
}

impl<'a> Row<'a> {
    /// A row whose cells lie at these places of `cells`, one place for each column of the data set in its order;
    /// `[0, 0]` where the file has no such column.
    pub fn new(line: u64, raw: &'a str, cells: &'a str, places: &'a [[u32; 2]]) -> Self {
        Self { line, raw, cells, places }
    }

    /// The cell of a column, by the column's place in [`Dataset::columns`]; empty where the file has none.
    #[inline]
    pub fn cell(self, column: usize) -> &'a str {
        self.places
            .get(column)
            .and_then(|&[start, end]| self.cells.get(start as usize..end as usize))
            .unwrap_or_default()
    }
}

/// A row that could not be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct RowFault {
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Why.
    pub why: String,
}

impl RowFault {
    /// A fault of the row that starts on this line.
    pub fn new(line: u64, why: impl Into<String>) -> Self {
        Self { line, why: why.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_the_codebooks() {
        let counts = Dataset::ALL.map(Dataset::fixed_columns);
        assert_eq!(counts, [49, 31, 61, 16, 40, 20]);
        for dataset in Dataset::ALL {
            assert_eq!(dataset.as_str().parse::<Dataset>().unwrap(), dataset);
            for needed in dataset.needed() {
                assert!(dataset.columns().contains(needed), "{dataset} {needed}");
            }
        }
        assert_eq!(Dataset::Ged.column("best"), 44);
    }

    #[test]
    fn cells_are_found_by_column() {
        let row = Row::new(7, "x,y", "x,y", &[[2, 3], [0, 0], [0, 1]]);
        assert_eq!([row.cell(0), row.cell(1), row.cell(2), row.cell(9)], ["y", "", "x", ""]);
    }
}
