//! Datelines: "ISLAMABAD, Oct 16 (Agency) - " before a report's first words. A dateline is cut off as a
//! sentence of its own, so that the town does not become the subject of what follows.

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 120;
const DASHES: [&str; 5] = [" - ", " – ", " — ", " -- ", "—"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One past the dash that ends a dateline at the start of `segment`, if it starts with one.
pub fn end(segment: &str) -> Option<usize> {
    let window = &segment[..segment.floor_char_boundary(LONGEST)];
    let (at, dash) =
        DASHES.iter().filter_map(|dash| window.find(dash).map(|at| (at, dash))).min_by_key(|(at, _)| *at)?;
    let head = &window[..at];
    let bracket = head.find('(').filter(|_| head.trim_end().ends_with(')'));
    let place = &head[..bracket.unwrap_or(head.len())];
    let words: Vec<&str> = place.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let first = words.first()?;
    if words.len() > 9 || place.contains(['.', ':', ';', '"', '“']) && !words.iter().any(|w| is_month(w)) {
        return None;
    }
    let is_word = |w: &&&str| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if !words.iter().all(|w| is_word(&w) || is_month(w)) {
        return None;
    }
    let capitals = first.chars().filter(|c| c.is_alphabetic()).count() > 1 && !first.chars().any(char::is_lowercase);
    let dated = words.iter().any(|w| is_month(w));
    // A town in capitals with an agency, a date or a comma; in small letters both an agency or a date are asked for.
    let rest_in_capitals = segment[at..].chars().filter(|c| c.is_alphabetic()).take(40).all(char::is_uppercase);
    let sure = if capitals && !rest_in_capitals {
        words.len() <= 5 || dated || bracket.is_some()
    } else {
        bracket.is_some() || dated
    };
    sure.then_some(at + dash.len())
}

fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    word.len() >= 3
        && MONTHS.iter().any(|m| word.starts_with(m))
        && word.chars().all(char::is_alphabetic)
        && word.len() <= 9
}

#[cfg(test)]
mod tests {
    fn check(text: &str, rest: Option<&str>) {
        assert_eq!(super::end(text).map(|end| &text[end..]), rest, "{text}");
    }

    #[test]
    fn datelines_are_told_from_sentences() {
        check("ISLAMABAD, Oct 16 (Frontier Wire) - Troops fired.", Some("Troops fired."));
        check("KABUL, December 25, 2024 (Kabul Lantern) — Aircraft bombed a camp.", Some("Aircraft bombed a camp."));
        check("PESHAWAR, Pakistan — Six died.", Some("Six died."));
        check("Kabul (Agency) – Six died.", Some("Six died."));
        check("SAN SALVADOR, 3 JAN 90 -- THE BATTALION HAS REPORTED.", Some("THE BATTALION HAS REPORTED."));
        check("The army - backed by jets - attacked.", None);
        check("Six people - all of them children - died in Kabul.", None);
        check("THE ARMY - BACKED BY JETS - ATTACKED THE VILLAGE AND BURNT IT.", None);
        check("Pakistan - Afghanistan border closed.", None);
    }
}
