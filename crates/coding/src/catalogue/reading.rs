//! What the words of a noun phrase name: groups, polities, office holders, roles, and the small words that turn their
//! sense (`former`, `two`, `anti-`). It gathers and joins; what a party follows from that is composed in `resolve.rs`.

use model::CountryCode;

use super::index::{Form, Match, Target};
use super::words::{Gap, Word};
use super::{Catalogue, Context, Kind};

/// A phrase with what was found in it.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'a> {
    pub words: &'a [Word],
    pub matches: &'a [Match],
    pub context: &'a Context<'a>,
    /// Countries that the phrase itself names.
    pub named: &'a [CountryCode],
}

impl Phrase<'_> {
    /// Whether a word is part of no match.
    pub fn is_free(&self, word: usize) -> bool {
        !self.matches.iter().any(|m| m.from <= word && word < m.to)
    }
}

/// A role or body word of a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    pub row: usize,
    pub plural: bool,
    pub kind: Kind,
    /// Written with a capital within the phrase: part of a proper name.
    pub is_name: bool,
}

/// What the words of one part of a phrase name.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word that the phrase has or has not")]
pub(super) struct Reading {
    pub group: Option<usize>,
    /// States named, with the entry for which each name stands.
    pub polities: Vec<(usize, usize, Form)>,
    /// Countries known only from a province, city or `X-based`.
    pub places: Vec<CountryCode>,
    pub leader: Option<usize>,
    pub roles: Vec<Role>,
    /// The last word, a personal name aside, is a common noun that the tables do not know.
    pub head_unknown: bool,
    /// Capitalised words that the tables do not know.
    pub has_name: bool,
    /// `former`, `ousted`, `retired`.
    pub former: bool,
    /// `two`, `several`, `dozens`.
    pub counted: bool,
    /// `a`, `an`, `one`.
    pub single: bool,
    /// Parts joined by `and` that name different parties; then the fields above are those of none.
    pub sides: Vec<Reading>,
}

impl Reading {
    pub fn is_empty(&self) -> bool {
        self.has_no_party() && self.roles.is_empty()
    }

    pub fn has_no_party(&self) -> bool {
        self.group.is_none() && self.polities.is_empty() && self.places.is_empty() && self.leader.is_none()
    }

    /// The role that says most: the last that is more than a spokesman or a group of something.
    pub fn role(&self) -> Option<Role> {
        let telling = |r: &&Role| !matches!(r.kind, Kind::Voice | Kind::Bunch | Kind::Fighter);
        let last = self.roles.last()?;
        if matches!(last.kind, Kind::Thing | Kind::Vague) {
            return Some(*last);
        }
        let candidates = || self.roles.iter().rev().filter(|r| !matches!(r.kind, Kind::Thing | Kind::Vague));
        candidates().find(telling).or_else(|| candidates().next()).copied()
    }
}

pub(super) const PREPOSITIONS: &[&str] = &[
    "of",
    "for",
    "in",
    "from",
    "at",
    "on",
    "with",
    "to",
    "by",
    "near",
    "inside",
    "across",
    "under",
    "against",
    "over",
    "between",
    "among",
    "within",
    "along",
    "outside",
    "about",
    "into",
    "throughout",
    "around",
];
/// Prepositions behind which the party or its home stands.
pub(super) const HOMEWARD: &[&str] =
    &["of", "for", "in", "from", "at", "inside", "across", "within", "throughout", "among", "on"];
pub(super) const JOINS: &[&str] = &["and", "or", "nor"];
pub(super) const RELATIVES: &[&str] =
    &["who", "which", "that", "whose", "whom", "where", "when", "while", "including", "as"];
pub(super) const ARTICLES: &[&str] = &[
    "the", "its", "their", "his", "her", "this", "that", "these", "those", "our", "your", "my", "and", "or", "e", "al",
];
pub(super) const ONE: &[&str] = &["a", "an", "one", "another"];
pub(super) const COUNTS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "some",
    "several",
    "many",
    "few",
    "both",
    "all",
    "most",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "dozen",
    "million",
    "millions",
    "other",
    "more",
    "young",
    "ordinary",
];
pub(super) const FORMER: &[&str] =
    &["former", "ex", "retired", "ousted", "deposed", "exiled", "late", "erstwhile", "outgoing"];
/// `anti-Taliban`, `pro-Russian`: what follows is not the party meant.
pub(super) const TURNED: &[&str] = &["anti", "pro", "non", "counter"];
/// `Iran-backed`, `Taliban-held`: what precedes is not the party meant.
pub(super) const BEHIND: &[&str] = &[
    "backed",
    "linked",
    "affiliated",
    "aligned",
    "allied",
    "funded",
    "sponsored",
    "supported",
    "trained",
    "held",
    "controlled",
    "occupied",
    "inspired",
    "armed",
    "supplied",
    "friendly",
    "mediated",
    "brokered",
    "hosted",
    "style",
    "made",
    "built",
    "speaking",
    "dominated",
    "majority",
    "sympathetic",
    "loyal",
    "owned",
    "administered",
    "era",
];
/// `Somalia-based`: a home, no more.
pub(super) const BASED: &[&str] = &["based", "born", "registered", "flagged"];
/// `Latin American`, `Native American`: a demonym that is none.
pub(super) const REGIONAL: &[&str] = &["latin", "native", "african", "asian", "anglo", "pan"];
/// `Trump himself`: no head of its own.
pub(super) const SELF: &[&str] = &["himself", "herself", "itself", "themselves", "alone", "personally", "jr", "sr"];
/// `Taliban-run`: the party itself when it is a group; a leading state is one of several.
pub(super) const RUN: &[&str] = &["led", "run", "appointed", "installed", "ruled"];

impl Catalogue {
    /// What the words of one part name, in sides where `and` joins different parties.
    pub(super) fn read(&self, phrase: &Phrase, (start, end): (usize, usize)) -> Reading {
        let words = phrase.words;
        let joins = |&i: &usize| JOINS.contains(&words[i].key.as_str()) && phrase.is_free(i);
        let mut whole = self.read_side(phrase, (start, end));
        let cuts: Vec<usize> = (start..end).filter(joins).chain([end]).collect();
        if cuts.len() == 1 {
            return whole;
        }
        let mut from = start;
        let mut sides: Vec<Reading> = Vec::new();
        for cut in cuts {
            let side = self.read_side(phrase, (from, cut));
            from = cut + 1;
            if !side.is_empty() {
                sides.push(side);
            }
        }
        // `Pakistan's army and police`: the state stands once, in front.
        for i in 1..sides.len() {
            let before = &sides[i - 1];
            if sides[i].has_no_party() && (!before.roles.is_empty() || before.group.is_some()) {
                let before = before.clone();
                (sides[i].polities, sides[i].places) = (before.polities, before.places);
                // `Pakistan's army` is one name here: what follows is of the state, not of its army.
                let root = before.group.and_then(|g| self.by_id.get(self.entries[g].id.root()).copied());
                match root
                    .filter(|r| self.entries[*r].country.is_some_and(|c| c.as_str() == self.entries[*r].id.as_str()))
                {
                    Some(state) => sides[i].polities.push((state, state, Form::Adjective)),
                    None => sides[i].group = before.group,
                }
            }
        }
        // `Afghan and Pakistani officials`: the role stands once, behind.
        for i in (1..sides.len()).rev() {
            let bare = sides[i - 1].roles.is_empty() && !sides[i - 1].head_unknown;
            if bare && sides[i - 1].polities.last().is_some_and(|p| p.2 == Form::Adjective) {
                let roles = sides[i].roles.clone();
                sides[i - 1].roles = roles;
            }
        }
        let names = |side: &Reading| {
            let part = side.role().map(|r| self.agents[r.row].part.clone());
            (side.group, side.polities.last().map(|p| p.0), side.leader, part)
        };
        let differ = sides.windows(2).any(|pair| names(&pair[0]) != names(&pair[1]));
        whole.sides = if differ { sides } else { Vec::new() };
        whole
    }

    /// What words without `and` between parties name.
    fn read_side(&self, phrase: &Phrase, (start, end): (usize, usize)) -> Reading {
        let Phrase { words, matches, .. } = *phrase;
        let mut out = Reading::default();
        let mut at = start;
        let mut groups: Vec<usize> = Vec::new();
        while at < end {
            let found = matches.iter().find(|m| m.from == at && m.to <= end);
            let key = words[at].key.as_str();
            let Some(found) = found else {
                match key {
                    _ if at == start && ARTICLES.contains(&key) => {}
                    _ if JOINS.contains(&key) => {}
                    _ if ARTICLES.contains(&key) || TURNED.contains(&key) || SELF.contains(&key) => {}
                    _ if ONE.contains(&key) => out.single = true,
                    _ if COUNTS.contains(&key) || key.bytes().all(|b| b.is_ascii_digit()) => out.counted = true,
                    _ if FORMER.contains(&key) => out.former = true,
                    _ if words[at].gap == Gap::Hyphen && is_participle(key) => {}
                    _ if words[at].is_capitalised() => {
                        out.has_name = true;
                        // "President Tebboune": the last word, right behind the office.
                        let office = out.roles.last().is_some_and(|r| r.kind == Kind::Office);
                        if office
                            && matches.iter().any(|m| m.to == at)
                            && at + 1 == end
                            && out.roles.len() == 1
                            && out.leader.is_none()
                        {
                            out.leader = self.only_leader(key);
                        }
                    }
                    _ => out.head_unknown = true,
                }
                at += 1;
                continue;
            };
            let before = (at > start && words[at].gap == Gap::Hyphen).then(|| words[at - 1].key.as_str());
            let after = words.get(found.to).filter(|w| found.to < end && w.gap == Gap::Hyphen).map(|w| w.key.as_str());
            let is_turned = before.is_some_and(|b| TURNED.contains(&b)) || after.is_some_and(|a| BEHIND.contains(&a));
            at = found.to;
            if COUNTS.contains(&key) {
                out.counted = true;
            }
            let target = self.settle(found, phrase.context, phrase.named);
            if is_turned && !matches!(target, Some(Target::Agent { .. })) {
                continue;
            }
            let is_home_only = after.is_some_and(|a| BASED.contains(&a));
            let is_run = after.is_some_and(|a| RUN.contains(&a));
            match target {
                Some(Target::Agent { row, plural }) => {
                    if is_turned {
                        continue;
                    }
                    let kind = self.agents[row as usize].kind;
                    out.roles.push(Role {
                        row: row as usize,
                        plural,
                        kind,
                        is_name: found.from > start && words[found.from].is_capitalised(),
                    });
                    out.head_unknown = false;
                    // "Trump supporters", "Trump's family" are not Trump.
                    if matches!(kind, Kind::Bunch | Kind::Private | Kind::Crowd | Kind::Person | Kind::Thing) {
                        out.leader = None;
                    }
                }
                Some(Target::Party(entry)) => {
                    groups.push(entry as usize);
                    out.head_unknown = false;
                }
                // "Latin American citizens" are of no country.
                Some(Target::Polity { .. }) if REGIONAL.contains(&before_word(words, found.from, start)) => {
                    out.has_name = true;
                }
                Some(Target::Polity { state, stands_for, form }) => {
                    if let (true, Some(country)) = (is_home_only, self.entries[state as usize].country) {
                        out.places.push(country);
                    } else if !is_run {
                        out.polities.push((state as usize, stands_for as usize, form));
                        out.head_unknown = false;
                    }
                }
                Some(Target::Leader(person)) => {
                    out.leader = Some(person as usize);
                    out.head_unknown = false;
                }
                Some(Target::Place(country)) => {
                    out.places.push(country);
                    out.head_unknown = false;
                }
                // A name of this or that party: words that may not be passed over, but no id.
                None => out.has_name = true,
            }
        }
        out.group = groups.last().copied();
        out
    }
}

/// The word before a match, within the part.
fn before_word(words: &[Word], from: usize, start: usize) -> &str {
    if from > start { words[from - 1].key.as_str() } else { "" }
}

impl Catalogue {
    /// The one office holder of this surname.
    fn only_leader(&self, surname: &str) -> Option<usize> {
        match self.surnames.get(surname).map(Vec::as_slice) {
            Some(&[one]) => Some(one),
            _ => None,
        }
    }
}

fn is_participle(key: &str) -> bool {
    BEHIND.contains(&key) || BASED.contains(&key) || RUN.contains(&key)
}

/// Takes from what stands behind a preposition what the core lacks.
pub(super) fn merge(core: &mut Reading, behind: Reading, preposition: &str) {
    if !core.sides.is_empty() {
        for side in &mut core.sides {
            merge(side, Reading { sides: Vec::new(), ..behind.clone() }, preposition);
        }
        return;
    }
    if !behind.sides.is_empty() && core.has_no_party() {
        let one = core.clone();
        let with = |side| {
            let mut whole = one.clone();
            merge(&mut whole, side, preposition);
            whole
        };
        core.sides = behind.sides.into_iter().map(with).collect();
        return;
    }
    let own = core.role();
    let keeps_out = own.is_some_and(|r| {
        matches!(r.kind, Kind::Private | Kind::Person | Kind::Crowd | Kind::Thing | Kind::Vague)
            && preposition != "among"
    });
    let is_hollow = own.is_none_or(|r| matches!(r.kind, Kind::Voice | Kind::Bunch));
    let is_armed =
        matches!(preposition, "of" | "from") && own.is_some_and(|r| matches!(r.kind, Kind::Armed | Kind::Fighter));
    // `president of the league`, `general of the police`: the body counts, not the title.
    let yields = preposition == "of" && own.is_some_and(|r| matches!(r.kind, Kind::Office));
    let has_party = core.group.is_some() || core.leader.is_some();
    let core_has_home = !core.polities.is_empty();
    if !keeps_out && !has_party {
        // `Salvadoran guerrillas of the FMLN`: the group says more than the country.
        let is_told = core_has_home && !is_hollow && !is_armed;
        if !is_told {
            core.group = behind.group;
            if yields && core.group.is_some() {
                core.roles.clear();
            }
            core.leader = behind.leader.filter(|_| is_hollow);
        }
        let telling =
            behind.role().is_some_and(|r| !matches!(r.kind, Kind::Thing | Kind::Vague | Kind::Voice | Kind::Bunch));
        if core.group.is_none() && telling && (is_hollow || yields) {
            core.roles.extend(behind.roles.iter().copied());
        }
    }
    if core.polities.is_empty() && core.group.is_none() && core.leader.is_none() {
        if own.is_none() && !behind.polities.is_empty() && core.places.is_empty() {
            // `regions across Indonesia`: a country, not its government.
            core.head_unknown = true;
        }
        core.polities = behind.polities;
        core.places.extend(behind.places);
    }
}
