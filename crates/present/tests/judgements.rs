//! Judgements of cause and effect, commitments and figures of the bundled reports, as people see them.

mod weighed;

use std::collections::BTreeMap;

use analysis::causes::{Concepts, graph};
use analysis::commitments::{Duties, commitments};
use analysis::figures::{Counted, beside};
use analysis::{Grounds, Told};
use model::Incident;
use model::record::ClaimRecord;
use present::{Answer, Commitments, Figures, Loops, Paths};

const PUBLISHERS: &str = include_str!("../../analysis/tests/fixtures/samples.publishers.tsv");

/// Claims as they are told, with who published them.
fn told(claims: &[ClaimRecord]) -> Vec<Told<'_>> {
    let publishers: BTreeMap<&str, &str> = PUBLISHERS.lines().filter_map(|line| line.split_once('\t')).collect();
    let one = |claim| Told { claim, publisher: publishers.get(claim.document.as_str()).copied(), copy_of: None };
    claims.iter().map(one).collect()
}

fn incidents(claims: &[ClaimRecord]) -> Vec<Incident> {
    weighed::each(claims, |incident, _| incident.clone())
}

fn grounds(claims: &[ClaimRecord], kind: &str, method: String, caveats: Vec<String>) -> Grounds {
    let mut grounds = Grounds { asked: format!("every {kind}"), method, caveats, ..Grounds::default() };
    let of_kind = claims.iter().filter(|c| c.kind == kind).map(|c| &c.document);
    grounds.count(of_kind, &weighed::reports(claims));
    grounds
}

/// The table, and that rows are as wide as their columns.
fn shown(answer: &impl Answer) -> String {
    let mut table = Vec::new();
    answer.table(&mut table).expect("a table is written");
    let (columns, rows) = answer.rows();
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    String::from_utf8(table).expect("a table is text")
}

/// Where a person is to look at it, the figure is written there as a picture, in two widths.
fn drawn(answer: &impl Answer, grounds: &Grounds, name: &str) -> String {
    let figure = |width| answer.figure(grounds, width);
    if let Some(folder) = option_env!("FIGURES") {
        for width in [860, 390] {
            let picture = chart::png(&figure(width), 1.5).expect("a figure is drawn");
            std::fs::write(format!("{folder}/{name}-{width}.png"), picture).expect("the folder is there");
        }
    }
    figure(860)
}

#[test]
fn causes() {
    let claims = weighed::claims();
    let concepts = Concepts::embedded().expect("the lexicon holds");
    let graph = graph(&told(&claims), &incidents(&claims), &concepts);
    let grounds = grounds(&claims, "cause", graph.method(), graph.caveats());
    insta::assert_snapshot!("causes_graph", shown(&graph));
    insta::assert_snapshot!("causes_graph_figure", drawn(&graph, &grounds, "graph"));
    let paths = Paths { paths: graph.paths("strikes", None, &concepts), graph: graph.clone() };
    insta::assert_snapshot!("causes_paths", shown(&paths));
    insta::assert_snapshot!("causes_paths_figure", drawn(&paths, &grounds, "paths"));
    insta::assert_snapshot!("causes_loops", shown(&Loops::of(graph)));
}

#[test]
fn commitments_of_reports() {
    let claims = weighed::claims();
    let found = commitments(&told(&claims), &incidents(&claims), &Duties::embedded().expect("the lexicon holds"), None);
    let grounds =
        grounds(&claims, "commitment", analysis::commitments::method(), analysis::commitments::caveats(&found));
    let answer = Commitments(found);
    insta::assert_snapshot!("commitments", shown(&answer));
    insta::assert_snapshot!("commitments_figure", drawn(&answer, &grounds, "commitments"));
}

#[test]
fn figures_beside_counts() {
    let claims = weighed::claims();
    let reports = weighed::reports(&claims);
    let lexicon = Counted::embedded().expect("the lexicon holds");
    let found = beside(&told(&claims), &incidents(&claims), &reports, &lexicon);
    let grounds = grounds(&claims, "figure", analysis::figures::method(), analysis::figures::caveats(&found));
    let answer = Figures(found);
    insta::assert_snapshot!("figures", shown(&answer));
    insta::assert_snapshot!("figures_figure", drawn(&answer, &grounds, "figures"));
}

#[test]
fn an_empty_answer_says_so() {
    let graph = graph(&[], &[], &Concepts::embedded().expect("the lexicon holds"));
    let none = Grounds::default();
    assert_eq!(shown(&graph), "No judgement of cause and effect.\n");
    assert_eq!(shown(&Loops::of(graph.clone())), "No loop of at most 5 steps among 0 edges.\n");
    assert_eq!(shown(&Commitments(Vec::new())), "No duty and no promise.\n");
    assert_eq!(shown(&Figures(Vec::new())), "No figure.\n");
    for figure in
        [graph.figure(&none, 390), Commitments(Vec::new()).figure(&none, 390), Figures(Vec::new()).figure(&none, 390)]
    {
        assert!(figure.starts_with("<svg "));
    }
}
