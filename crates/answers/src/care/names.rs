//! Names of persons, found in words by how they are written.

use super::WORDS;

/// Runs of capitalised words that are names of persons. A single first word is one only where no role is told (`bare`).
pub(super) fn names_in<'a>(words: &'a str, bare: bool) -> Vec<String> {
    let bared = |w: &'a str| w.trim_matches([',', ';', ':', '(', ')', '"']);
    // "Gul Khan's wife": his name has no 's.
    let owner = |w: &'a str| w.strip_suffix("'s").or_else(|| w.strip_suffix("’s")).unwrap_or(w);
    let all: Vec<&str> = words.split_whitespace().map(|w| owner(bared(w))).collect();
    if all.iter().any(|w| WORDS.organisations.contains(&w.to_lowercase())) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !is_name_word(all[at]) || (at == 0 && WORDS.not_names.contains(&all[at].to_lowercase())) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < all.len()
            && (is_name_word(all[end])
                || (WORDS.particles.contains(all[end]) && all.get(end + 1).is_some_and(|w| is_name_word(w))))
        {
            end += 1;
        }
        let run = &all[at..end];
        // "A former ambassador to Kabul": what follows a preposition is a place; "a son of Gul Khan" is somebody's.
        let kin = at > 1 && all[at - 1] == "of" && WORDS.kin.contains(all[at - 2]);
        let before = if at > 1 && all[at - 1] == "the" { at - 1 } else { at };
        let placed = before > 0 && WORDS.before_places.contains(all[before - 1]) && !kin;
        // "Residents", "Two officials": the capital is the sentence's.
        let capital_of_sentence = at == 0 && run.len() == 1 && (!bare || all.len() > 1);
        if !placed && !capital_of_sentence {
            names.push(run.join(" "));
        }
        at = end;
    }
    names
}

/// Whether a word is written as names are: a capital, also after a particle ("al-Muhandis"), and not all capitals, which an
/// acronym has.
pub(super) fn is_name_word(word: &str) -> bool {
    let word =
        word.split_once('-').filter(|(first, _)| WORDS.particles.contains(*first)).map_or(word, |(_, rest)| rest);
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && (word.chars().count() == 1 || word.ends_with('.') || letters.any(char::is_lowercase))
}

/// The names with which some words begin, joined by commas and "and": those of "two brothers" before ", Gul Khan and Omar Khan,
/// were".
pub(super) fn names_at_start(words: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut going = false;
    for word in words.split_whitespace() {
        let bare = word.trim_matches([',', ';', ':', '(', ')', '"', '–', '—', '-']);
        if bare.is_empty() || bare == "and" {
            going = false;
            continue;
        }
        let goes_on = going && WORDS.particles.contains(bare);
        if !(is_name_word(bare) || goes_on) {
            break;
        }
        match names.last_mut().filter(|_| going) {
            Some(name) => *name = format!("{name} {bare}"),
            None => names.push(bare.to_owned()),
        }
        going = !word.ends_with([',', ';', ':', ')']);
    }
    names
}

/// The first and the last word of a name, by either of which a report goes on to call its bearer.
pub(super) fn pieces(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, .., last] = &words[..] else { return Vec::new() };
    // Initials, "Dr.", "Abu": too short to be told from other words.
    let long = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !word.ends_with('.');
    [first, last].into_iter().filter(long).map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::NameExample;
    use super::*;

    #[test]
    fn names_of_private_persons_are_told_from_roles_offices_and_organisations() {
        for NameExample { words, role, withheld } in &WORDS.name {
            assert_eq!(names_in(words, !role), *withheld, "{words}");
        }
    }

    #[test]
    fn names_behind_those_whom_something_befell_end_where_the_sentence_goes_on() {
        assert_eq!(
            names_at_start(", Gul Khan and Omar bin Khan, were killed by Police"),
            ["Gul Khan", "Omar bin Khan"]
        );
        assert_eq!(names_at_start(" Ali Raza and Sara Gul, were killed"), ["Ali Raza", "Sara Gul"]);
        assert_eq!(names_at_start(" in Swat"), [""; 0]);
        assert_eq!(pieces("Zarmina bint Wardakzai"), ["Zarmina", "Wardakzai"]);
        assert_eq!(pieces("Dr. A. Shah"), ["Shah"]);
        assert_eq!(pieces("Brandt"), [""; 0]);
    }
}
