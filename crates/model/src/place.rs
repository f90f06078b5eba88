//! A place as a claim names it: where the thing happened, and how exactly that is known.

use crate::codes::Precision;
use crate::id::CountryCode;
use crate::span::Span;

/// Where something happened. A name that no gazetteer holds keeps its mention and nothing else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The words.
    pub mention: Option<String>,
    /// Where the words stand.
    pub span: Option<Span>,
    /// The gazetteer's name.
    pub name: Option<String>,
    /// Second-order division (district).
    pub admin2: Option<String>,
    /// First-order division (province).
    pub admin1: Option<String>,
    /// Country.
    pub country: Option<CountryCode>,
    /// Who administers it, where that is disputed.
    pub administered_by: Option<CountryCode>,
    /// Who claims it, where that is disputed.
    pub claimed_by: Vec<CountryCode>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// How exactly the place is known.
    pub precision: Option<Precision>,
    /// Radius in kilometres within which the place lies.
    pub radius_km: Option<f64>,
    /// Ids in other gazetteers.
    pub ids: PlaceIds,
}

/// Ids of a place elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceIds {
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// OCHA P-code.
    pub pcode: Option<String>,
    /// PRIO-GRID cell.
    pub priogrid: Option<u32>,
}
