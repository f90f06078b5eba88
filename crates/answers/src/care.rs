//! What leaves this machine is coarser: where people shelter, heal, are helped or live is told to the district, private persons
//! go unnamed, also within quoted words, and of a claim at most one sentence is quoted.
//!
//! [`Care`] works on claims as they come from the lake, before anything is made of them: whatever is reckoned, drawn or quoted
//! from a desk that is asked for others has neither the names nor the places. Rows whose terms restrict them never come so
//! far: such a desk asks the lake without them.
//!
//! It knows a private person by what the coder says: a proper name that belongs to no party of the catalogue and comes with no
//! office, and the name of one whom something befell. A name that claims have in neither way is not known to it.

mod names;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use lake::{DecisionRow, Filter, View};
use model::record::{ClaimRecord, EffectRecord, PartyRecord, PlaceIdsRecord, PlaceRecord};
use model::{Category, DocumentId, Precision, Text};
use serde::Deserialize;
use tokio::runtime::Handle;

use self::names::{is_name_word, names_at_start, names_in, pieces};
use crate::AnswerError;

/// What stands in the place of a private person's name.
pub const NAME_WITHHELD: &str = "[name withheld]";

/// What stands in the place of a named shelter, hospital or home.
pub const SITE_WITHHELD: &str = "[site withheld]";

/// The words by which it is known what is withheld; data/care says what each is.
static WORDS: LazyLock<CareWords> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/care/words.toml")).expect("the file that comes along"));

#[derive(Deserialize)]
struct CareWords {
    sheltered: Vec<String>,
    private_sectors: HashSet<String>,
    organisations: HashSet<String>,
    not_names: HashSet<String>,
    particles: HashSet<String>,
    before_places: HashSet<String>,
    kin: HashSet<String>,
    offices: HashSet<String>,
    #[cfg(test)]
    name: Vec<NameExample>,
    #[cfg(test)]
    site: Vec<SiteExample>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct NameExample {
    words: String,
    role: bool,
    withheld: Vec<String>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct SiteExample {
    words: String,
    sheltered: bool,
    withheld: bool,
}

/// Most characters of a quotation that ends in no sentence.
const QUOTED: usize = 300;

/// What is withheld of each document.
#[derive(Debug, Default)]
pub struct Care {
    /// Names with what stands in their place, the longest first.
    withheld: HashMap<DocumentId, Vec<(String, &'static str)>>,
}

impl Care {
    /// Looks through every claim that a view shows for what is to be withheld.
    pub(crate) fn of(handle: &Handle, view: &View) -> Result<Self, AnswerError> {
        let mut found: HashMap<DocumentId, BTreeSet<(String, &'static str)>> = HashMap::new();
        let mut known = Known::default();
        let mut answer = handle.block_on(view.unordered(&Filter { dataset: Some(None), ..Filter::default() }))?;
        while let Some(claims) = handle.block_on(answer.claims())? {
            for claim in claims {
                known.hear(&claim);
                let words = withheld_in(&claim);
                if !words.is_empty() {
                    found.entry(claim.document).or_default().extend(words);
                }
            }
        }
        for (document, words) in &mut found {
            let pieces: Vec<String> =
                words.iter().filter(|(_, i)| *i == NAME_WITHHELD).flat_map(|(n, _)| pieces(n)).collect();
            words.extend(pieces.into_iter().map(|piece| (piece, NAME_WITHHELD)));
            words.retain(|(word, instead)| *instead != NAME_WITHHELD || !known.has(document, word));
        }
        let longest_first = |words: BTreeSet<(String, &'static str)>| {
            let mut words: Vec<(String, &'static str)> = words.into_iter().collect();
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            words
        };
        Ok(Self { withheld: found.into_iter().map(|(document, words)| (document, longest_first(words))).collect() })
    }

    /// Makes a claim one that may be shown to others.
    pub fn claim(&self, claim: &mut ClaimRecord) {
        let document = claim.document.clone();
        let sources = claim.attribution.iter_mut().filter_map(|a| a.party.as_mut());
        for of in claim.effects.iter_mut().filter_map(|e| e.of.as_mut()) {
            *of = self.words(&document, of);
        }
        let of_effects = claim.effects.iter_mut().filter_map(|e| e.party.as_mut());
        let named = claim.actor.iter_mut().chain(&mut claim.recipient).chain(&mut claim.via).chain(&mut claim.asserter);
        named.chain(sources).chain(of_effects).for_each(|party| self.party(&document, party));
        claim.places.iter_mut().for_each(place);
        let texts = [
            Some(&mut claim.evidence.text),
            claim.quote.as_mut().map(|q| &mut q.text),
            claim.cause.as_mut().map(|c| &mut c.text),
            claim.effect.as_mut().map(|e| &mut e.text),
            claim.object.as_mut().and_then(|o| o.as_mut()).map(|o| &mut o.text),
            claim.instrument.as_mut().and_then(Option::as_mut),
            claim.terms.as_mut().and_then(|t| t.area.as_mut()),
            claim.count.as_mut().and_then(|c| c.of.as_mut()),
        ];
        for text in texts.into_iter().flatten() {
            *text = self.words(&document, text);
        }
        claim.evidence.text = one_sentence(&claim.evidence.text);
    }

    /// A document's title, likewise; and of its address no more than the host where the rest has a name that is withheld.
    pub fn head(&self, document: &str, title: &mut Option<String>, address: &mut Option<String>) {
        let Ok(document) = DocumentId::try_from(document.to_owned()) else { return };
        if let Some(words) = title {
            *words = self.words(&document, words);
        }
        if let Some(address) = address {
            let names = self.withheld.get(&document).map_or(&[][..], Vec::as_slice);
            if names.iter().any(|(name, _)| is_in_address(address, name)) {
                address.truncate(host_end(address));
            }
        }
    }

    /// What people decided on claims of some documents, without the names that are withheld of these.
    pub fn decision(&self, documents: &[DocumentId], decision: &mut DecisionRow) {
        for document in documents {
            decision.reason = self.words(document, &decision.reason);
            decision.value = decision.value.as_ref().map(|value| self.words(document, value));
        }
    }

    fn party(&self, document: &DocumentId, party: &mut PartyRecord) {
        if party.id.is_some() {
            return;
        }
        for words in [&mut party.mention, &mut party.name].into_iter().flatten() {
            let unnamed = self.words(document, words);
            if unnamed != words.as_str() {
                *words = Text::from(unnamed.as_str());
                party.span = None;
            }
        }
    }

    /// Some words of a document, without the names that are withheld.
    pub fn words(&self, document: &DocumentId, words: &str) -> String {
        let withheld = self.withheld.get(document).map_or(&[][..], Vec::as_slice);
        withheld.iter().fold(words.to_owned(), |words, (name, instead)| replaced(&words, name, instead))
    }
}

/// Whether the words for a place are those of a place to be kept from the street.
pub fn is_sheltered(words: &str) -> bool {
    let words = words.to_lowercase();
    WORDS.sheltered.iter().any(|sheltered| words.contains(sheltered.as_str()))
}

/// A party without the name of a private person, as far as the party alone tells: where its role is a private one.
pub fn party(party: &mut PartyRecord) {
    let names = private_names(party);
    if names.is_empty() || party.sectors.is_empty() {
        return;
    }
    let unnamed = |words: &Text| {
        let words = names.iter().fold(words.to_string(), |words, name| replaced(&words, name, NAME_WITHHELD));
        Text::from(words.as_str())
    };
    party.mention = party.mention.as_ref().map(unnamed);
    party.name = party.name.as_ref().map(unnamed);
    party.span = None;
}

/// A place told to its district, where it is one to be kept from the street.
pub fn place(place: &mut PlaceRecord) {
    let words =
        format!("{} {}", place.mention.as_deref().unwrap_or_default(), place.name.as_deref().unwrap_or_default());
    if !is_sheltered(&words) {
        return;
    }
    place.name = place.admin2.clone();
    (place.mention, place.span) = (None, None);
    (place.lat, place.lon, place.radius_km) = (None, None, None);
    place.precision = Some(Precision::Admin2);
    place.ids = PlaceIdsRecord { geonames: None, pcode: None, priogrid: None };
}

/// The first sentence of some words.
pub fn one_sentence(words: &str) -> String {
    for (at, c) in words.char_indices() {
        // A closing quotation mark or bracket belongs to the sentence.
        let rest = words[at + c.len_utf8()..].trim_start_matches(['"', '”', '’', '\'', ')', ']', '»']);
        let next = rest.chars().next();
        // "6 p.m. on Wednesday": what goes on small is no other sentence.
        let goes_on = || rest.trim_start().starts_with(char::is_lowercase);
        let closes = matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace) && !goes_on();
        // An initial or a short title ("Gen.") ends no sentence; "it" and "UN" may.
        let before = words[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let mut letters = before.chars();
        let title = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && before.chars().count() <= 3;
        let hour = before.ends_with("p.m") || before.ends_with("a.m");
        if closes && !title && !(hour && next.is_some()) {
            return words[..words.len() - rest.len()].to_owned();
        }
    }
    match words.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

/// Names that are public: of parties of the catalogue, and of places.
#[derive(Default)]
struct Known {
    /// Whole, in whatever document.
    names: HashSet<String>,
    /// Words of such names, in the documents that have them: "Mr Muttaqi" after "Foreign Minister Amir Khan Muttaqi".
    words: HashMap<DocumentId, HashSet<String>>,
}

impl Known {
    fn hear(&mut self, claim: &ClaimRecord) {
        let sources = claim.attribution.iter().filter_map(|a| a.party.as_ref());
        let parties =
            claim.actor.iter().chain(&claim.recipient).chain(&claim.via).chain(&claim.asserter).chain(sources);
        let of_parties = parties.filter(|p| p.id.is_some()).flat_map(|p| p.mention.iter().chain(&p.name));
        let of_places =
            claim.places.iter().filter(|p| p.country.is_some()).flat_map(|p| p.mention.iter().chain(&p.name));
        for name in of_parties.chain(of_places) {
            if !self.names.contains(name.as_str()) {
                self.names.insert(name.to_string());
            }
            let words = self.words.entry(claim.document.clone()).or_default();
            words.extend(name.split_whitespace().filter(|w| is_name_word(w)).map(str::to_owned));
        }
    }

    fn has(&self, document: &DocumentId, name: &str) -> bool {
        self.names.contains(name)
            || (!name.contains(' ') && self.words.get(document).is_some_and(|words| words.contains(name)))
    }
}

/// What is to be withheld of a claim's document, as its parties and places have it.
fn withheld_in(claim: &ClaimRecord) -> Vec<(String, &'static str)> {
    let sources = claim.attribution.iter().filter_map(|a| a.party.as_ref());
    let of_effects = claim.effects.iter().filter_map(|e| e.party.as_ref());
    let parties = claim.actor.iter().chain(&claim.recipient).chain(&claim.via).chain(&claim.asserter);
    let names = parties.chain(sources).chain(of_effects).flat_map(private_names).map(|name| (name, NAME_WITHHELD));
    let names = names.chain(victims_in(claim).map(|name| (name, NAME_WITHHELD)));
    let sites = claim.places.iter().filter_map(|p| p.mention.as_deref()).filter(|m| is_sheltered(m));
    // "The hospital" is nobody's address; "Barmal hospital" is.
    let of_sites = sites.filter(|m| is_named_site(m));
    names.chain(of_sites.map(|m| (m.to_owned(), SITE_WITHHELD))).collect()
}

/// Names of private persons who are told only as those whom something befell: "journalist Ali Khan", "two brothers, Gul Khan
/// and Omar Khan". A private person is no party; whoever is one is judged as such.
fn victims_in(claim: &ClaimRecord) -> impl Iterator<Item = String> + '_ {
    let parties: Vec<&str> = claim.actor.iter().chain(&claim.recipient).filter_map(|p| p.mention.as_deref()).collect();
    let private = |e: &&EffectRecord| {
        // What befell things has no category.
        let category = matches!(e.category, Some(Category::Civilian | Category::Unknown));
        let office =
            e.of.as_deref().is_some_and(|of| of.split_whitespace().any(|w| WORDS.offices.contains(&w.to_lowercase())));
        e.party.is_none() && category && !office
    };
    let names = claim.effects.iter().filter(private).flat_map(|effect| {
        let behind = effect.span.and_then(|span| {
            let from = span.end().checked_sub(claim.evidence.span.start())?;
            claim.evidence.text.get(from..).map(names_at_start)
        });
        effect.of.iter().flat_map(|of| names_in(of, false)).chain(behind.into_iter().flatten()).collect::<Vec<String>>()
    });
    // "Palestinian" of "a Palestinian girl" is no name; who somebody is has two words and more.
    names.filter(move |name| name.contains(' ') && !parties.iter().any(|mention| mention.contains(name.as_str())))
}

/// Whether an address has all words of a name behind its host: ".../journalist-gul-khan-shot-dead".
fn is_in_address(address: &str, name: &str) -> bool {
    let path = address[host_end(address)..].to_lowercase();
    let path: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).collect();
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 3).peekable();
    words.peek().is_some() && words.all(|word| path.contains(&word))
}

/// Where the host of an address ends.
fn host_end(address: &str) -> usize {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or(address.len(), |at| host + at)
}

/// Whether the words of a place have a name in them besides what kind of place it is.
fn is_named_site(words: &str) -> bool {
    words.contains(' ')
        && words.split_whitespace().any(|w| is_name_word(w) && !WORDS.not_names.contains(&w.to_lowercase()))
}

/// The proper names of a private person that a party's words have.
fn private_names(party: &PartyRecord) -> Vec<String> {
    let private = party.sectors.iter().all(|s| WORDS.private_sectors.contains(s.as_str()));
    if party.id.is_some() || party.acts_as.is_some() || !private {
        return Vec::new();
    }
    let words = party.mention.iter().chain(&party.name);
    let mut names: Vec<String> = words.flat_map(|words| names_in(words, party.sectors.is_empty())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Words with every occurrence of a name, as whole words, replaced.
fn replaced(words: &str, name: &str, instead: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(words.len()), words);
    while let Some(at) = rest.find(name).filter(|_| !name.is_empty()) {
        let end = at + name.len();
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = !joins(out.chars().next_back().filter(|_| at == 0).or(rest[..at].chars().next_back()))
            && !joins(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(if whole { instead } else { name });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_told_from_other_places_and_their_names_from_their_kinds() {
        for SiteExample { words, sheltered, withheld } in &WORDS.site {
            assert_eq!(
                (is_sheltered(words), is_sheltered(words) && is_named_site(words)),
                (*sheltered, *withheld),
                "{words}"
            );
        }
    }

    #[test]
    fn an_address_with_a_name_is_told_to_its_host() {
        let address = "https://example.org/2025/journalist-gul-khan-shot-dead";
        assert!(is_in_address(address, "Gul Khan") && !is_in_address(address, "Gul Wazir"));
        assert!(!is_in_address("https://khan.org/gul", "Gul Khan"), "the host is the publisher's");
        assert!(!is_in_address("https://example.org/fire-in-kandahar", "Anda"), "a part of a word is no name");
        assert_eq!(&address[..host_end(address)], "https://example.org");
        assert_eq!(host_end("no address"), "no address".len());
    }

    #[test]
    fn a_name_is_replaced_as_a_whole_word() {
        assert_eq!(replaced("Gul Khan and Gul Khana, Gul Khan's", "Gul Khan", "[x]"), "[x] and Gul Khana, [x]'s");
        assert_eq!(replaced("nothing", "", "[x]"), "nothing");
        assert_eq!(replaced("KhanKhan Khan", "Khan", "[x]"), "KhanKhan [x]");
    }

    #[test]
    fn one_sentence_is_quoted() {
        assert_eq!(one_sentence("Gen. A. Khan spoke of it. He named a man."), "Gen. A. Khan spoke of it.");
        assert_eq!(one_sentence("no end"), "no end");
        assert_eq!(one_sentence("It began at 6 p.m. Pakistan time. It held."), "It began at 6 p.m. Pakistan time.");
        assert_eq!(one_sentence("It began at 6 p.m. on Wednesday."), "It began at 6 p.m. on Wednesday.");
    }
}
