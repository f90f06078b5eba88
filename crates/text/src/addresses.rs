//! Words that are no words of a language: web and e-mail addresses, file names, emoticons.

use crate::lexicon::LEXICON;

/// Length of an address, file name or e-mail address at the start of `rest`.
pub fn address(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if !first.is_alphanumeric() {
        return None;
    }
    let stop = rest.find(['<', '>', '"', '“', '”', '|', '«', '»', '`']).unwrap_or(rest.len());
    let mut url = &rest[..stop];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}', '*', '…']);
        let trimmed =
            if trimmed.ends_with(')') && !trimmed.contains('(') { &trimmed[..trimmed.len() - 1] } else { trimmed };
        if trimmed.len() == url.len() {
            break;
        }
        url = trimmed;
    }
    let url = url.strip_suffix("'s").or_else(|| url.strip_suffix("’s")).unwrap_or(url);
    let has_scheme = url.find("://").is_some_and(|i| i > 0 && url[..i].bytes().all(|b| b.is_ascii_alphanumeric()));
    if has_scheme || url.starts_with("www.") || is_mail(url) || is_host(url) {
        return Some(url.len());
    }
    None
}

fn is_mail(url: &str) -> bool {
    let Some((local, domain)) = url.split_once('@') else { return false };
    let local = local.strip_prefix("mailto:").unwrap_or(local);
    let plain = |s: &str, also: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c));
    plain(local, "._%+-") && plain(domain, ".-")
}

fn is_host(url: &str) -> bool {
    let host = url.split(['/', '?', ':', '#']).next().unwrap_or_default();
    let mut parts = host.split('.');
    let shaped = parts.clone().count() >= 2
        && parts.all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    // news.groups.by.topic
    let group = shaped
        && host.split('.').count() >= 3
        && host.split('.').all(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    group
        || shaped && host.contains(|c: char| c.is_ascii_alphabetic()) && {
            let lower = host.to_ascii_lowercase();
            lower.match_indices('.').any(|(i, _)| LEXICON.endings.contains(&lower[i + 1..]))
        }
}

/// Length of an emoticon at the start of `rest`; `opens` where a run without blanks begins here.
pub fn emoticon(rest: &str, opens: bool) -> Option<usize> {
    let found = LEXICON.emoticons.iter().find(|e| rest.starts_with(**e))?;
    let after = rest[found.len()..].chars().next();
    let letters_end = found.ends_with(|c: char| c.is_alphanumeric());
    let letters_start = found.starts_with(|c: char| c.is_alphanumeric());
    let clean = after.is_none_or(|c| !(c.is_alphanumeric() || letters_end && c == '\''));
    // ":/" within "a:/b" and ":(" within "to:(x" are no faces: a face stands alone or closes its piece
    (clean && (opens || after.is_none_or(|c| matches!(c, '.' | ',' | '!' | '?'))) && (opens || !letters_start))
        .then_some(found.len())
}
