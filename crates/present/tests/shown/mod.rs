//! Answers shown, and held to what every one must keep.

use analysis::Grounds;
use present::Answer;

/// The table, of which no line is too wide and every row has its columns.
pub fn table(answer: &impl Answer) -> String {
    let mut out = Vec::new();
    answer.table(&mut out).expect("a vector takes all");
    let text = String::from_utf8(out).expect("text");
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 122).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    let (columns, rows) = answer.rows();
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    text
}

/// The figure; where a person is to look at it (`FIGURES=FOLDER`), it is written there as a picture, in two widths.
pub fn drawn(answer: &impl Answer, name: &str) -> String {
    let grounds = Grounds { claims: 612, reports: 498, ..Grounds::default() };
    if let Some(folder) = option_env!("FIGURES") {
        for width in [860, 390] {
            let picture = chart::png(&answer.figure(&grounds, width), 1.5).expect("a figure is drawn");
            std::fs::write(format!("{folder}/{name}-{width}.png"), picture).expect("the folder is there");
        }
    }
    answer.figure(&grounds, 860)
}
