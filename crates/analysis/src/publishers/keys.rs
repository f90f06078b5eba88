//! Keys by which publishers are found: names without dress, addresses without scheme and path.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name without case, accents, punctuation and a leading "the".
pub(super) fn name(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | 'ʼ')) {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    let key = key.trim_end();
    key.strip_prefix("the ").unwrap_or(key).to_owned()
}

/// What an address may be entered as in the table, the closest first: host and path, the host, the domains above it.
pub(super) fn places_of(url: &str) -> Vec<String> {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host).trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    // Two steps of a path tell the editions of a site apart; further ones are of its articles.
    let steps: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).take(2).collect();
    let labels: Vec<&str> = host.split('.').collect();
    let mut places = Vec::new();
    for above in 0..labels.len().saturating_sub(1) {
        let domain = labels[above..].join(".");
        for depth in (1..=steps.len()).rev() {
            places.push(format!("{domain}/{}", steps[..depth].join("/")));
        }
        places.push(domain);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_dress() {
        assert_eq!(name("The Express Tribune"), "express tribune");
        assert_eq!(name("DAWN.COM"), "dawn com");
        assert_eq!(name("  El País "), "el pais");
        assert_eq!(name("People’s Daily"), name("PEOPLE'S DAILY"));
        assert_eq!(name("The"), "the");
        assert_eq!(name("…"), "");
    }

    #[test]
    fn addresses_lead_upwards() {
        assert_eq!(places_of("https://www.bbc.com/pashto?x=1"), ["bbc.com/pashto", "bbc.com"]);
        assert_eq!(
            places_of("http://user@News.Example.co.uk:8080/a/b/c")[..2],
            ["news.example.co.uk/a/b", "news.example.co.uk/a"]
        );
        assert_eq!(places_of("dawn.com"), ["dawn.com"]);
        for odd in ["", "://", "localhost", "http://", "mailto:x"] {
            assert!(places_of(odd).is_empty(), "{odd}");
        }
    }
}
