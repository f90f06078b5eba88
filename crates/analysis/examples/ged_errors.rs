//! Prints the wrong and missed pairs of the odd half of `measure::ged`, each with what was weighed:
//! `cargo run -p analysis --example ged_errors -- TABLE [apart]`. For tuning; never look at the even half.

use analysis::incidents::measure::ged::{self, Documents};
use analysis::incidents::{Corpus, explain};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The first is the program itself.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [table, rest @ ..] = arguments.as_slice() else { return Err("name the table of GED".into()) };
    let documents = if rest.is_empty() { Documents::Shared } else { Documents::Apart };
    for (wrong, a, b) in ged::errors(&std::fs::read_to_string(table)?, documents)? {
        let mut corpus = Corpus::default();
        corpus.add(&a.0, None);
        corpus.add(&b.0, None);
        let (Some(x), Some(y)) = (corpus.find(&a.0.id), corpus.find(&b.0.id)) else { continue };
        let found = explain(&corpus, x, y);
        let what = if wrong { "WRONG" } else { "MISSED" };
        println!("{what} {} {} {:?}", a.0.id, b.0.id, found.sum);
        for line in found.lines {
            println!(
                "   {:9} {:9} {:6.2} {}",
                format!("{:?}", line.field),
                format!("{:?}", line.verdict),
                line.weight,
                line.words
            );
        }
    }
    Ok(())
}
