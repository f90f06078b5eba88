//! A paper as one file of HTML: no script, nothing fetched, every word escaped, links of `http` and `https` alone; made to be
//! printed, and read on a telephone.

use std::fmt::Write;

use super::{Block, Figure, Note, Paper, Piece, Table, Words, is_web};

/// How it looks. Black on white, since most copies are made so; what weighs is bold, not coloured.
const STYLE: &str = "\
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1.5rem 1rem 3rem;background:#fff;color:#1f2328;
font:16px/1.5 'Source Sans 3','Source Sans Pro','Noto Sans','Segoe UI',Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.9rem;line-height:1.15;margin:0 0 .5rem}
h2{font-size:1.25rem;line-height:1.25;margin:2.2rem 0 .6rem;padding-top:.5rem;border-top:1px solid #8c959f}
h3{font-size:1.02rem;line-height:1.3;margin:1.4rem 0 .3rem}
p{margin:.5rem 0}
.under{color:#57606a;margin:.1rem 0}
ul{margin:.4rem 0;padding-left:1.2rem}
li{margin:.3rem 0}
dl{display:grid;grid-template-columns:7rem 1fr;gap:.15rem .8rem;margin:.3rem 0 .8rem}
dt{color:#57606a}
dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.35;margin:.8rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d4d8dd}
th{color:#57606a;font-weight:600;border-bottom-color:#8c959f}
figure{margin:1.2rem 0}
figure svg{display:block;width:100%;height:auto}
figure .narrow{display:none}
details{font-size:.9rem;color:#57606a}
sup{font-size:.68em;line-height:0}
sup a{color:#1d5aa5;text-decoration:none;padding:0 .08em}
a{color:#1d5aa5}
.notes{font-size:.85rem;line-height:1.4;padding-left:2.4rem}
.notes li{margin:.45rem 0}
.notes code{font-size:.85em;color:#57606a}
:target{background:#fff4c2}
@media (max-width:36rem){
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.4rem}
figure .wide{display:none}
figure .narrow{display:block}
thead{display:none}
table,tbody,tr,td{display:block;width:100%}
tr{border-bottom:1px solid #d4d8dd;padding:.4rem 0}
td{border:0;padding:.05rem 0}
td::before{content:attr(data-name) ' ';color:#57606a}
}
@page{size:A4;margin:18mm 18mm 20mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:9pt sans-serif;color:#57606a}}
@media print{
body{max-width:none;padding:0;font-size:10.5pt;line-height:1.4}
h1{font-size:20pt}
h2{font-size:13pt;break-after:avoid}
h3{font-size:11pt;break-after:avoid}
p,li,dd{orphans:2;widows:2}
figure,tr,dl,.notes li{break-inside:avoid}
figure .narrow,details{display:none}
figure .wide{display:block}
figure svg{max-height:120mm;width:auto;max-width:100%;margin:0 auto}
a,sup a{color:inherit;text-decoration:none}
.notes{font-size:8.5pt;line-height:1.35}
:target{background:none}
}
";

impl Paper {
    /// The paper as one file of HTML.
    pub fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta \
             http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'none'\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        );
        for line in &self.under {
            writeln!(out, "<p class=\"under\">{}</p>", escaped(line)).expect("memory");
        }
        out.push_str("</header>\n<main>\n");
        let mut seen = Seen(vec![0; self.notes.len()]);
        for block in &self.blocks {
            match block {
                Block::Heading { level, words } => {
                    writeln!(out, "<h{level}>{}</h{level}>", escaped(words)).expect("memory");
                }
                Block::Paragraph(words) => writeln!(out, "<p>{}</p>", seen.inline(words)).expect("memory"),
                Block::List(points) => {
                    let points: Vec<String> = points.iter().map(|p| format!("<li>{}</li>\n", seen.inline(p))).collect();
                    let points = points.concat();
                    writeln!(out, "<ul>\n{points}</ul>").expect("memory");
                }
                Block::Facts(facts) => {
                    let fact = |(name, words): &(&str, Words)| {
                        format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), seen.inline(words))
                    };
                    let facts: String = facts.iter().map(fact).collect();
                    writeln!(out, "<dl>\n{facts}</dl>").expect("memory");
                }
                Block::Table(table) => out.push_str(&seen.table(table)),
                Block::Figure(figure) => out.push_str(&seen.picture(figure)),
            }
        }
        if !self.notes.is_empty() {
            out.push_str("<h2>Notes</h2>\n<ol class=\"notes\">\n");
            for (at, note) in self.notes.iter().enumerate() {
                out.push_str(&told(at + 1, note, seen.0[at]));
            }
            out.push_str("</ol>\n");
        }
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }
}

/// How often each note was referred to so far, so that it can lead back to each place.
struct Seen(Vec<usize>);

impl Seen {
    fn inline(&mut self, words: &Words) -> String {
        let (mut out, mut after_note) = (String::new(), false);
        for piece in &words.0 {
            match piece {
                Piece::Plain(words) => out.push_str(&escaped(words)),
                Piece::Strong(words) => write!(out, "<strong>{}</strong>", escaped(words)).expect("memory"),
                Piece::Note(note) => {
                    let Some(times) = note.checked_sub(1).and_then(|at| self.0.get_mut(at)) else { continue };
                    *times += 1;
                    let comma = if after_note { "," } else { "" };
                    write!(out, "<sup>{comma}<a id=\"r{note}-{times}\" href=\"#n{note}\">{note}</a></sup>")
                        .expect("memory");
                }
            }
            after_note = matches!(piece, Piece::Note(_));
        }
        out
    }

    fn table(&mut self, table: &Table) -> String {
        let head: Vec<String> =
            table.head.iter().map(|(name, _)| format!("<th scope=\"col\">{}</th>", escaped(name))).collect();
        let head = head.concat();
        let mut out = format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            let cell = |(words, (name, _)): (&Words, &(&str, u16))| {
                format!("<td data-name=\"{}\">{}</td>", escaped(name), self.inline(words))
            };
            let cells: String = row.iter().zip(&table.head).map(cell).collect();
            writeln!(out, "<tr>{cells}</tr>").expect("memory");
        }
        out.push_str("</tbody>\n</table>\n");
        out
    }

    fn picture(&mut self, figure: &Figure) -> String {
        let rows = self.table(&figure.rows);
        format!(
            "<figure>\n<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n<details><summary>{}, as a \
             table</summary>\n{rows}</details>\n</figure>\n",
            figure.wide,
            figure.narrow,
            escaped(&figure.caption)
        )
    }
}

fn told(number: usize, note: &Note, times: usize) -> String {
    let mut out = format!("<li id=\"n{number}\">");
    match &note.source {
        None => out.push_str("The claim could not be looked up."),
        Some(source) => {
            write!(out, "{}: “{}” ", escaped(&source.says), escaped(&source.quote)).expect("memory");
            let whence = escaped(&source.whence());
            match source.url.as_deref().filter(|url| is_web(url)) {
                Some(url) => write!(out, "(<a href=\"{}\" rel=\"noreferrer\">{whence}</a>).", escaped(url)),
                None => write!(out, "({whence})."),
            }
            .expect("memory");
        }
    }
    write!(out, " <code>{}</code>", escaped(note.claim.as_str())).expect("memory");
    if let Some(along) = note.along() {
        write!(out, " {}", escaped(&along)).expect("memory");
    }
    for time in 1..=times {
        write!(out, " <a href=\"#r{number}-{time}\" aria-label=\"back to where it is referred to\">↩</a>")
            .expect("memory");
    }
    out.push_str("</li>\n");
    out
}

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
