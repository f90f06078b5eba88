//! Lists what becomes of sources: `cargo run -p ingest --example outcomes -- PATH|URL|- …`.

use std::ops::ControlFlow;

use ingest::{Options, Outcome, Source, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::default();
    for argument in std::env::args().skip(1) {
        let source = Source::parse(&argument)?;
        let _ = read(&source, &options, &mut |outcome| {
            match outcome {
                Outcome::Read { document: doc, .. } => {
                    let published = doc.published.map(|p| p.to_string()).unwrap_or_default();
                    let problems: Vec<&str> = doc.problems.iter().map(|p| p.kind.as_str()).collect();
                    let (title, outlet) =
                        (doc.title.as_deref().unwrap_or_default(), doc.publisher.as_deref().unwrap_or_default());
                    println!("read {} [{published}] [{outlet}] {title} {problems:?}", doc.text().len());
                }
                Outcome::Skipped(skipped) => println!("skip {skipped}"),
            }
            ControlFlow::Continue(())
        });
    }
    Ok(())
}
