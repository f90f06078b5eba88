//! Annotated text as CoNLL-U, for the eye and for other tools.
//!
//! Columns as Universal Dependencies has them; XPOS and enhanced dependencies are not made here. Names stand in
//! MISC as `Entity=B-PER`, beside `SpaceAfter=No`.

use std::fmt::Write;

use model::{Annotated, Head, Sentence};

/// All sentences; `id` opens each `sent_id`.
pub fn write(annotated: &Annotated, text: &str, id: &str) -> String {
    let mut out = String::new();
    for (number, sentence) in annotated.sentences.iter().enumerate() {
        let _ = writeln!(out, "# sent_id = {id}-{}", number + 1);
        sentence_lines(sentence, text, &mut out);
    }
    out
}

fn sentence_lines(sentence: &Sentence, text: &str, out: &mut String) {
    let _ = writeln!(out, "# text = {}", plain(sentence.span.of(text)));
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = match token.head {
            Head::Root => 0,
            Head::Token(head) => head + 1,
        };
        let mut misc = Vec::new();
        if let Some(name) = sentence.names.iter().find(|n| n.tokens.contains(&i)) {
            let place = if name.tokens.start == i { 'B' } else { 'I' };
            misc.push(format!("Entity={place}-{}", name.kind.as_str()));
        }
        if !token.space_after {
            misc.push("SpaceAfter=No".to_owned());
        }
        let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
        let (form, lemma) = (plain(token.span.of(text)), plain(&token.lemma));
        let _ = writeln!(
            out,
            "{}\t{form}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{misc}",
            i + 1,
            if lemma.is_empty() { &form } else { &lemma },
            token.upos,
            token.feats.as_str(),
            token.deprel,
        );
    }
    out.push('\n');
}

/// One line, single spaces: what the format can hold.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}
