//! Which language a text is in, as far as needed to leave out what is not English.
//!
//! Scripts are counted first: a text mostly in Latin letters is judged by those letters alone, so that an
//! English report which quotes Urdu is English. Short texts are not judged by letter statistics, which are no
//! better than chance there: they are English when English function words are among them, else unknown, and
//! unknown is read.

use whatlang::{Lang, Script};

/// What is known of a text's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// A BCP 47 tag; `None` where it could not be told.
    pub tag: Option<String>,
    /// Whether it is read here.
    pub readable: bool,
    /// The script of a good part that is not Latin, in words.
    pub other: Option<String>,
}

/// Letters looked at: the first of a text and as many from its middle.
const SAMPLE_CHARS: usize = 4000;
/// Below this, letter statistics decide nothing.
const FEW_LETTERS: usize = 80;

/// English words that no other language writes as often.
const FUNCTION_WORDS: [&str; 40] = [
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "were", "said",
    "has", "have", "had", "are", "be", "been", "its", "their", "after", "which", "this", "an", "it", "not", "but",
    "will", "who", "his", "they", "he", "over", "killed", "says",
];

/// Judges a text.
pub(crate) fn identify(text: &str) -> Language {
    let sample = sample(text);
    let (mut latin, mut arabic, mut others) = (0_usize, 0_usize, 0_usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        match c {
            'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += 1,
            '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
                arabic += 1;
            }
            // A Chinese character or a syllable of kana or hangul weighs as much as some letters.
            '\u{2e80}'..='\u{d7ff}' | '\u{20000}'..='\u{3ffff}' => others += 3,
            _ => others += 1,
        }
    }
    let all = latin + arabic + others;
    if all == 0 {
        return Language { tag: None, readable: true, other: None };
    }
    if 2 * latin < all {
        let tag = if arabic >= others { arabic_script(&sample).to_owned() } else { other_script(&sample) };
        return Language { tag: Some(tag), readable: false, other: None };
    }
    let other = (5 * (arabic + others) > all).then(|| {
        let script = if arabic >= others { "Arabic" } else { "another" };
        format!("{} of every 100 letters are in {script} script", 100 * (arabic + others) / all)
    });
    let western: String = sample.chars().map(|c| if is_western(c) { c } else { ' ' }).collect();
    let share = function_word_share(&western);
    if latin < FEW_LETTERS {
        // A headline or a caption: read unless English can be excluded, which so few letters do not allow.
        let tag = (share >= 0.15 && western.is_ascii()).then(|| "en".to_owned());
        return Language { tag, readable: true, other };
    }
    // English prose has .30 to .40 of these words, lists and tables of names .05 to .15, other languages less.
    if share >= 0.20 {
        return Language { tag: Some("en".to_owned()), readable: true, other };
    }
    match whatlang::detect(&western) {
        Some(found) if found.lang() == Lang::Eng => Language { tag: Some("en".to_owned()), readable: true, other },
        Some(found) if found.script() == Script::Latin && share < 0.08 && (found.is_reliable() || latin > 400) => {
            Language { tag: Some(tag(found.lang())), readable: false, other }
        }
        // Names, figures, fragments: not told apart, so read.
        _ => Language { tag: None, readable: true, other },
    }
}

fn is_western(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

fn sample(text: &str) -> String {
    let mut sample: String = text.chars().take(SAMPLE_CHARS).collect();
    if text.len() > 4 * sample.len() {
        let mut middle = text.len() / 2;
        while !text.is_char_boundary(middle) {
            middle += 1;
        }
        sample.push(' ');
        sample.extend(text[middle..].chars().take(SAMPLE_CHARS));
    }
    sample
}

fn function_word_share(text: &str) -> f64 {
    let (mut words, mut function) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        function += usize::from(FUNCTION_WORDS.iter().any(|f| word.eq_ignore_ascii_case(f)));
    }
    if words == 0 { 0.0 } else { function as f64 / words as f64 }
}

/// Languages in Arabic script by the letters that only they have.
fn arabic_script(text: &str) -> &'static str {
    let count = |letters: &str| text.chars().filter(|c| letters.contains(*c)).count();
    let pashto = count("ټډړږښڼۍځڅې");
    let urdu = count("ٹڈڑںےہھ");
    let persian = count("پچژگ");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count().max(1);
    if pashto * 100 > letters && pashto > urdu {
        "ps"
    } else if urdu * 50 > letters {
        "ur"
    } else if persian * 100 > letters {
        "fa"
    } else {
        "ar"
    }
}

fn other_script(text: &str) -> String {
    whatlang::detect(text).map_or_else(|| "und".to_owned(), |found| tag(found.lang()))
}

/// The BCP 47 tag: two letters where there are two.
fn tag(lang: Lang) -> String {
    let two = match lang.code() {
        "ara" => "ar",
        "aze" => "az",
        "ben" => "bn",
        "bul" => "bg",
        "cat" => "ca",
        "ces" => "cs",
        "cmn" => "zh",
        "cym" => "cy",
        "dan" => "da",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "epo" => "eo",
        "est" => "et",
        "fin" => "fi",
        "fra" => "fr",
        "guj" => "gu",
        "heb" => "he",
        "hin" => "hi",
        "hrv" => "hr",
        "hun" => "hu",
        "hye" => "hy",
        "ind" => "id",
        "ita" => "it",
        "jav" => "jv",
        "jpn" => "ja",
        "kan" => "kn",
        "kat" => "ka",
        "khm" => "km",
        "kor" => "ko",
        "lat" => "la",
        "lav" => "lv",
        "lit" => "lt",
        "mal" => "ml",
        "mar" => "mr",
        "mkd" => "mk",
        "mya" => "my",
        "nep" => "ne",
        "nld" => "nl",
        "nob" => "nb",
        "ori" => "or",
        "pan" => "pa",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "sin" => "si",
        "slk" => "sk",
        "slv" => "sl",
        "sna" => "sn",
        "spa" => "es",
        "srp" => "sr",
        "swe" => "sv",
        "tam" => "ta",
        "tel" => "te",
        "tgl" => "tl",
        "tha" => "th",
        "tuk" => "tk",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "uzb" => "uz",
        "vie" => "vi",
        "yid" => "yi",
        "zul" => "zu",
        "afr" => "af",
        "aka" => "ak",
        "amh" => "am",
        "bel" => "be",
        other => other,
    };
    two.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, tag: Option<&str>, readable: bool) {
        let found = identify(text);
        assert_eq!((found.tag.as_deref(), found.readable), (tag, readable), "{text}");
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The minister said that the border would stay closed until the talks in Doha were over.",
            Some("en"),
            true,
        );
        check("Clashes near Torkham", None, true);
        check("وزیر خارجہ نے کہا کہ سرحد بند رہے گی اور مذاکرات جاری ہیں۔", Some("ur"), false);
        check("د بهرنیو چارو وزارت وویل چې پوله به تړلې وي او خبرې به دوام ومومي، ځکه ښه لاره نشته", Some("ps"), false);
        check(
            "وزیر خارجه گفت که مرز بسته خواهد ماند و گفتگوها در دوحه ادامه دارد و پیشرفت چشمگیر است",
            Some("fa"),
            false,
        );
        check("قال وزير الخارجية إن الحدود ستظل مغلقة حتى انتهاء المحادثات في الدوحة", Some("ar"), false);
        check("Министр заявил, что граница останется закрытой до окончания переговоров в Дохе.", Some("ru"), false);
        check(
            "El ministro dijo que la frontera permanecerá cerrada hasta que terminen las conversaciones en Doha, \
             según informaron las autoridades del país vecino en una rueda de prensa.",
            Some("es"),
            false,
        );
        check("", None, true);
        // An English report that quotes Urdu.
        check(
            "The crowd chanted \"سرحد کھولو\" as the trucks were turned back at the crossing, and an elder said \
             that traders had lost everything in the two weeks since the closure.",
            Some("en"),
            true,
        );
    }

    #[test]
    fn a_large_part_in_another_script_is_named() {
        let found = identify("The statement in full was given to the press: وزیر خارجہ نے کہا کہ سرحد بند رہے گی");
        assert!(found.readable && found.other.is_some());
    }
}
