//! Claims made up in a few words, for tests, measures and examples.

use model::record::{
    AttributionRecord, ClaimRecord, EffectRecord, LinkRecord, PartyRecord, PlaceIdsRecord, PlaceRecord, RowRecord,
    TextAt, TimeRecord,
};
use model::time::Granularity;
use model::{
    Attitude, Basis, Category, ClaimId, CountryCode, DocumentId, EffectKind, PartyId, Precision, Rel, RunId, Span,
    Status, When,
};

/// A claim in the making; see the methods for what can be said of it.
#[derive(Clone, Debug)]
pub struct Made(pub ClaimRecord);

/// The id of a made-up claim.
pub fn claim_id(name: &str) -> ClaimId {
    ClaimId::try_from(format!("clm_{name}")).expect("the prefix is there")
}

/// The id of a made-up document.
pub fn document_id(name: &str) -> DocumentId {
    DocumentId::try_from(format!("doc_{name}")).expect("the prefix is there")
}

/// An assault that occurred, told in its own document in that document's own voice; nothing else is known of it.
pub fn claim(name: &str) -> Made {
    let evidence = format!("evidence of {name}");
    let span = Span::new(&evidence, 0, evidence.len()).expect("a whole text");
    Made(ClaimRecord {
        id: claim_id(name),
        document: document_id(name),
        source_id: None,
        published: None,
        recorded: None,
        run: RunId::try_from("run_made".to_owned()).expect("the prefix is there"),
        kind: "event".into(),
        code: Some("ASSAULT".into()),
        modes: Vec::new(),
        contexts: Vec::new(),
        reciprocal: false,
        direction: None,
        actor: Vec::new(),
        recipient: Vec::new(),
        via: Vec::new(),
        places: Vec::new(),
        time: None,
        effects: Vec::new(),
        status: Status::Occurred,
        asserter: None,
        attitude: Attitude::Asserts,
        attribution: Vec::new(),
        links: Vec::new(),
        count: None,
        cause: None,
        effect: None,
        polarity: None,
        quote: None,
        instrument: None,
        object: None,
        terms: None,
        evidence: TextAt { span, text: evidence },
        confidence: 1.0,
        coder: "made/1".into(),
        row: None,
    })
}

/// A party by its id in the catalogue or, if it is none, as it is mentioned.
pub fn party(id: &str) -> PartyRecord {
    let known = PartyId::new(id).ok();
    PartyRecord {
        mention: if known.is_some() { None } else { Some(id.into()) },
        span: None,
        name: None,
        id: known,
        country: None,
        acts_as: None,
        based_in: None,
        sectors: Vec::new(),
    }
}

/// A place of a country, of which nothing else is known.
pub fn place(country: &str, precision: Precision) -> PlaceRecord {
    PlaceRecord {
        mention: None,
        span: None,
        name: None,
        admin2: None,
        admin1: None,
        country: CountryCode::new(country).ok(),
        administered_by: None,
        claimed_by: Vec::new(),
        lat: None,
        lon: None,
        precision: Some(precision),
        radius_km: None,
        ids: PlaceIdsRecord { geonames: None, pcode: None, priogrid: None },
    }
}

/// So many, of a kind.
pub fn effect(kind: EffectKind, low: f64, high: f64) -> EffectRecord {
    EffectRecord {
        kind,
        low: Some(low),
        high: Some(high),
        best: None,
        of: None,
        party: None,
        category: None,
        part_of: None,
        cumulative: false,
        span: None,
    }
}

fn when(text: &str) -> When {
    text.parse().expect("a date")
}

#[expect(clippy::return_self_not_must_use, reason = "what is made and thrown away does no harm")]
impl Made {
    /// Of another type.
    pub fn code(mut self, code: &str) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// Stands in a document.
    pub fn in_document(mut self, name: &str) -> Self {
        self.0.document = document_id(name);
        self
    }

    /// In these words.
    pub fn words(mut self, words: &str) -> Self {
        let span = Span::new(words, 0, words.len()).expect("a whole text");
        self.0.evidence = TextAt { span, text: words.to_owned() };
        self
    }

    /// In a report of a day.
    pub fn published(mut self, day: &str) -> Self {
        self.0.published = Some(when(day));
        self
    }

    /// On one day.
    pub fn on(self, day: &str) -> Self {
        self.between(day, day)
    }

    /// From one day to another.
    pub fn between(mut self, from: &str, to: &str) -> Self {
        let granularity = if from == to { Granularity::Day } else { Granularity::Range };
        let (from, to) = (Some(when(from)), Some(when(to)));
        self.0.time = Some(TimeRecord { mention: None, span: None, from, to, granularity });
        self
    }

    /// At a place.
    pub fn place(mut self, place: PlaceRecord) -> Self {
        self.0.places.push(place);
        self
    }

    /// In a town of a province, at coordinates.
    pub fn town(self, country: &str, admin1: &str, name: &str, at: (f64, f64)) -> Self {
        self.place(PlaceRecord {
            name: Some(name.into()),
            admin1: Some(admin1.into()),
            lat: Some(at.0),
            lon: Some(at.1),
            ..place(country, Precision::Settlement)
        })
    }

    /// In a province.
    pub fn province(self, country: &str, name: &str) -> Self {
        self.place(PlaceRecord { admin1: Some(name.into()), ..place(country, Precision::Admin1) })
    }

    /// By a party.
    pub fn by(mut self, id: &str) -> Self {
        self.0.actor.push(party(id));
        self
    }

    /// On a party.
    pub fn against(mut self, id: &str) -> Self {
        self.0.recipient.push(party(id));
        self
    }

    /// Both sides, in no order.
    pub fn undirected(mut self) -> Self {
        self.0.direction = Some("none".into());
        self
    }

    /// So many killed.
    pub fn killed(self, number: f64) -> Self {
        self.with(effect(EffectKind::Killed, number, number))
    }

    /// So many civilians killed.
    pub fn civilians_killed(self, number: f64) -> Self {
        self.with(EffectRecord { category: Some(Category::Civilian), ..effect(EffectKind::Killed, number, number) })
    }

    /// With an effect.
    pub fn with(mut self, effect: EffectRecord) -> Self {
        self.0.effects.push(effect);
        self
    }

    /// In a mode.
    pub fn mode(mut self, mode: &str) -> Self {
        self.0.modes.push(mode.into());
        self
    }

    /// Said by a party, with an attitude; the chain of sources ends with it.
    pub fn said_by(mut self, id: &str, attitude: Attitude) -> Self {
        self.0.asserter = Some(party(id));
        self.0.attitude = attitude;
        self.0.attribution.push(AttributionRecord { party: Some(party(id)), attitude, span: None });
        self
    }

    /// With an attitude.
    pub fn attitude(mut self, attitude: Attitude) -> Self {
        self.0.attitude = attitude;
        self
    }

    /// Of a status.
    pub fn status(mut self, status: Status) -> Self {
        self.0.status = status;
        self
    }

    /// Linked as telling of the same happening.
    pub fn same_as(mut self, name: &str) -> Self {
        let claim = Some(claim_id(name));
        self.0.links.push(LinkRecord { rel: Rel::SameHappening, claim, span: None, basis: Basis::Stated });
        self
    }

    /// A row of a release of a data set.
    pub fn row(mut self, dataset: &str, release: &str, key: &str) -> Self {
        self.0.row = Some(RowRecord {
            dataset: dataset.into(),
            release: Some(release.into()),
            file: format!("{dataset}.csv").into(),
            line: 1,
            key: key.into(),
            terms: "made up".into(),
            restricted: false,
            clarity: None,
        });
        self
    }
}
