//! The tables hold together, with the party catalogue too, and lead where they should.

use std::collections::{HashMap, HashSet};

use super::*;

const GROUPS: &str = include_str!("../../../../data/parties/groups.tsv");
const STATES: &str = include_str!("../../../../data/parties/states.tsv");
const PARTS: &str = include_str!("../../../../data/parties/parts.tsv");
const CREDITS: &str = include_str!("../../../../data/publishers/credits.tsv");

fn all() -> &'static Publishers {
    Publishers::embedded()
}

fn id(text: &str) -> PublisherId {
    all().by_id(text).unwrap_or_else(|| panic!("{text} is no publisher")).id.clone()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Rows of a table without remarks and header.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    // The first line that is no remark names the columns.
    text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

#[test]
fn the_table_is_read_and_wide() {
    let outlets = all().all().iter().filter(|p| p.kind != Kind::Company).count();
    assert!(outlets >= 800, "{outlets} outlets");
    let in_state = |code| {
        all().all().iter().flat_map(|p| &p.tenures).filter(|t| t.state.is_some_and(|s| s.as_str() == code)).count()
    };
    for code in
        ["PAK", "AFG", "IND", "IRN", "SAU", "CHN", "RUS", "UKR", "ISR", "PSE", "SDN", "COD", "MLI", "ETH", "SYR", "MMR"]
    {
        assert!(in_state(code) > 0, "no publisher of the state {code}");
    }
}

#[test]
fn parties_are_those_of_the_catalogue() {
    let groups: HashMap<&str, Vec<&str>> = rows(GROUPS).map(|r| (r[0], r)).collect();
    let parts: Vec<&str> = rows(PARTS).map(|r| r[0]).collect();
    let mut known: HashSet<String> = groups.keys().map(|g| (*g).to_owned()).collect();
    for state in rows(STATES) {
        known.insert(state[0].to_owned());
        known.extend(parts.iter().map(|part| format!("{}.{part}", state[0])));
    }
    for publisher in all().all() {
        for party in publisher.tenures.iter().filter_map(|t| t.party.as_ref()) {
            assert!(known.contains(party.as_str()), "{}: {party} is no party of the catalogue", publisher.id);
        }
        for state in publisher.tenures.iter().filter_map(|t| t.state) {
            assert!(known.contains(state.as_str()), "{}: {state} is no state of the catalogue", publisher.id);
        }
        // An id that a party bears is that party's: one of the names is the same.
        let Some(group) = groups.get(publisher.id.as_str()) else {
            assert!(!known.contains(publisher.id.as_str()), "{} is a state or a part of one", publisher.id);
            continue;
        };
        let aliases = group.get(5).unwrap_or(&"").split(';').map(|a| a.split('@').next().unwrap_or(a));
        let theirs: HashSet<String> = std::iter::once(group[1]).chain(aliases).map(keys::name).collect();
        let ours = std::iter::once(&publisher.name).chain(&publisher.other_names);
        assert!(ours.map(|n| keys::name(n)).any(|n| theirs.contains(&n)), "{} is another party", publisher.id);
    }
}

#[test]
fn names_and_addresses_lead_to_publishers() {
    for (name, wanted) in [
        ("Dawn", Some("DAWN")),
        ("DAWN.COM", Some("DAWN")),
        ("the express tribune", Some("EXPRESS_TRIBUNE")),
        ("El Pais", Some("EL_PAIS")),
        ("Tolo News", Some("TOLONEWS")),
        ("RFE/RL", Some("RFE_RL")),
        ("AFP", Some("AFP_NEWS")),
        ("Khaama Press", Some("KHAAMA")),
        ("The Nation", None),
        ("The Nation (Pakistan)", Some("NATION_PAK")),
        ("The Border Courier", None),
        ("", None),
    ] {
        assert_eq!(all().by_name(name).map(|p| p.id.as_str()), wanted, "{name}");
    }
    for (url, wanted) in [
        ("https://www.dawn.com/news/1234567/a-title", Some("DAWN")),
        ("https://epaper.dawn.com/?page=1", Some("DAWN")),
        ("https://www.bbc.com/pashto/articles/x", Some("BBC_PASHTO")),
        ("https://www.bbc.com/pashtoon", Some("BBC")),
        ("https://www.bbc.co.uk/news/world-asia-1", Some("BBC")),
        ("http://timesofindia.indiatimes.com/india/x.cms", Some("TIMES_INDIA")),
        ("https://indiatimes.com/x", None),
        ("https://notdawn.com/x", None),
        ("reuters.com", Some("REUTERS")),
        ("nonsense", None),
    ] {
        assert_eq!(all().by_url(url).map(|p| p.id.as_str()), wanted, "{url}");
    }
}

#[test]
fn a_document_finds_its_publisher() {
    let find = |name, url, date| all().find(name, url, date).map(|p| p.id.as_str());
    assert_eq!(find(Some("The Nation"), Some("https://www.nation.com.pk/1"), None), Some("NATION_PAK"));
    assert_eq!(find(Some("The Nation"), Some("https://example.org/1"), None), None);
    assert_eq!(find(Some("Saba News Agency"), Some("https://www.saba.ye/en/1"), None), Some("SABA_YEM"));
    assert_eq!(find(Some("Saba News Agency"), None, Some(day("2010-01-01"))), Some("SABA_GOV_YEM"));
    assert_eq!(find(Some("Saba News Agency"), None, Some(day("2020-01-01"))), None);
    assert_eq!(find(Some("An unknown paper"), Some("https://tolonews.com/a"), None), Some("TOLONEWS"));
    assert_eq!(find(Some("dawn.com"), None, None), Some("DAWN"));
    assert_eq!(find(Some("pajhwok.com"), None, None), Some("PAJHWOK"));
    assert_eq!(find(None, None, None), None);
}

#[test]
fn owners_change_over_time() {
    let root = |publisher, date| all().owner_root(&id(publisher), date).as_str();
    assert_eq!(root("NDTV", Some(day("2020-01-01"))), "NDTV");
    assert_eq!(root("NDTV", Some(day("2024-01-01"))), "ADANI_GROUP");
    assert_eq!(root("FT", Some(day("2010-01-01"))), "PEARSON");
    assert_eq!(root("FT", None), "NIKKEI");
    assert_eq!(root("REUTERS", Some(day("2025-01-01"))), "WOODBRIDGE");
    assert_eq!(root("REUTERS", Some(day("1990-01-01"))), "REUTERS");
    assert_eq!(root("RADIO_MASHAAL", None), "USAGM");
    assert_eq!(root("WSJ", Some(day("2000-01-01"))), "DOW_JONES");
    assert_eq!(root("WSJ", None), "MURDOCH_FAMILY");
}

#[test]
fn ties_are_named() {
    let tie = |a: &str, b: &str, date| {
        let tie = all().tie(&id(a), &id(b), date);
        assert_eq!(tie.is_none(), all().tie(&id(b), &id(a), date).is_none(), "{a} and {b} are tied one way only");
        tie
    };
    let owner = |text: &str| Some(Tie::Owner(id(text)));
    let state = |text: &str| Some(Tie::State(CountryCode::new(text).unwrap()));
    assert_eq!(tie("DAWN", "DAWN", None), Some(Tie::Same));
    assert_eq!(tie("THE_NEWS_PAK", "GEO_NEWS", None), owner("JANG_GROUP"));
    assert_eq!(tie("DAWN", "EXPRESS_TRIBUNE", None), None);
    assert_eq!(tie("RADIO_MASHAAL", "VOA_DEEWA", None), owner("USAGM"));
    assert_eq!(tie("LONG_WAR_JOURNAL", "FDD", None), owner("FDD"));
    assert_eq!(tie("PAK.GOV.APP", "PAK.MIL.ISPR", None), state("PAK"));
    assert_eq!(tie("PAK.GOV.APP", "RADIO_PAKISTAN", None), Some(Tie::Party(PartyId::new("PAK.GOV").unwrap())));
    assert_eq!(tie("RUS.GOV.TASS", "RUS.GOV.RT", None), Some(Tie::Party(PartyId::new("RUS.GOV").unwrap())));
    assert_eq!(tie("RUS.GOV.TASS", "CHN.GOV.XINHUA", None), None);
    assert_eq!(tie("AL_ARABIYA", "ASHARQ_AWSAT", None), state("SAU"));
    // The Taliban's channel and the state agency, before and after August 2021.
    assert_eq!(tie("ALEMARAH", "BAKHTAR", Some(day("2020-01-01"))), None);
    assert_eq!(tie("ALEMARAH", "BAKHTAR", Some(day("2022-01-01"))), state("AFG"));
    // Public service broadcasters of one state have boards of their own.
    assert_eq!(tie("BBC", "CHANNEL4_GBR", None), None);
    assert_eq!(tie("FRANCE24", "RFI", None), owner("FRANCE_MEDIAS_MONDE"));
    assert_eq!(tie("NDTV", "IANS", Some(day("2020-01-01"))), None);
    assert_eq!(tie("NDTV", "IANS", Some(day("2024-06-01"))), owner("ADANI_GROUP"));
    assert!(all().independent(&id("REUTERS"), &id("AP_NEWS"), None));
}

#[test]
fn who_speaks_for_whom() {
    let speaks_for = |publisher| all().speaks_for(&id(publisher)).map(PartyId::as_str);
    assert_eq!(speaks_for("ALEMARAH"), Some("TALIBAN"));
    assert_eq!(speaks_for("BAKHTAR"), Some("AFG.GOV"));
    assert_eq!(speaks_for("PAK.MIL.ISPR"), Some("PAK.MIL.ISPR"));
    assert_eq!(speaks_for("AL_MANAR"), Some("HEZBOLLAH"));
    assert_eq!(speaks_for("AMAQ"), Some("ISIL"));
    assert_eq!(speaks_for("DAWN"), None);
    assert!(all().is_wire(&id("AFP_NEWS")) && !all().is_wire(&id("DAWN")));
}

#[test]
fn credits_are_read_as_listed() {
    let (mut cases, mut wrong) = (0, Vec::new());
    for row in rows(CREDITS) {
        let [text, wanted] = row[..] else { panic!("a row of credits.tsv has two cells: {row:?}") };
        let text = text.replace("\\n", "\n");
        let got = all().relayed_wire(&text).map_or("-", |p| p.id.as_str());
        cases += 1;
        if got != wanted {
            wrong.push(format!("{text:?}: {wanted} expected, got {got}"));
        }
    }
    assert!(cases > 60, "{cases} cases");
    assert!(wrong.is_empty(), "{} of {cases} credits fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_broken_table_is_refused_with_its_line() {
    let header = "id\tname\tother_names\tdomains\towner\tkind\tstate\tcontrol\tparty\tfrom\tto\tsource\n";
    let refused = |rows: &str, why: &str| {
        let e = Publishers::from_tsv("t", &format!("{header}{rows}")).expect_err(rows).to_string();
        assert!(e.contains(why), "{e}");
    };
    assert!(Publishers::from_tsv("t", &format!("{header}A\tA\t\ta.org\t\twire\t\tindependent\t\t\t\tx\n")).is_ok());
    refused("A\tA\t\t\t\twire\t\tindependent\t\t\t\n", "line 2: the row has 11 cells");
    refused("A\tA\t\t\tB\twire\t\tindependent\t\t\t\tx\n", "owner B has no row");
    refused("A\tA\t\t\tA\twire\t\tindependent\t\t\t\tx\n", "owns itself");
    refused("A\tA\t\t\t\tpaper\t\tindependent\t\t\t\tx\n", "no kind");
    refused("A\tA\t\t\t\twire\t\tstate_owned\t\t\t\tx\n", "needs a state");
    refused("A\tA\t\t\t\twire\t\tindependent\t\t2020-13-01\t\tx\n", "no date");
    refused(
        "A\tA\t\ta.org\t\twire\t\tindependent\t\t\t\tx\nB\tB\t\ta.org\t\twire\t\tindependent\t\t\t\tx\n",
        "line 2 already",
    );
    refused("A\tA\t\t\t\twire\t\tindependent\t\t\t\tx\nA\t\t\t\t\twire\t\tindependent\t\t\t\tx\n", "must begin after");
    assert!(Publishers::from_tsv("t", "").is_err());
}
