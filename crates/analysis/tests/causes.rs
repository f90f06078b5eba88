//! Judgements of cause and effect as a graph, from claims written by hand.

mod contract;

use std::sync::LazyLock;

use analysis::Told;
use analysis::causes::{Concepts, Graph, PATH_STEPS, Sign, graph};
use contract::{called, claim, said_by, told};
use model::record::ClaimRecord;
use model::{ClaimId, DocumentId, Polarity};
use proptest::prelude::*;
use serde_json::{Value, json};

fn concepts() -> &'static Concepts {
    static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| Concepts::embedded().expect("the lexicon holds"));
    &CONCEPTS
}

/// "Somebody judges that this raises (+) or lowers (-) that."
fn judges(name: &str, who: &str, cause: &str, sign: &str, effect: &str) -> ClaimRecord {
    claim(&judgement(name, who, cause, sign, effect))
}

fn judgement(name: &str, who: &str, cause: &str, sign: &str, effect: &str) -> Value {
    let text = format!("{cause}, {effect}");
    let start = cause.len() + 2;
    let fields = json!({
        "id": format!("clm_{name}"), "document": "doc_column", "kind": "cause",
        "cause": {"span": [0, cause.len()], "text": cause, "claim": null},
        "effect": {"span": [start, text.len()], "text": effect, "claim": null},
        "polarity": sign, "evidence": {"span": [0, text.len()], "text": text}
    });
    if who.is_empty() { fields } else { said_by(fields, who) }
}

/// A claim that names parties, so that phrases of its report that mention them are theirs.
fn naming(parties: &[(&str, &str)]) -> ClaimRecord {
    let actor: Vec<Value> = parties.iter().map(|(words, id)| called(words, id)).collect();
    claim(&json!({"id": "clm_names", "document": "doc_column", "type": "CONSULT", "actor": actor}))
}

fn of(claims: &[ClaimRecord]) -> Graph {
    graph(&told(claims), &[], concepts())
}

/// "cause +→ effect" for each edge, with who judges so.
fn edges(graph: &Graph) -> Vec<String> {
    let edge = |e: &analysis::causes::Edge| {
        let by: Vec<String> = e.voices().into_iter().map(String::from).collect();
        format!("{} {} {}: {}", graph.nodes[e.from].id, e.polarity, graph.nodes[e.to].id, by.join(", "))
    };
    graph.edges.iter().map(edge).collect()
}

#[test]
fn concepts_take_their_examples_and_leave_the_tempting() {
    let concepts = concepts();
    let mut wrong = Vec::new();
    for concept in concepts.all() {
        let mut check = |phrases: &[String], wanted: Option<bool>| {
            for phrase in phrases {
                let found = concepts.of(phrase);
                let own = found.filter(|(c, _)| c.id == concept.id).map(|(_, less)| less);
                if own != wanted {
                    let found = found.map(|(c, less)| (c.id.clone(), less));
                    wrong.push(format!("{}: “{phrase}” gives {found:?}", concept.id));
                }
            }
        };
        check(&concept.examples.yes, Some(false));
        check(&concept.examples.yes_less, Some(true));
        check(&concept.examples.no, None);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_phrase_is_read_by_its_head_and_its_direction() {
    let check = |phrase: &str, wanted: Option<(&str, bool)>| {
        let concepts = concepts();
        let found = concepts.of(phrase).map(|(concept, less)| (concept.id.clone(), less));
        assert_eq!(found, wanted.map(|(id, less)| (id.to_owned(), less)), "{phrase}");
    };
    check("the risk of attacks on trade", Some(("attacks", false)));
    check("In March the Torkham crossing was closed for nearly a month", Some(("crossings_closed", false)));
    check("the crossings did not open", Some(("crossings_closed", false)));
    check("Trade fell sharply", Some(("trade", true)));
    check("attacks launched by the group", Some(("attacks", false)));
    check("a fall in the number of attacks", Some(("attacks", true)));
    check("an end to the lull in violence", Some(("attacks", false)));
    // What did not happen to the position is not told: the words alone remain.
    check("Kabul's position did not change", None);
    check("a neighbour that no longer needs Karachi", None);
    check("", None);
}

#[test]
fn closing_and_reopening_a_crossing_move_one_thing_two_ways() {
    let graph = of(&[
        judges("a", "Trader One", "closing the crossing", "-", "trade"),
        judges("b", "Trader Two", "the reopening of the border", "+", "commerce"),
    ]);
    assert_eq!(edges(&graph), ["crossings_closed - trade: Trader One, Trader Two"]);
    let node = &graph.nodes[graph.edges[0].from];
    let phrases: Vec<(&str, bool)> = node.phrases.iter().map(|p| (p.text.as_str(), p.less)).collect();
    assert_eq!(phrases, [("closing the crossing", false), ("the reopening of the border", true)]);
    // What the claim itself says of the sign is kept.
    assert_eq!(graph.edges[0].says.iter().map(|j| j.said).collect::<Vec<_>>(), [Polarity::Lowers, Polarity::Raises]);
}

#[test]
fn phrases_of_no_concept_meet_in_the_same_words_only() {
    let graph = of(&[
        judges("a", "One", "The new tax", "+", "rain of letters"),
        judges("b", "Two", "the taxes", "+", "the rains of letters"),
        judges("c", "Three", "the tax on salt", "+", "a rain of letters"),
    ]);
    assert_eq!(edges(&graph), ["words:salt tax + words:letter rain: Three", "words:tax + words:letter rain: One, Two"]);
}

#[test]
fn whose_it_is_tells_nodes_apart() {
    let names = naming(&[("Kabul", "AFG"), ("Islamabad", "PAK")]);
    let graph = of(&[
        names.clone(),
        judges("a", "One", "Pressure", "+", "Kabul's position"),
        judges("b", "Two", "Pressure", "-", "the position of Islamabad"),
    ]);
    assert_eq!(edges(&graph), ["pressure + stance:AFG: One", "pressure - stance:PAK: Two"]);
    // Whom pressure is put on does not make it another's.
    let graph = of(&[names.clone(), judges("a", "One", "Islamabad's pressure on Kabul", "+", "mistrust")]);
    assert_eq!(edges(&graph), ["pressure:PAK + tension: One"]);
    // A name is whom the other reports mean by it, where its own report has no claim that names it.
    let mut elsewhere = judgement("a", "One", "Pressure", "+", "Kabul's position");
    elsewhere["document"] = json!("doc_other");
    assert_eq!(edges(&of(&[names.clone(), claim(&elsewhere)])), ["pressure + stance:AFG: One"]);
    // A phrase that names nobody joins the only party that is named so, and says why.
    let graph = of(&[
        names,
        judges("a", "One", "Islamabad's strikes", "+", "attacks"),
        judges("b", "Two", "Further strikes", "+", "attacks"),
    ]);
    assert_eq!(edges(&graph), ["strikes:PAK + attacks: One, Two"]);
    let why: Vec<&str> = graph.nodes[1].phrases.iter().map(|p| p.why.as_str()).collect();
    assert_eq!(why, ["by the words “strikes”; no other than PAK is named so", "by the words “strikes”"]);
}

#[test]
fn what_a_phrase_links_to_tells_what_it_is() {
    let strike = claim(&json!({
        "id": "clm_strike", "type": "ASSAULT", "modes": ["aerial"], "actor": [called("the army", "AAA.MIL")]
    }));
    let mut of_event = judgement("a", "One", "what the army did that night", "+", "mistrust");
    of_event["cause"]["claim"] = json!("clm_strike");
    let graph = of(&[strike, claim(&of_event)]);
    assert_eq!(edges(&graph), ["strikes:AAA + tension: One"]);
    assert_eq!(graph.nodes[0].phrases[0].why, "by the ASSAULT that it tells of");
}

#[test]
fn denials_and_the_other_sign_stand_beside_a_judgement() {
    let denied = {
        let mut fields = judgement("c", "Three", "strikes", "+", "attacks");
        fields["attitude"] = json!("denies");
        claim(&fields)
    };
    let graph =
        of(&[judges("a", "One", "strikes", "+", "attacks"), judges("b", "Two", "strikes", "-", "attacks"), denied]);
    assert_eq!(edges(&graph), ["strikes + attacks: One", "strikes - attacks: Two"]);
    assert_eq!((graph.edges[0].denies.len(), graph.edges[0].contrary, graph.edges[1].contrary), (1, Some(1), Some(0)));
    let paths = graph.paths("strikes", Some("attacks"), concepts());
    let against: Vec<String> = paths.paths.chains[0].steps[0].against.iter().map(|v| v.name.clone()).collect();
    assert_eq!(against, ["Three", "Two"]);
}

#[test]
fn what_its_judge_took_back_is_no_judgement() {
    let mut taken_back = judgement("b", "Prof Ada Lane", "strikes", "+", "attacks");
    taken_back["attitude"] = json!("retracts");
    taken_back["published"] = json!("2025-12-01");
    let graph = of(&[judges("a", "Prof Ada Lane", "strikes", "+", "attacks"), claim(&taken_back)]);
    assert!(graph.edges.iter().all(|e| e.says.is_empty()));
    assert_eq!(graph.retracted.len(), 1);
}

#[test]
fn near_copies_are_no_second_judges() {
    let claims = [judges("a", "", "strikes", "+", "attacks"), judges("b", "", "strikes", "+", "attacks")];
    let original = DocumentId::try_from("doc_column".to_owned()).unwrap();
    let told = [
        Told { claim: &claims[0], publisher: Some("Wire"), copy_of: None },
        Told { claim: &claims[1], publisher: Some("Echo"), copy_of: Some(&original) },
    ];
    let graph = graph(&told, &[], concepts());
    assert_eq!(edges(&graph), ["strikes + attacks: Wire"]);
    assert_eq!(graph.edges[0].says.len(), 2);
}

/// Strikes harden the stance, the stance brings attacks, attacks bring strikes; talks check attacks.
fn spiral() -> Vec<ClaimRecord> {
    vec![
        naming(&[("Kabul", "AFG")]),
        judges("a", "Ilse Brandt", "Further strikes", "+", "Kabul’s position"),
        judges("b", "Ilse Brandt", "Kabul's refusal", "+", "attacks"),
        judges("c", "Farhan Qadri", "the TTP’s attacks", "+", "air strikes"),
        judges("d", "Farhan Qadri", "attacks", "+", "talks"),
        judges("e", "Brandt", "dialogue", "-", "attacks"),
    ]
}

#[test]
fn loops_are_found_and_named_by_what_they_do() {
    let loops = of(&spiral()).loops();
    let found: Vec<(&str, Sign, bool)> = loops.chains.iter().map(|c| (c.name.as_str(), c.sign, c.pieced)).collect();
    assert_eq!(
        found,
        [
            ("attacks → talks → fewer attacks, balancing", Sign::Balancing, true),
            ("attacks → strikes → a hard stance (AFG) → attacks, reinforcing", Sign::Reinforcing, true),
        ]
    );
    assert!(!loops.cut);
}

#[test]
fn paths_of_a_lever_say_who_asserts_them() {
    let graph = of(&spiral());
    let paths = graph.paths("strikes", Some("attacks"), concepts());
    let found: Vec<(&str, Sign, Vec<String>)> = paths
        .paths
        .chains
        .iter()
        .map(|c| (c.name.as_str(), c.sign, c.whole_by.iter().map(|v| v.name.clone()).collect()))
        .collect();
    assert_eq!(found, [("strikes → a hard stance (AFG) → attacks", Sign::Raises, vec!["Ilse Brandt".to_owned()])]);
    // To everything, from words, with less of the lever: fewer strikes soften.
    let paths = graph.paths("an end to air strikes", None, concepts());
    assert!(paths.lever.less);
    let names: Vec<(&str, Sign, bool)> =
        paths.paths.chains.iter().map(|c| (c.name.as_str(), c.sign, c.pieced)).collect();
    assert_eq!(
        names,
        [
            ("fewer strikes → a softer stance (AFG)", Sign::Lowers, false),
            ("fewer strikes → a softer stance (AFG) → fewer attacks", Sign::Lowers, false),
            ("fewer strikes → a softer stance (AFG) → fewer attacks → fewer talks", Sign::Lowers, true),
        ]
    );
    // Of one party, by its id.
    assert_eq!(graph.select("stance AFG", concepts()).nodes, ["stance:AFG"]);
    // A lever that nobody judges has no path, and no guess.
    assert!(graph.paths("hunger", None, concepts()).lever.nodes.is_empty());
}

#[test]
fn one_person_by_two_names_in_a_report_is_one_voice() {
    let graph = of(&spiral());
    let names: Vec<String> = graph.edges.iter().flat_map(analysis::causes::Edge::voices).map(String::from).collect();
    assert!(names.contains(&"Ilse Brandt".to_owned()) && !names.contains(&"Brandt".to_owned()), "{names:?}");
    // "The analyst" of two reports is nobody in particular.
    let mut other = judgement("b", "the analyst", "Kabul's refusal", "+", "attacks");
    other["document"] = json!("doc_other");
    let graph = of(&[judges("a", "the analyst", "strikes", "+", "Kabul's refusal"), claim(&other)]);
    let path = &graph.paths("strikes", Some("attacks"), concepts()).paths.chains[0];
    assert!(path.pieced, "{path:?}");
}

fn any_claims() -> impl Strategy<Value = Vec<ClaimRecord>> {
    let thing = || prop::sample::select(vec!["strikes", "attacks", "the talks", "trade", "fewer attacks", "the tax"]);
    let one = (thing(), thing(), prop::sample::select(vec!["+", "-"]), prop::sample::select(vec!["One", "Two"]));
    prop::collection::vec(one, 1..12).prop_map(|all| {
        let named = |(i, (cause, effect, sign, who)): (usize, (&str, &str, &str, &str))| {
            judges(&format!("{i:02}"), who, cause, sign, effect)
        };
        all.into_iter().enumerate().map(named).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_claims_does_not_matter(claims in any_claims(), seed in any::<u64>()) {
        let mut turned = claims.clone();
        turned.sort_by_key(|c| c.id.as_str().bytes().fold(seed, |h, b| h.rotate_left(7) ^ u64::from(b)));
        prop_assert_eq!(of(&claims), of(&turned));
    }

    #[test]
    fn every_judgement_is_on_one_edge(claims in any_claims()) {
        let graph = of(&claims);
        let mut on_edges: Vec<&ClaimId> =
            graph.edges.iter().flat_map(|e| e.says.iter().chain(&e.denies)).map(|j| &j.claim).collect();
        on_edges.sort();
        prop_assert_eq!(on_edges, claims.iter().map(|c| &c.id).collect::<Vec<_>>());
    }

    #[test]
    fn chains_hang_together_and_their_signs_are_products(claims in any_claims()) {
        let graph = of(&claims);
        let loops = graph.loops();
        let paths = graph.paths("strikes", None, concepts());
        for (chain, closed) in loops.chains.iter().map(|c| (c, true)).chain(paths.paths.chains.iter().map(|c| (c, false))) {
            prop_assert!(chain.steps.windows(2).all(|w| w[0].to == w[1].from));
            let mut visited: Vec<&str> = chain.steps.iter().map(|s| s.to.as_str()).collect();
            visited.sort_unstable();
            visited.dedup();
            prop_assert_eq!(visited.len(), chain.steps.len());
            prop_assert_eq!(closed, chain.steps[0].from == chain.steps[chain.steps.len() - 1].to);
            let minus = chain.steps.iter().filter(|s| s.polarity == Polarity::Lowers).count() % 2 == 1;
            prop_assert_eq!(minus, matches!(chain.sign, Sign::Balancing | Sign::Lowers));
            prop_assert!(closed || chain.steps.len() <= PATH_STEPS);
        }
    }
}
