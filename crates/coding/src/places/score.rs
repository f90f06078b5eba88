//! Scores places on articles whose toponyms are marked with coordinates (LGL, `GeoVirus`, `GeoWebNews` as XML).
//!
//! The measure is that of Gritta et al., "A pragmatic guide to geoparsing evaluation" (2020): given the marked names,
//! the share that is placed within 161 km (100 miles), the median error, and the area under the curve of log errors.

use model::{Deprel, Feats, Head, Name, NameKind, Sentence, Span, Token, Upos};

use super::{StoryPlaces, adjectives_with, mentions_with, toponyms_with};
use crate::gazetteer::{Gazetteer, distance_km};
use crate::numbers::lex::{Kind, cut};

/// An article with its marked names.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Bytes of each marked name, its latitude and longitude.
    pub toponyms: Vec<(Span, f64, f64)>,
}

/// What a set of articles gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceScore {
    /// Marked names with coordinates.
    pub marked: usize,
    /// Of these, names that were given coordinates.
    pub placed: usize,
    /// Errors in kilometres of those that were placed.
    pub errors: Vec<f64>,
}

impl PlaceScore {
    /// Share of all marked names placed within 161 km.
    pub fn within_161(&self) -> f64 {
        self.errors.iter().filter(|e| **e <= 161.0).count() as f64 / self.marked.max(1) as f64
    }

    /// The same among the names that were placed.
    pub fn within_161_of_placed(&self) -> f64 {
        self.errors.iter().filter(|e| **e <= 161.0).count() as f64 / self.placed.max(1) as f64
    }

    /// Median error in kilometres of the names that were placed.
    pub fn median_km(&self) -> f64 {
        let mut errors = self.errors.clone();
        errors.sort_by(f64::total_cmp);
        errors.get(errors.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// Mean of ln(1 + error) over its greatest value (half the Earth's girth); 0 is perfect.
    pub fn auc(&self) -> f64 {
        let greatest = 20_039.0_f64.ln_1p();
        self.errors.iter().map(|e| e.ln_1p() / greatest).sum::<f64>() / self.errors.len().max(1) as f64
    }

    /// Adds another article's.
    pub fn add(&mut self, other: PlaceScore) {
        self.marked += other.marked;
        self.placed += other.placed;
        self.errors.extend(other.errors);
    }
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    let end = start + text[start..].find(close)?;
    Some(&text[start..end])
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// The articles of a corpus file. Offsets count characters; a name that does not stand at its offset is left out.
pub fn articles(xml: &str) -> Vec<Article> {
    let mut found = Vec::new();
    for article in xml.split("<article").skip(1) {
        let Some(text) = between(article, "<text>", "</text>") else { continue };
        let raw = text.trim().strip_prefix("<![CDATA[").and_then(|t| t.strip_suffix("]]>"));
        let text = raw.map_or_else(|| plain(text), str::to_owned);
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut toponyms = Vec::new();
        // The files call the element and its fields by different names; the plural that holds them all has no fields.
        for marked in article
            .split("<toponym")
            .skip(1)
            .chain(article.split("<location").skip(1))
            .filter(|m| m.starts_with([' ', '>']))
        {
            let number = |tag: &str| {
                between(marked, &format!("<{tag}>"), &format!("</{tag}>"))
                    .or_else(|| between(marked, &format!("{tag}=\""), "\""))
                    .and_then(|v| v.trim().parse::<f64>().ok())
            };
            let lat = number("lat").or_else(|| number("latitude"));
            let place = lat.zip(number("lon").or_else(|| number("longitude")));
            let name = ["phrase", "extractedName", "name"]
                .iter()
                .find_map(|tag| between(marked, &format!("<{tag}>"), &format!("</{tag}>")))
                .map(plain);
            // Some files count characters from one.
            let span = [0.0, -1.0, 1.0].iter().find_map(|shift| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "offsets are small whole numbers"
                )]
                let at = |v: f64| bytes.get((v + shift).max(0.0) as usize).copied();
                let (start, end) = number("start").and_then(at).zip(number("end").and_then(at))?;
                let span = Span::new(&text, start, end).ok()?;
                name.as_ref().is_none_or(|n| span.of(&text).trim() == n.trim()).then_some(span)
            });
            if let Some(((lat, lon), span)) = place.zip(span) {
                toponyms.push((span, lat, lon));
            }
        }
        found.push(Article { text, toponyms });
    }
    found
}

/// Scores an article: the marked names are taken as given, their meaning is found.
pub fn score(article: &Article, gazetteer: &Gazetteer) -> PlaceScore {
    let sentence = as_sentence(article);
    let mentions = mentions_with(&article.text, &sentence, gazetteer);
    let story = StoryPlaces::new(gazetteer, &mentions);
    let mut score = PlaceScore { marked: article.toponyms.len(), ..PlaceScore::default() };
    for (span, lat, lon) in &article.toponyms {
        let name = span.of(&article.text);
        // The name's own mention, else one in which it holds another, else the bare name.
        let own = mentions.iter().find(|m| m.name_span.overlaps(*span));
        let mut mention = match own {
            Some(own) => own.clone(),
            None => super::PlaceMention {
                tokens: 0..0,
                span: *span,
                name: name.to_owned(),
                name_span: *span,
                cue: None,
                within: Vec::new(),
                relation: super::Relation::At,
                tagged: true,
            },
        };
        mention.relation = super::Relation::At;
        let place = story.resolve(&mention);
        if let Some(at) = place.name.and(place.lat.zip(place.lon)) {
            score.placed += 1;
            score.errors.push(distance_km(at, (*lat, *lon)));
        }
    }
    score
}

/// What reading raw text gave: names found, and where they were placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToponymScore {
    /// Names in the gold data.
    pub gold: usize,
    /// Names found.
    pub found: usize,
    /// Found names with exactly the bounds of a gold one.
    pub exact: usize,
    /// Found names that overlap a gold one.
    pub overlapping: usize,
    /// Of the overlapping: placed within 161 km of the gold point.
    pub near: usize,
}

impl ToponymScore {
    /// F1 of names with exact bounds.
    pub fn exact_f1(&self) -> f64 {
        2.0 * self.exact as f64 / (self.gold + self.found).max(1) as f64
    }

    /// F1 of names, overlap counting.
    pub fn overlap_f1(&self) -> f64 {
        2.0 * self.overlapping as f64 / (self.gold + self.found).max(1) as f64
    }

    /// Precision and recall, overlap counting.
    pub fn overlap(&self) -> (f64, f64) {
        let of = |n: usize| self.overlapping as f64 / n.max(1) as f64;
        (of(self.found), of(self.gold))
    }

    /// Share within 161 km among the gold names that were found.
    pub fn within_161_of_found(&self) -> f64 {
        self.near as f64 / self.overlapping.max(1) as f64
    }

    /// Adds another article's.
    pub fn add(&mut self, other: &ToponymScore) {
        self.gold += other.gold;
        self.found += other.found;
        self.exact += other.exact;
        self.overlapping += other.overlapping;
        self.near += other.near;
    }
}

/// Scores an article from its sentences alone: which names are found, and where they are placed. `adjectives` are
/// names too in corpora that mark them.
pub fn score_raw(article: &Article, sentences: &[Sentence], gazetteer: &Gazetteer, adjectives: bool) -> ToponymScore {
    let mentions: Vec<_> = sentences.iter().flat_map(|s| mentions_with(&article.text, s, gazetteer)).collect();
    let story = StoryPlaces::new(gazetteer, &mentions);
    let mut names: Vec<_> = sentences.iter().flat_map(|s| toponyms_with(&article.text, s, gazetteer)).collect();
    if adjectives {
        for one in sentences.iter().flat_map(|s| adjectives_with(&article.text, s, gazetteer)) {
            if !names.iter().any(|n| n.name_span.overlaps(one.name_span)) {
                names.push(one);
            }
        }
    }
    let mut score = ToponymScore { gold: article.toponyms.len(), found: names.len(), ..ToponymScore::default() };
    let mut taken = vec![false; names.len()];
    for (span, lat, lon) in &article.toponyms {
        let Some(i) = (0..names.len()).find(|&i| !taken[i] && names[i].name_span.overlaps(*span)) else { continue };
        taken[i] = true;
        score.overlapping += 1;
        score.exact += usize::from(names[i].name_span == *span);
        let place = story.resolve(&names[i]);
        let near = place.name.and(place.lat.zip(place.lon)).is_some_and(|at| distance_km(at, (*lat, *lon)) <= 161.0);
        score.near += usize::from(near);
    }
    score
}

/// The article as one untagged sentence whose names are the marked ones.
fn as_sentence(article: &Article) -> Sentence {
    let text = &article.text;
    let pieces = cut(text, 0..text.len());
    let mut tokens = Vec::with_capacity(pieces.len());
    for (i, piece) in pieces.iter().enumerate() {
        let Ok(span) = Span::new(text, piece.at.start, piece.at.end) else { continue };
        let capital = span.of(text).chars().next().is_some_and(char::is_uppercase);
        tokens.push(Token {
            span,
            lemma: piece.low.clone(),
            upos: match piece.kind {
                Kind::Sign => Upos::Punct,
                Kind::Figure => Upos::Num,
                Kind::Word if capital => Upos::Noun,
                Kind::Word => Upos::Noun,
            },
            feats: Feats::new("_"),
            head: Head::Root,
            deprel: Deprel::Dep,
            space_after: pieces.get(i + 1).is_none_or(|p| p.space),
        });
    }
    let names = article
        .toponyms
        .iter()
        .filter_map(|(span, ..)| {
            let first = tokens.iter().position(|t| t.span.overlaps(*span))?;
            let last = tokens.iter().rposition(|t| t.span.overlaps(*span))?;
            Some(Name { span: *span, tokens: first..last + 1, kind: NameKind::Place })
        })
        .collect();
    let span = Span::new(text, 0, text.len()).unwrap_or_else(|_| Span::from([0, 0]));
    Sentence { span, tokens, names, causality: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_corpus_is_scored() {
        let xml = "<articles><article><text>Shells fell in Quetta &amp; Chaman, Pakistan.</text><toponyms>\
                   <toponym><start>15</start><end>21</end><phrase>Quetta</phrase><gaztag><lat>30.19</lat><lon>67.0</lon></gaztag></toponym>\
                   <toponym><start>24</start><end>30</end><phrase>Chaman</phrase><lat>30.92</lat><lon>66.45</lon></toponym>\
                   </toponyms></article></articles>";
        let articles = articles(xml);
        assert_eq!(articles[0].toponyms.len(), 2);
        let score = score(&articles[0], Gazetteer::embedded());
        assert_eq!((score.marked, score.placed), (2, 2));
        assert!(score.within_161() > 0.99 && score.median_km() < 20.0, "{score:?}");
    }

    #[test]
    fn the_test_corpora_are_measured() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/places/geoparse_test/data");
        for file in ["Corpora/lgl.xml", "Corpora/GeoVirus.xml", "GWN.xml"] {
            let Ok(xml) = std::fs::read_to_string(format!("{folder}/{file}")) else {
                println!("skipped: {folder}/{file} is absent");
                continue;
            };
            let mut total = PlaceScore::default();
            let articles = articles(&xml);
            for article in &articles {
                total.add(score(article, Gazetteer::embedded()));
            }
            println!(
                "{file}: {} articles, {} names, {} placed; within 161 km {:.3} ({:.3} of those placed), median {:.0} km, AUC {:.3}",
                articles.len(),
                total.marked,
                total.placed,
                total.within_161(),
                total.within_161_of_placed(),
                total.median_km(),
                total.auc()
            );
        }
    }
}
