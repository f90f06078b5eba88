//! A lake of many made-up claims (seed fixed), and how long it takes to fill and to ask.
//!
//! `cargo run --release --package lake --example many_claims -- FOLDER 10000000`

use std::time::Instant;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use lake::{Address, AsOf, Filter, Lake, Pending, Writer};
use model::record::ClaimRecord;
use model::{ClaimId, Document, Metadata, RunId, When};
use serde_json::json;

const CLAIMS_A_DOCUMENT: usize = 10;
const DOCUMENTS_A_BATCH: usize = 20_000;
const TYPES: [&str; 8] = ["ASSAULT", "ACCUSE", "CONSULT", "COERCE", "THREATEN", "AGREE", "PROTEST", "REQUEST"];
const PARTIES: [&str; 24] = [
    "PAK.MIL",
    "PAK.GOV",
    "PAK",
    "AFG",
    "TALIBAN",
    "TTP",
    "IND",
    "IND.MIL",
    "USA",
    "CHN",
    "IRN",
    "UNO",
    "RUS",
    "RUS.MIL",
    "UKR",
    "UKR.MIL",
    "ISR.MIL",
    "HAMAS",
    "HEZBOLLAH",
    "SDN.MIL",
    "RSF",
    "COD.MIL",
    "M23",
    "RWA",
];
const COUNTRIES: [&str; 10] = ["PAK", "AFG", "IND", "UKR", "RUS", "ISR", "SDN", "COD", "YEM", "SYR"];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The first is the program itself.
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let wanted: usize = arguments.next().ok_or("how many claims?")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        fill(&folder, wanted).await?;
        ask(&folder).await
    })
}

/// Fills a lake, reports coming in by date over ten years.
async fn fill(folder: &str, wanted: usize) -> Result<(), Box<dyn std::error::Error>> {
    let run = RunId::of([b"made-up".as_slice()]);
    let lake = Lake::open_or_create(Address::parse(folder)?).await?;
    let mut writer = Writer::new(lake, run.clone(), Timestamp::now).await?;
    let template = template(&run);
    let mut random = Random(20_251_019);
    let (mut made, mut spent) = (0, std::time::Duration::ZERO);
    while made < wanted {
        let batch: Vec<Pending> = (0..DOCUMENTS_A_BATCH.min((wanted - made) / CLAIMS_A_DOCUMENT))
            .map(|i| {
                let days = (made + i * CLAIMS_A_DOCUMENT) * 3650 / wanted;
                let day = date(2015, 1, 1).saturating_add(i64::try_from(days).unwrap_or(0).days());
                report(&template, made + i, day, &mut random)
            })
            .collect();
        if batch.is_empty() {
            break;
        }
        let start = Instant::now();
        made += writer.keep(batch).await?.claims;
        spent += start.elapsed();
    }
    let mut lake = writer.into_lake();
    println!(
        "{made} claims appended in {:.1} s: {:.0} a second",
        spent.as_secs_f64(),
        made as f64 / spent.as_secs_f64()
    );
    let start = Instant::now();
    lake.compact().await?;
    println!("compacted in {:.1} s; {}", start.elapsed().as_secs_f64(), peak());
    Ok(())
}

async fn ask(folder: &str) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let lake = Lake::open(Address::parse(folder)?).await?;
    println!("opened in {:.3} s", start.elapsed().as_secs_f64());
    let month = Filter {
        kind: Some("event".to_owned()),
        about: vec!["TTP".to_owned().try_into()?],
        types: vec!["ASSAULT".to_owned()],
        from: Some(date(2019, 3, 1)),
        to: Some(date(2019, 3, 31)),
        ..Filter::default()
    };
    for _ in 0..5 {
        let start = Instant::now();
        let n = lake.few_claims(&AsOf::default(), &month).await?.len();
        println!("a filtered month, whole claims ({n}): {:.3} s", start.elapsed().as_secs_f64());
    }
    for (what, sql) in [
        (
            "a dyad's monthly series",
            "SELECT date_trunc('month', from_day) AS month, count(*) AS n, sum(killed_low) AS killed FROM claims \
             WHERE array_has(about, 'PAK') AND array_has(about, 'TTP') AND type = 'ASSAULT' GROUP BY 1 ORDER BY 1",
        ),
        (
            "a full aggregate",
            "SELECT kind, type, status, date_trunc('year', from_day) AS year, count(*) AS n, sum(killed_low) AS low, \
             sum(killed_high) AS high, avg(confidence) AS confidence FROM claims GROUP BY 1, 2, 3, 4",
        ),
    ] {
        for _ in 0..5 {
            let start = Instant::now();
            let mut answer = lake.query(&AsOf::default(), sql).await?;
            let mut rows = 0;
            while let Some(batch) = answer.next().await? {
                rows += batch.num_rows();
            }
            println!("{what} ({rows} rows): {:.3} s", start.elapsed().as_secs_f64());
        }
    }
    println!("{}", peak());
    Ok(())
}

fn report(template: &ClaimRecord, number: usize, day: Date, random: &mut Random) -> Pending {
    let text = format!("Report {number} of {day}. Somebody says that something happened to somebody somewhere.");
    let metadata = Metadata {
        publisher: Some(format!("Paper {}", random.below(40))),
        published: Some(When::Day(day)),
        ..Metadata::default()
    };
    let document = Document::new(text, metadata);
    let claims = (0..CLAIMS_A_DOCUMENT).map(|i| claim(template, &document, i, day, random)).collect();
    Pending { document, sentences: CLAIMS_A_DOCUMENT, claims }
}

fn claim(template: &ClaimRecord, doc: &Document, i: usize, day: Date, random: &mut Random) -> ClaimRecord {
    let mut claim = template.clone();
    claim.id = ClaimId::of([doc.id().as_str().as_bytes(), &i.to_le_bytes()]);
    claim.document = doc.id().clone();
    claim.published = doc.published;
    claim.code = Some(TYPES[random.below(TYPES.len())].into());
    for side in [&mut claim.actor[0], &mut claim.recipient[0]] {
        side.id = Some(PARTIES[random.below(PARTIES.len())].to_owned().try_into().expect("an id"));
    }
    // Five hundred districts a country, on a grid: nobody would weigh a million claims of one district against one another.
    let (country, district) = (random.below(COUNTRIES.len()), random.below(500));
    let place = &mut claim.places[0];
    place.country = Some(COUNTRIES[country].to_owned().try_into().expect("a code"));
    let name = format!("District {country}.{district}");
    (place.admin1, place.admin2) =
        (Some(format!("Province {country}.{}", district / 25).into()), Some(name.as_str().into()));
    (place.name, place.mention) = (Some(name.as_str().into()), Some(name.into()));
    place.lat = Some(10.0 + 3.0 * country as f64 + (district / 25) as f64 * 0.4);
    place.lon = Some(20.0 + (district % 25) as f64 * 0.4);
    let happened = day.saturating_sub(i64::try_from(random.below(5)).unwrap_or(0).days());
    if let Some(time) = &mut claim.time {
        (time.from, time.to) = (Some(When::Day(happened)), Some(When::Day(happened)));
    }
    let killed = random.below(30) as f64;
    (claim.effects[0].low, claim.effects[0].high) = (Some(killed), Some(killed));
    claim.confidence = (500 + random.below(500)) as f64 / 1000.0;
    claim
}

/// An ordinary claim, with one of most things.
fn template(run: &RunId) -> ClaimRecord {
    let party = json!({"mention": "the army", "span": [10, 18], "id": "PAK.MIL", "name": "Pakistan's army", "country": "PAK",
        "acts_as": null, "based_in": null, "sectors": ["MIL"]});
    let record = json!({
        "id": "clm_0", "document": "doc_0", "source_id": null, "published": null, "recorded": null, "run": run,
        "kind": "event", "type": "ASSAULT", "modes": ["aerial"], "contexts": ["military"], "reciprocal": false,
        "actor": [party], "recipient": [party], "via": [],
        "places": [{"mention": "Barmal", "span": [30, 36], "name": "Barmal", "admin2": "Barmal", "admin1": "Paktika",
            "country": "AFG", "administered_by": "AFG", "claimed_by": [], "lat": 32.5, "lon": 69.3, "precision": "admin2",
            "radius_km": 20.0, "ids": {"geonames": null, "pcode": null, "priogrid": 176_179}}],
        "time": {"mention": "on Tuesday", "span": [40, 50], "from": "2024-12-24", "to": "2024-12-24", "granularity": "day"},
        "effects": [{"kind": "killed", "low": 3.0, "high": 3.0, "best": 3.0, "of": "soldiers", "party": party,
            "category": "state_force", "part_of": null, "cumulative": false, "span": [20, 28]}],
        "status": "occurred", "asserter": party, "attitude": "asserts",
        "attribution": [{"party": party, "attitude": "asserts", "span": [10, 18]}], "links": [],
        "evidence": {"span": [0, 60], "text": "Something happened to somebody somewhere, somebody said to somebody"},
        "confidence": 0.8, "coder": "made-up/1"
    });
    serde_json::from_value(record).expect("a claim")
}

/// The most memory that this process has held.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("peak memory unknown");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
