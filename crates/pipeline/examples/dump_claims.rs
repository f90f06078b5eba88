//! Prints the claims of tables as JSON.
use std::io::Write;
use std::ops::ControlFlow;
fn main() {
    let out = std::io::stdout().lock();
    let mut out = std::io::BufWriter::new(out);
    let catalogue = coding::catalogue::Catalogue::embedded();
    for path in std::env::args().skip(1) {
        let options = pipeline::ImportOptions { threads: 2, ..Default::default() };
        let r = pipeline::import(&ingest::Source::Path(path.into()), &options, catalogue, &mut |i| {
            if let Some(d) = &i.document { writeln!(out, "{}", serde_json::to_string(&model::record::DocumentRecord::from(d)).unwrap()).unwrap(); }
            for c in &i.claims { writeln!(out, "{}", serde_json::to_string(c).unwrap()).unwrap(); }
            for f in &i.faults { writeln!(out, "{f}").unwrap(); }
            ControlFlow::Continue(())
        });
        writeln!(out, "{r:?}").unwrap();
    }
}
