//! Small made-up sources whose matches are known, and what must hold of any.

use model::record::ClaimRecord;
use proptest::prelude::*;

use super::*;

/// A row on a day, at a place in Pakistan, between PAK and TTP.
fn row(id: &str, day: &str, lat: f64, lon: f64) -> Compared {
    let day: Option<Date> = Some(day.parse().unwrap());
    Compared {
        id: ClaimId::of([id.as_bytes()]),
        code: Some("ASSAULT".to_owned()),
        from: day,
        to: day,
        country: Some(CountryCode::new("PAK").unwrap()),
        admin1: Some("Khyber Pakhtunkhwa".to_owned()),
        lat: Some(lat),
        lon: Some(lon),
        radius_km: None,
        parties: vec!["PAK".to_owned(), "TTP".to_owned()],
        killed_low: Some(2.0),
        killed_high: Some(2.0),
        restricted: None,
    }
}

fn id(text: &str) -> ClaimId {
    ClaimId::of([text.as_bytes()])
}

fn matched(a: &[Compared], b: &[Compared]) -> Vec<(ClaimId, ClaimId)> {
    compare(a, b, Window::default()).unwrap().pairs.into_iter().map(|p| (p.a, p.b)).collect()
}

#[test]
fn the_closest_pair_is_matched_and_each_row_once() {
    let a = [row("a1", "2025-10-15", 33.0, 70.0), row("a2", "2025-10-16", 33.0, 70.0)];
    let b = [row("b1", "2025-10-16", 33.0, 70.01), row("b2", "2025-10-17", 33.1, 70.0)];
    let mut wanted = vec![(id("a2"), id("b1"))];
    assert_eq!(matched(&a, &b), wanted, "a1 and b2 are two days apart");
    let b = [row("b1", "2025-10-16", 33.0, 70.01), row("b2", "2025-10-14", 33.1, 70.0)];
    wanted.push((id("a1"), id("b2")));
    wanted.sort();
    assert_eq!(matched(&a, &b), wanted);
}

type Case = (&'static str, bool, fn(&mut Compared));

#[test]
fn what_cannot_be_one_event() {
    let a = row("a", "2025-10-15", 33.0, 70.0);
    let cases: [Case; 11] = [
        ("the same", true, |_| {}),
        ("a day late", true, |r| r.from = Some("2025-10-14".parse().unwrap())),
        ("another type", false, |r| r.code = Some("PROTEST".to_owned())),
        ("no type", true, |r| r.code = None),
        ("other parties", false, |r| r.parties = vec!["BLA".to_owned()]),
        ("one party in common", true, |r| r.parties = vec!["BLA".to_owned(), "PAK".to_owned()]),
        ("no parties", true, |r| r.parties.clear()),
        ("half a degree off", false, |r| r.lat = Some(33.5)),
        ("half a degree off, within its radius", true, |r| (r.lat, r.radius_km) = (Some(33.5), Some(40.0))),
        ("no point, same division", true, |r| (r.lat, r.admin1) = (None, Some("khyber pakhtunkhwa".to_owned()))),
        ("no point, other division", false, |r| (r.lat, r.admin1) = (None, Some("Balochistan".to_owned()))),
    ];
    for (case, is_match, change) in cases {
        let mut b = row("b", "2025-10-15", 33.0, 70.0);
        change(&mut b);
        assert_eq!(!matched(std::slice::from_ref(&a), &[b]).is_empty(), is_match, "{case}");
    }
    let mut nowhere = row("b", "2025-10-15", 33.0, 70.0);
    (nowhere.lat, nowhere.country) = (None, None);
    assert!(matched(std::slice::from_ref(&a), &[nowhere]).is_empty());
    let mut undated = row("b", "2025-10-15", 33.0, 70.0);
    (undated.from, undated.to) = (None, None);
    let got = compare(&[a], &[undated], Window::default()).unwrap();
    assert!(got.pairs.is_empty());
    assert_eq!((got.all.b.rows, got.months.len()), (1, 1));
}

#[test]
fn a_long_row_does_not_take_the_match_of_an_exact_one() {
    let a = [row("a", "2025-10-15", 33.0, 70.0)];
    let mut long = row("long", "2025-10-01", 33.0, 70.0);
    long.to = Some("2025-10-31".parse().unwrap());
    let exact = row("exact", "2025-10-16", 33.0, 70.0);
    assert_eq!(matched(&a, &[long.clone(), exact]), [(id("a"), id("exact"))]);
    assert_eq!(matched(&a, &[long]), [(id("a"), id("long"))]);
}

#[test]
fn counts_stand_by_month_type_and_place() {
    let mut protest = row("b3", "2025-12-01", 34.0, 71.0);
    protest.code = Some("PROTEST".to_owned());
    (protest.killed_low, protest.killed_high) = (Some(3.0), None);
    protest.admin1 = None;
    let a = [row("a1", "2025-10-31", 33.0, 70.0), row("a2", "2025-11-20", 33.0, 70.0)];
    let b = [row("b1", "2025-11-01", 33.0, 70.0), protest];
    let got = compare(&a, &b, Window::default()).unwrap();
    assert_eq!(
        got.all.a,
        Side { rows: 2, matched: 1, only: vec![id("a2")], killed_low: 4.0, killed_high: 4.0, telling: 2 }
    );
    assert_eq!((got.all.b.matched, &got.all.b.only[..]), (1, &[id("b3")][..]));
    assert!((got.all.killed_low_difference() + 1.0).abs() < 1e-9);
    let months: Vec<(String, usize, usize)> =
        got.months.iter().map(|(m, s)| (m.to_string(), s.a.rows, s.b.rows)).collect();
    assert_eq!(months, [("2025-10".to_owned(), 1, 0), ("2025-11".to_owned(), 1, 1), ("2025-12".to_owned(), 0, 1)]);
    assert_eq!(got.types[&Some("PROTEST".to_owned())].b.rows, 1);
    assert_eq!(got.places.len(), 2);
    assert_eq!((got.pearson, got.spearman), (None, None), "the sources have one month in common");
    assert_eq!((got.pairs[0].days, got.pairs[0].killed_low_difference), (1, Some(0.0)));
}

#[test]
fn monthly_counts_are_correlated_over_common_months() {
    let series = |name: &str, counts: &[(&str, usize)]| -> Vec<Compared> {
        let rows = counts.iter().flat_map(|(month, n)| (0..*n).map(move |i| (month, i)));
        rows.map(|(month, i)| row(&format!("{name}{month}{i}"), &format!("{month}-10"), 33.0, 70.0)).collect()
    };
    let a = series("a", &[("2024-12", 9), ("2025-01", 1), ("2025-02", 2), ("2025-04", 4)]);
    let b = series("b", &[("2025-01", 2), ("2025-02", 4), ("2025-04", 8), ("2025-05", 1)]);
    let got = compare(&a, &b, Window::default()).unwrap();
    // January to April, March with none on either side.
    assert!((got.pearson.unwrap() - 1.0).abs() < 1e-12);
    assert!((got.spearman.unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn restricted_rows_are_refused_with_their_terms() {
    let mut b = row("b", "2025-10-15", 33.0, 70.0);
    b.restricted = Some(Restriction { dataset: "acled".to_owned(), terms: "no derived comparisons".to_owned() });
    let a = [row("a", "2025-10-15", 33.0, 70.0)];
    for refused in [compare(&a, &[b.clone()], Window::default()), compare(&[b.clone()], &a, Window::default())] {
        let e = refused.unwrap_err();
        assert_eq!(
            e,
            CompareError::Restricted {
                dataset: "acled".to_owned(),
                terms: "no derived comparisons".to_owned(),
                rows: 1
            }
        );
        assert!(e.to_string().contains("no derived comparisons"));
    }
}

/// A claim in the JSON of the contract, with some fields changed.
fn claim(changes: &[(&str, serde_json::Value)]) -> ClaimRecord {
    let party = |id: &str, acts_as: Option<&str>| {
        serde_json::json!({"mention": null, "span": null, "id": id, "name": null, "country": null, "acts_as": acts_as,
            "based_in": null, "sectors": []})
    };
    let place = |lat: Option<f64>, radius: f64| {
        serde_json::json!({"mention": null, "span": null, "name": null, "admin2": null, "admin1": "Khost", "country": "AFG",
            "administered_by": null, "claimed_by": [], "lat": lat, "lon": lat.map(|l| l + 36.0), "precision": null,
            "radius_km": radius, "ids": {"geonames": null, "pcode": null, "priogrid": null}})
    };
    let killed = |low: f64, high: Option<f64>, part_of: Option<usize>| {
        serde_json::json!({"kind": "killed", "low": low, "high": high, "best": null, "of": null, "party": null,
            "category": null, "part_of": part_of, "cumulative": false, "span": null})
    };
    let mut json = serde_json::json!({
        "id": "clm_1", "document": "doc_1", "source_id": null, "published": null, "recorded": null, "run": "run_1",
        "kind": "event", "type": "ASSAULT", "modes": [], "contexts": [], "reciprocal": false,
        "actor": [party("PAK.MIL", None)], "recipient": [party("TALIBAN.MIL", Some("AFG.MIL"))], "via": [party("QAT", None)],
        "places": [place(None, 300.0), place(Some(33.5), 40.0), place(Some(33.3), 5.0)],
        "time": {"mention": null, "span": null, "from": "2025-10-15T18:00:00Z", "to": "2025-10-16", "granularity": "range"},
        "effects": [killed(20.0, Some(25.0), None), killed(5.0, Some(5.0), Some(0)), killed(1.0, Some(1.0), None)],
        "status": "occurred", "asserter": null, "attitude": "asserts", "attribution": [], "links": [],
        "evidence": {"span": [0, 1], "text": "x"}, "confidence": 0.8, "coder": "frames/1"
    });
    for (field, value) in changes {
        json[*field] = value.clone();
    }
    serde_json::from_value(json).expect("a claim of the contract")
}

#[test]
fn a_claim_becomes_a_row() {
    let got = Compared::of(&claim(&[])).unwrap();
    assert_eq!(got.code.as_deref(), Some("ASSAULT"));
    assert_eq!(got.days().map(|(f, t)| format!("{f} {t}")).as_deref(), Some("2025-10-15 2025-10-16"));
    assert_eq!((got.lat, got.radius_km, got.admin1.as_deref()), (Some(33.3), Some(5.0), Some("Khost")));
    assert_eq!(got.parties, ["AFG", "PAK", "TALIBAN"]);
    assert_eq!((got.killed_low, got.killed_high), (Some(21.0), Some(26.0)));
    assert_eq!(got.restricted, None);
    let row = serde_json::json!({"dataset": "acled", "release": null, "file": "f", "line": 2, "key": "k",
        "terms": "ask first", "restricted": true, "clarity": null});
    let restricted = Compared::of(&claim(&[("row", row)])).unwrap().restricted.unwrap();
    assert_eq!((restricted.dataset.as_str(), restricted.terms.as_str()), ("acled", "ask first"));
    for (field, value) in [("kind", "tie"), ("status", "threatened"), ("attitude", "denies")] {
        assert_eq!(Compared::of(&claim(&[(field, value.into())])), None, "{field} {value}");
    }
}

prop_compose! {
    fn any_row(side: &'static str)(
        number in 0_u32..60, start in 0_i32..120, length in prop_oneof![Just(0_i32), 0_i32..5, 0_i32..90],
        is_dated in prop::bool::weighted(0.9), is_placed in prop::bool::weighted(0.8), lat in 0_i32..8, lon in 0_i32..8,
        country in 0_usize..3, admin1 in 0_usize..3, code in 0_usize..3, parties in 0_usize..8,
        killed in prop::option::of(0_i32..9), more in prop::option::of(0_i32..3), radius in prop::option::of(0_i32..30),
    ) -> Compared {
        let from: Date = "2025-01-01".parse().unwrap();
        let from = from + jiff::Span::new().days(start);
        Compared {
            id: ClaimId::of([side.as_bytes(), number.to_string().as_bytes()]),
            code: [None, Some("ASSAULT"), Some("PROTEST")][code].map(str::to_owned),
            from: is_dated.then_some(from),
            to: is_dated.then(|| from + jiff::Span::new().days(length)),
            country: [None, Some("PAK"), Some("AFG")][country].map(|c| CountryCode::new(c).unwrap()),
            admin1: [None, Some("Khost"), Some("Kunar")][admin1].map(str::to_owned),
            lat: is_placed.then(|| 33.0 + f64::from(lat) * 0.05),
            lon: is_placed.then(|| 70.0 + f64::from(lon) * 0.05),
            radius_km: radius.map(f64::from),
            parties: ["AFG", "PAK", "TTP"].iter().enumerate().filter(|(i, _)| parties >> i & 1 == 1).map(|(_, p)| (*p).to_owned()).collect(),
            killed_low: killed.map(f64::from),
            killed_high: killed.zip(more).map(|(k, m)| f64::from(k + m)),
            restricted: None,
        }
    }
}

proptest! {
    #[test]
    fn a_comparison_mirrored_is_the_comparison_swapped(
        a in prop::collection::vec(any_row("x"), 0..25), b in prop::collection::vec(any_row("y"), 0..25),
        days in 0_u16..4, km in 0_u8..30,
    ) {
        let window = Window { days, km: f64::from(km) };
        prop_assert_eq!(compare(&a, &b, window).unwrap().mirrored(), compare(&b, &a, window).unwrap());
        // Two sources may hold the same claims.
        let both: Vec<Compared> = a.iter().chain(&b).cloned().collect();
        prop_assert_eq!(compare(&a, &both, window).unwrap().mirrored(), compare(&both, &a, window).unwrap());
    }

    #[test]
    fn every_row_is_counted_once(
        a in prop::collection::vec(any_row("x"), 0..25), b in prop::collection::vec(any_row("y"), 0..25),
    ) {
        let got = compare(&a, &b, Window::default()).unwrap();
        for (slice, pairs) in [(&got.all.a, got.pairs.len()), (&got.all.b, got.pairs.len())] {
            prop_assert_eq!(slice.matched, pairs);
            prop_assert_eq!(slice.rows, slice.matched + slice.only.len());
        }
        let sum = |slices: Vec<&Slice>| slices.iter().map(|s| s.a.rows).sum::<usize>();
        prop_assert_eq!(sum(got.types.values().collect()), got.all.a.rows);
        prop_assert_eq!(sum(got.places.values().collect()), got.all.a.rows);
        // No pair is left over: of every two rows without a match, compared alone, none match.
        let lone = |rows: &[Compared], only: &[ClaimId]| -> Vec<Compared> {
            rows.iter().filter(|r| only.contains(&r.id)).cloned().collect()
        };
        let (rest_a, rest_b) = (lone(&a, &got.all.a.only), lone(&b, &got.all.b.only));
        for (x, y) in rest_a.iter().flat_map(|x| rest_b.iter().map(move |y| (x, y))) {
            let first = |rows: &[Compared], row: &Compared| rows.iter().find(|r| r.id == row.id) == Some(row);
            if first(&a, x) && first(&b, y) {
                prop_assert!(compare(std::slice::from_ref(x), std::slice::from_ref(y), Window::default()).unwrap().pairs.is_empty());
            }
        }
    }

    #[test]
    fn a_source_agrees_with_itself(a in prop::collection::vec(any_row("x"), 0..25)) {
        let got = compare(&a, &a, Window::default()).unwrap();
        prop_assert!(got.pairs.iter().all(|p| p.a == p.b));
        prop_assert!(got.all.killed_low_difference().abs() < 1e-9);
    }
}

/// A year of a large data set on both sides, some rows over months; the time is far from a quadratic one's.
#[test]
fn large_sources_with_long_rows_are_compared() {
    let source = |name: &str, shift: f64| -> Vec<Compared> {
        (0..20_000_u32)
            .map(|i| {
                let day: Date = "2020-01-01".parse().unwrap();
                let day = day + jiff::Span::new().days(i64::from(i % 1_500));
                let mut made =
                    row(&format!("{name}{i}"), &day.to_string(), 20.0 + f64::from(i % 173) * 0.1, 60.0 + shift);
                if i % 400 == 0 {
                    made.to = Some(day + jiff::Span::new().days(200));
                }
                made
            })
            .collect()
    };
    let got = compare(&source("a", 0.0), &source("b", 0.01), Window::default()).unwrap();
    assert!(got.pairs.len() > 19_000, "{}", got.pairs.len());
}

/// A table of MELTT's demonstration, in cells; `None`, said aloud, where it is not at hand.
fn meltt(name: &str) -> Option<Vec<Vec<String>>> {
    let part = format!("data/tables/meltt_demo/{name}.csv");
    let text = std::fs::read_to_string(format!("{}/../../../shared/{part}", env!("CARGO_MANIFEST_DIR")));
    if text.is_err() {
        println!("skipped: {part} is not here");
    }
    // The first line names the columns.
    Some(text.ok()?.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

/// The made-up crash reports of MELTT (Donnay et al. 2019) in three sources. It finds 34 matches, 21 in all three and 13 in two
/// of them (5, 4 and 4), so 76 pairs, 25 or 26 of every two sources; and it flags six more of a row of one day and a row of
/// several, which it does not join and we do. Our type stands for the coarsest level of its three taxonomies, on which
/// its matches must agree.
#[test]
fn known_matches_of_meltt_are_found() {
    let source = |number: u8| -> Option<Vec<Compared>> {
        let name = format!("crash_data{number}");
        let taxonomies = [meltt("taxonomy_model_tax")?, meltt("taxonomy_color_tax")?, meltt("taxonomy_damage_tax")?];
        let day = |cell: &str| {
            let since: f64 = cell.parse().ok()?;
            #[expect(clippy::cast_possible_truncation, reason = "days of this century")]
            Some(jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(since as i64))
        };
        let made = |cells: Vec<String>| {
            let coarsest = taxonomies.iter().zip(&cells[6..]).map(|(taxonomy, category)| {
                let known = taxonomy.iter().find(|row| row[0] == name && row[1] == *category);
                known.unwrap_or_else(|| panic!("{name}: {category}")).last().expect("a cell").as_str()
            });
            Compared {
                id: id(&format!("{number} {}", cells[1])),
                code: Some(coarsest.collect::<Vec<_>>().join(", ")),
                from: day(&cells[2]),
                to: day(&cells[3]),
                lat: cells[4].parse().ok(),
                lon: cells[5].parse().ok(),
                parties: Vec::new(),
                ..row("", "2012-01-01", 0.0, 0.0)
            }
        };
        Some(meltt(&name)?.into_iter().map(made).collect())
    };
    let [Some(one), Some(two), Some(three)] = [source(1), source(2), source(3)] else { return };
    let found = |a: &[Compared], b: &[Compared]| compare(a, b, Window { days: 2, km: 4.0 }).unwrap().pairs.len();
    let got = [found(&one, &two), found(&one, &three), found(&two, &three)];
    println!("MELTT has 76 pairs and 6 flagged; ours: {got:?} of {} {} {} rows", one.len(), two.len(), three.len());
    assert!(got.iter().all(|pairs| *pairs >= 25), "{got:?}");
    assert!(got.iter().sum::<usize>() <= 76 + 2 * 6, "{got:?}: a flagged row may be in two of the three comparisons");
}
