//! The API over a lake of the sample reports: what it answers, refuses, keeps and leaves out.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde_json::{Value, json};

mod server;
use server::{MARK, Server, sample, with_report, with_restricted};
use web::Tiles;

const QUESTION: &str = "about=PAK,AFG&from=2025-10-01&to=2025-11-30";

/// Every GET of the contract that needs nothing but the question.
const PLAIN: [&str; 21] = [
    "lake",
    "claims",
    "claims/facets",
    "documents",
    "incidents",
    "map",
    "timeline",
    "series",
    "changes",
    "ceasefires",
    "ceasefires/survival",
    "ties/spans",
    "ties/shifts",
    "ties/network",
    "ties/leverage",
    "commitments/kept",
    "figures/beside",
    "causes/graph",
    "causes/loops",
    "brief?about=PAK,AFG",
    "search?q=barmal",
];

#[test]
fn every_route_answers_names_its_command_and_is_described() {
    let server = Server::shared();
    for route in PLAIN {
        let told = server.json(route);
        let command = told["command"].as_str().unwrap_or_else(|| panic!("{route} names no command: {told}"));
        assert!(command.starts_with("annalist "), "{route}: {command}");
    }
    let described = server.json("openapi.json");
    let paths: BTreeSet<String> = described["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods").keys();
            methods.map(move |method| format!("{method} {}", path.trim_start_matches("/api/v1/"))).collect::<Vec<_>>()
        })
        .collect();
    let plain = PLAIN.iter().map(|route| format!("get {}", route.split('?').next().unwrap_or(route)));
    let others = [
        "get claims/{id}",
        "get documents/{id}",
        "get incidents/{id}",
        "get causes/paths",
        "get cycles",
        "get forecast",
        "get forecast/record",
        "get whatif",
        "get read/{reading}/events",
        "post decisions",
        "post read",
        "post read/{reading}/keep",
        "delete read/{reading}",
    ];
    assert_eq!(paths, plain.chain(others.map(str::to_owned)).collect());
    // What a route says of unknown parameters are those that its description has.
    for route in PLAIN.iter().map(|route| route.split('?').next().unwrap_or(route)).filter(|r| *r != "search") {
        let refused = server.get(&format!("{route}?bogus=1"));
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{route}");
        let words = refused.json()["error"].as_str().expect("words").to_owned();
        let named: BTreeSet<&str> = words.rsplit("there are: ").next().unwrap_or_default().split(", ").collect();
        let parameters = &described["paths"][format!("/api/v1/{route}")]["get"]["parameters"];
        let told: BTreeSet<&str> =
            parameters.as_array().expect("parameters").iter().filter_map(|p| p["name"].as_str()).collect();
        assert_eq!(named, told, "{route}");
    }
}

#[test]
fn records_are_those_of_the_contract() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/records.schema.json");
    let Ok(schema) = std::fs::read_to_string(path) else {
        eprintln!("left out: there is no {path} to hold records against");
        return;
    };
    let schema: Value = serde_json::from_str(&schema).expect("a schema");
    let of = |record: &str| {
        let mut only = schema.clone();
        only["oneOf"] = json!([{"$ref": format!("#/$defs/{record}")}]);
        jsonschema::validator_for(&only).expect("a schema that compiles")
    };
    let check = |kind: &jsonschema::Validator, record: &Value| {
        if let Err(error) = kind.validate(record) {
            panic!("{error}: {record}");
        }
    };
    let server = Server::of(sample());
    let (claims, documents, decisions) = (of("claim"), of("document"), of("decision"));
    for item in server.pages("claims", 200) {
        check(&claims, &item["claim"]);
    }
    for head in server.pages("documents", 200) {
        let whole = server.json(&format!("documents/{}", head["id"].as_str().expect("an id")));
        check(&documents, &whole["document"]);
        whole["claims"].as_array().expect("claims").iter().for_each(|claim| check(&claims, claim));
    }
    let of_it = server.json("claims?limit=1")["items"][0]["claim"]["id"].clone();
    let decided =
        server.post("decisions", &json!({"target": of_it, "action": "reject", "reason": "a test", "by": "a test"}));
    assert_eq!(decided.status, StatusCode::CREATED, "{}", decided.text());
    check(&decisions, &decided.json());
}

#[test]
fn pages_are_whole_and_stay_so_while_others_write() {
    let server = Server::of(sample());
    for (list, id) in [("claims", "/claim/id"), ("documents", "/id"), ("incidents?sort=gravity", "/incident/id")] {
        let ids: Vec<String> = server
            .pages(list, 7)
            .iter()
            .map(|i| i.pointer(id).and_then(Value::as_str).expect("an id").to_owned())
            .collect();
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{list}: each once");
        let total = server.json(list)["total"].as_u64().expect("a total");
        assert_eq!(u64::try_from(ids.len()).ok(), Some(total), "{list}: all of them");
    }
    // A claim is rejected between two pages: what comes after the cursor is what would have come.
    let first = server.json("claims?limit=10");
    let next = first["next"].as_str().expect("more");
    let rest = |next: &str| -> Vec<Value> {
        let page = server.json(&format!("claims?limit=500&after={next}"));
        page["items"].as_array().expect("items").iter().map(|i| i["claim"]["id"].clone()).collect()
    };
    let before = rest(next);
    let target = &first["items"][3]["claim"]["id"];
    server.post("decisions", &json!({"target": target, "action": "reject", "reason": "a test"}));
    assert_eq!(rest(next), before);
    assert_eq!(server.json("claims")["total"].as_u64(), first["total"].as_u64().map(|n| n - 1));
}

#[test]
fn an_answer_that_the_reader_has_is_not_sent_again() {
    let server = Server::of(sample());
    let address = format!("claims/facets?{QUESTION}");
    let first = server.get(&address);
    let tag = first.header("etag").expect("a tag");
    let again = server.with(&address, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let target = server.json("claims?about=PAK,AFG&from=2025-10-01&limit=1")["items"][0]["claim"]["id"].clone();
    server.post("decisions", &json!({"target": target, "action": "reject", "reason": "a test"}));
    let changed = server.with(&address, &[("if-none-match", &tag)]);
    assert_eq!(changed.status, StatusCode::OK, "the lake has moved on");
    let packed = server.with("documents", &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding").as_deref(), Some("gzip"));
}

#[test]
fn twins_have_the_columns_of_the_command_line() {
    let server = Server::shared();
    let csv = server.get(&format!("claims?{QUESTION}&format=csv"));
    assert_eq!(csv.header("content-type").as_deref(), Some("text/csv; charset=utf-8"));
    assert!(
        csv.text().starts_with("id,kind,type,modes,contexts,status,attitude,asserter,asserter_id,actor,"),
        "{}",
        csv.text()
    );
    let lines = server.get(&format!("claims?{QUESTION}&format=jsonl")).text();
    let total = server.json(&format!("claims?{QUESTION}"))["total"].as_u64().expect("a total");
    assert_eq!(u64::try_from(lines.lines().count()).ok(), Some(total), "the whole list");
    let claim: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert!(claim["id"].as_str().is_some_and(|id| id.starts_with("clm_")), "bare records");
    let incidents = server.get("incidents?format=csv").text();
    assert!(incidents.starts_with("id,type,modes,from,to,actor_id,recipient_id,place,"), "{incidents}");
    let picture = server.get("series?format=svg&width=600");
    assert_eq!(picture.header("content-type").as_deref(), Some("image/svg+xml"));
    assert!(picture.text().contains("data-id"), "marks open what they rest on");
    for route in ["series", "ties/network", "map", "timeline"] {
        assert!(server.get(&format!("{route}?format=csv")).text().lines().count() > 1, "{route}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let server = Server::shared();
    for (address, status, words) in [
        ("claims?kind=rumour", 400, "event"),
        ("claims?after=zz", 400, "`next`"),
        ("claims?limit=0", 400, "500"),
        ("claims?limit=1&limit=2", 400, "twice"),
        ("claims?from=yesterday", 400, "from"),
        ("claims?about=pak%20stan", 400, "about"),
        ("claims?q=%22", 400, "search"),
        ("claims?min_confidence=NaN", 400, "min_confidence"),
        ("claims?in=%27%3B%20DROP%20TABLE%20claims%3B--", 200, "items"),
        ("claims/clm_none", 404, "clm_none"),
        ("claims/%F0%9F%92%A5", 404, "error"),
        ("documents/doc_none", 404, "doc_none"),
        ("incidents/inc_none", 404, "inc_none"),
        ("incidents?standing=sure", 400, "disputed"),
        ("series?by=mood", 400, "dyad"),
        ("series?width=9", 400, "320"),
        ("ties/shifts?about=PAK,AFG,IND", 400, "two"),
        ("causes/paths", 400, "lever"),
        ("search", 400, "`q`"),
        ("read/rd_none/events", 404, "rd_none"),
        ("nothing", 404, "openapi"),
    ] {
        let told = server.get(address);
        assert_eq!(told.status.as_u16(), status, "{address}: {}", told.text());
        assert!(told.text().contains(words), "{address}: {}", told.text());
    }
    for (body, status) in [
        (json!({"target": "clm_none", "action": "reject", "reason": "x"}), 404),
        (json!({"target": "clm_none", "action": "erase", "reason": "x"}), 400),
        (json!({"target": "inc_none", "action": "pin", "reason": "x"}), 404),
        (json!({"action": "reject"}), 422),
    ] {
        let told = server.post("decisions", &body);
        assert_eq!(told.status.as_u16(), status, "{body}: {}", told.text());
        assert!(told.json()["error"].is_string());
    }
    let claim = server.json("claims?kind=event&limit=1")["items"][0]["claim"]["id"].clone();
    let unfit = json!({"target": claim, "action": "amend", "field": "status", "value": "rumoured", "reason": "x"});
    assert_eq!(server.post("decisions", &unfit).status, StatusCode::UNPROCESSABLE_ENTITY);
    let unsaid = json!({"target": claim, "action": "reject", "reason": " "});
    assert_eq!(server.post("decisions", &unsaid).status, StatusCode::BAD_REQUEST, "a reason is needed");
}

#[test]
fn other_sites_and_other_names_are_turned_away() {
    let server = Server::shared();
    for (name, value) in [("host", "evil.example"), ("host", "127.0.0.1.evil.example:8457")] {
        assert_eq!(server.with("lake", &[(name, value)]).status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let told = server.post_with("decisions", &json!({}), &[(name, value)]);
        assert_eq!(told.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let told = server.get("lake");
    let policy = told.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(told.header("x-content-type-options").as_deref(), Some("nosniff"));
    // Any page's address is answered by the one page.
    let page = server.page("/incident/inc_1?about=PAK");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").is_some_and(|media| media.starts_with("text/html")));
}

#[test]
fn a_decision_holds_for_the_next_reader_and_is_taken_back() {
    let server = Server::of(sample());
    let claim = server.json("claims?kind=event&type=ASSAULT&limit=1")["items"][0]["claim"].clone();
    let id = claim["id"].as_str().expect("an id").to_owned();
    let amend = json!({"target": id, "action": "amend", "field": "actor", "value": "TTP", "reason": "a test", "by": "a reader"});
    let decided = server.post("decisions", &amend);
    assert_eq!(decided.status, StatusCode::CREATED, "{}", decided.text());
    let now = server.json(&format!("claims/{id}"));
    assert_eq!(now["claim"]["actor"][0]["id"], "TTP");
    assert_eq!(now["decisions"][0]["by"], "a reader");
    let earlier = server.json(&format!("claims/{id}?known_at=2000-01-01T00:00:00Z"));
    assert!(earlier["error"].is_string(), "nothing was known then");
    let restore = json!({"target": decided.json()["id"], "action": "restore", "reason": "a test"});
    assert_eq!(server.post("decisions", &restore).status, StatusCode::CREATED);
    assert_eq!(server.json(&format!("claims/{id}"))["claim"], claim);

    let incidents = server.json("incidents?limit=2");
    let ids: Vec<&Value> = incidents["items"].as_array().expect("items").iter().map(|i| &i["incident"]["id"]).collect();
    let join = json!({"target": ids[0], "action": "join", "value": [ids[1]], "reason": "a test"});
    assert_eq!(server.post("decisions", &join).status, StatusCode::CREATED);
    let of = |id: &Value| server.json(&format!("incidents/{}", id.as_str().expect("an id")))["incident"]["id"].clone();
    assert_eq!(of(ids[0]), of(ids[1]), "one of them is an alias now");
}

#[test]
fn an_incident_is_told_whole() {
    let server = Server::shared();
    let grave = server.json("incidents?sort=gravity&limit=1")["items"][0].clone();
    let id = grave["incident"]["id"].as_str().expect("an id");
    let whole = server.json(&format!("incidents/{id}"));
    assert_eq!((&whole["incident"], &whole["words"]), (&grave["incident"], &grave["words"]));
    assert!(whole["tolls"].as_array().is_some_and(|t| t.iter().any(|toll| toll["kind"] == "killed")));
    assert!(whole["explain"][0].is_string() && whole["standing_why"].is_string());
    let claim = whole["claims"][0]["claim"]["id"].as_str().expect("a claim").to_owned();
    let told = server.json(&format!("claims/{claim}"));
    assert_eq!(told["incident"], id);
    let (from, text) =
        (told["context"]["from"].as_u64().expect("from"), told["context"]["text"].as_str().expect("text"));
    let document = server.json(&format!("documents/{}", told["document"]["id"].as_str().expect("a document")));
    let whole_text = document["document"]["text"].as_str().expect("a text");
    let from = usize::try_from(from).expect("small");
    assert_eq!(whole_text.get(from..from + text.len()), Some(text), "the context is a piece of the document");
    assert_eq!(document["incidents"][&claim], id);
}

#[test]
fn a_text_is_read_shown_and_kept() {
    let server = Server::of(sample());
    let text = "KABUL, Nov 20 - Pakistani jets bombed a camp of the TTP in Khost on Wednesday, killing nine fighters, an army \
                spokesman said. The Taliban denied that any camp existed.";
    let begun = server.post(
        "read",
        &json!({"text": text, "title": "Jets over Khost", "published": "2025-11-20", "publisher": "A Test"}),
    );
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text());
    let reading = begun.json()["reading"].as_str().expect("a reading").to_owned();
    let told = server.get(&format!("read/{reading}/events")).text();
    let kinds: Vec<&str> = told.lines().filter_map(|l| l.strip_prefix("event: ")).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"progress"), Some(&"end")), "{told}");
    assert!(kinds.contains(&"document") && told.contains("Jets over Khost"), "{told}");
    let before = server.json("lake");
    let kept = server.post(&format!("read/{reading}/keep"), &json!({}));
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    assert_eq!(kept.json()["documents"], 1);
    let after = server.json("lake");
    assert_eq!(after["documents"].as_u64(), before["documents"].as_u64().map(|n| n + 1));
    assert_eq!(server.json("claims?publisher=A+Test")["total"], kept.json()["claims"]);
    assert!(server.json("search?q=Khost+jets")["total"].as_u64().is_some_and(|n| n > 0), "and is found");
    assert_eq!(server.post(&format!("read/{reading}/keep"), &json!({})).status, StatusCode::NOT_FOUND, "once");

    let private = server.post("read", &json!({"url": "http://127.0.0.1:9/secret"})).json();
    let told = server.get(&format!("read/{}/events", private["reading"].as_str().expect("a reading"))).text();
    assert!(told.contains("not on the public internet"), "{told}");
    for odd in [json!({}), json!({"text": "  "}), json!({"url": "file:///etc/passwd"}), json!({"url": "/etc/passwd"})] {
        assert_eq!(server.post("read", &odd).status, StatusCode::BAD_REQUEST, "{odd}");
    }
    let begun = server.post("read", &json!({"text": text})).json();
    let reading = begun["reading"].as_str().expect("a reading");
    assert_eq!(server.delete(&format!("read/{reading}")).status, StatusCode::NO_CONTENT);
    assert_eq!(server.get(&format!("read/{reading}/events")).status, StatusCode::NOT_FOUND);
}

#[test]
fn beyond_this_machine_answers_are_coarser_and_nothing_is_added() {
    let server = Server::public(sample());
    let refused = server.post("decisions", &json!({"target": "clm_1", "action": "reject", "reason": "x"}));
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(server.post("read", &json!({"text": "x"})).status, StatusCode::FORBIDDEN);
    assert_eq!(server.json("lake")["address"], Value::Null);
    let open = Server::shared();
    let by_id = |server: &Server| -> BTreeMap<String, Value> {
        let items = server.pages("claims", 500);
        items.into_iter().map(|i| (i["claim"]["id"].as_str().expect("an id").to_owned(), i["claim"].clone())).collect()
    };
    let (shown, whole) = (by_id(&server), by_id(open));
    assert_eq!(shown.len(), whole.len());
    for (id, claim) in &shown {
        let told = claim["evidence"]["text"].as_str().expect("words");
        // What is told is the beginning of the words, with marks where names and sites are withheld.
        let mut rest = whole[id]["evidence"]["text"].as_str().expect("words");
        let pieces = told.trim_end_matches('…').split("[name withheld]").flat_map(|p| p.split("[site withheld]"));
        for (at, piece) in pieces.enumerate() {
            let found = rest.find(piece).unwrap_or_else(|| panic!("{id}: {told} is not of: {rest}"));
            assert!(at > 0 || found == 0, "{id}: it begins as the words do: {told}");
            rest = &rest[found + piece.len()..];
        }
        assert!(
            told.matches(". ").count() <= whole[id]["evidence"]["text"].as_str().map_or(0, |t| t.matches(". ").count())
        );
    }
    let head = server.json("documents?limit=1")["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(server.json(&format!("documents/{head}"))["document"]["text"], "");
}

#[test]
fn beyond_this_machine_private_names_go_from_sentences_excerpts_and_pictures() {
    let (server, open) = (Server::public(sample()), Server::shared());
    // A researcher whom one of the reports quotes.
    let routes = [
        "claims?limit=500",
        "claims?limit=500&format=csv",
        "causes/graph",
        "causes/graph?format=csv",
        "causes/graph?format=svg",
        "search?q=strikes+harden",
    ];
    for route in routes {
        assert!(open.get(route).text().contains("Brandt"), "{route} names her on this machine");
        assert!(!server.get(route).text().contains("Brandt"), "{route} names her to others");
    }
    for format in ["json", "md", "html"] {
        // A brief is handed on, also from this machine.
        let brief = open.get(&format!("brief?from=2025-10-30&to=2025-11-12&format={format}"));
        assert!(brief.status == StatusCode::OK && !brief.text().contains("Brandt"), "{format}");
    }
}

#[test]
fn beyond_this_machine_victims_go_unnamed_in_effects_and_titles() {
    let report = "Journalist Zarmina Wardakzai shot dead in Quetta\n\nGunmen shot dead journalist Zarmina Wardakzai in Quetta \
                  on 3 November 2025, police said. Two brothers, Ajmal Zadranwal and Omar Zadranwal, were killed in Swat. \
                  Journalist Wardakzai had been threatened by gunmen, who attacked Zarmina's house in October.";
    let (server, open) = (Server::public(with_report(sample(), report)), Server::of(with_report(sample(), report)));
    let about = "claims?limit=500&q=Quetta";
    let named = open.json(about);
    let effects = named["items"].as_array().expect("claims").iter().filter_map(|i| i["claim"]["effects"].as_array());
    let of: Vec<&str> = effects.flatten().filter_map(|e| e["of"].as_str()).collect();
    assert!(of.iter().any(|of| of.contains("Zarmina")), "an effect names her on this machine: {of:?}");
    let first = |key: &str| named["items"][0]["claim"][key].as_str().expect("an id").to_owned();
    let incident = open.json(&format!("claims/{}", first("id")))["incident"].as_str().map(str::to_owned);
    let mut routes = vec![
        about.to_owned(),
        "claims?limit=500&format=jsonl".to_owned(),
        "documents?limit=500".to_owned(),
        "documents?limit=500&format=csv".to_owned(),
        format!("documents/{}", first("document")),
        format!("claims/{}", first("id")),
        "search?q=Quetta".to_owned(),
    ];
    routes.extend(incident.map(|id| format!("incidents/{id}")));
    for route in routes {
        assert!(open.get(&route).text().contains("Wardakzai"), "{route} names her on this machine");
        let told = server.get(&route).text();
        for name in ["Wardakzai", "Zarmina", "Zadranwal"] {
            assert!(!told.contains(name), "{route} names {name} to others: {told}");
        }
    }
}

#[test]
fn restricted_rows_stay_out_of_what_others_see() {
    let server = Server::public(with_restricted(sample()));
    let open = Server::of(with_restricted(sample()));
    let id = |server: &Server| server.get("claims?limit=500").text().matches(MARK).count();
    assert!(id(&open) > 0, "it is in the lake");
    assert_eq!(id(&server), 0);
    for route in ["incidents?limit=500", "map", "timeline", "changes", "series", "brief?format=md", "brief?format=html"]
    {
        assert!(!server.get(route).text().contains(MARK), "{route}");
    }
    // The command that a search names repeats what was looked for; it finds nothing.
    let found = |server: &Server| server.json(&format!("search?q={MARK}"))["items"].to_string();
    assert!(found(&open).contains(MARK) && !found(&server).contains(MARK), "{}", found(&server));
    assert!(!open.get("brief?format=md").text().contains(MARK), "nor does a brief tell it from this machine");
}

#[test]
fn tiles_are_given_by_the_piece_and_only_where_there_are_any() {
    const ADDRESS: &str = "/tiles/map.pmtiles";
    let bare = Server::shared();
    assert_eq!(bare.json("lake")["tiles"], false);
    let missing = bare.page(ADDRESS);
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains("--tiles"), "{}", missing.text());

    let path = std::env::temp_dir().join(format!("annalist-api-{}.pmtiles", std::process::id()));
    let mut archive = b"PMTiles\x03".to_vec();
    archive.extend(127_u64.to_le_bytes());
    archive.extend(1_u64.to_le_bytes());
    archive.extend((0..200_000_u32).map(|n| n.to_le_bytes()[0]));
    std::fs::write(&path, &archive).expect("writing the test's archive");
    let server = Server::with_tiles(sample(), Tiles::open(&path).expect("an archive"));
    assert_eq!(server.json("lake")["tiles"], true);

    let whole = server.page_with(ADDRESS, &[("accept-encoding", "gzip, br")]);
    assert_eq!((whole.status, whole.body.len()), (StatusCode::OK, archive.len()));
    assert_eq!(whole.header("content-encoding"), None);
    let tag = whole.header("etag").expect("a tag");
    assert!(tag.starts_with('"'), "{tag}");

    let part = server.page_with(ADDRESS, &[("range", "bytes=7-7")]);
    assert_eq!((part.status, part.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &[3][..]));
    assert_eq!(part.header("content-range"), Some(format!("bytes 7-7/{}", archive.len())));
    let long = server.page_with(ADDRESS, &[("range", "bytes=100-150099")]);
    assert!(long.status == StatusCode::PARTIAL_CONTENT && long.body == archive[100..150_100]);

    let beyond = server.page_with(ADDRESS, &[("range", "bytes=900000-900001")]);
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), Some(format!("bytes */{}", archive.len())));
    assert_eq!(server.page_with(ADDRESS, &[("if-none-match", &tag)]).status, StatusCode::NOT_MODIFIED);
    let other = server.page_with(ADDRESS, &[("range", "bytes=0-0"), ("if-range", "\"another\"")]);
    assert_eq!((other.status, other.body.len()), (StatusCode::OK, archive.len()));
    std::fs::remove_file(&path).expect("the test's own file");
}
