//! Scores article extraction: `cargo run -p ingest --example extraction -- FOLDER [worst N]`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give the folder of the benchmark")?;
    let worst: usize = arguments.next().map_or(Ok(0), |n| n.parse())?;
    let mut score = ingest::score::score_extraction(Path::new(&folder))?;
    println!("precision {:.4}  recall {:.4}  F1 {:.4}", score.precision, score.recall, score.f1);
    score.pages.sort_by(|a, b| a.f1.total_cmp(&b.f1));
    for page in score.pages.iter().take(worst) {
        println!("{:.3} {:.3} {:.3} {}", page.precision.unwrap_or(0.0), page.recall.unwrap_or(0.0), page.f1, page.id);
    }
    Ok(())
}
