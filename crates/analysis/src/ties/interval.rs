//! Ties as stretches of time: who says that they are, who denies it, since when, and whether they are said to be over.
//!
//! The same tie told by several is one. A claimant counts by its last word: who said so and later says that it is not, does
//! not say so any more. A plain negative means that the tie is over where its words say so ("no longer", `data/ties/ends.tsv`) or
//! where it comes from whoever said so before; otherwise it is a denial. Ties that are only planned, promised, threatened, demanded or possible stand apart, and so does doubt.
//!
//! Refused: to end a tie because nobody has spoken of it for long, to guess since when it is, and to give a tie to somebody
//! without a name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use model::record::PartyRecord;
use model::time::Granularity;
use model::{Attitude, ClaimId, Status, TieType};
use serde::Serialize;

use super::acts::Act;
use super::interest::Opponents;
use super::party::{Key, Names};
use super::tables::{Sign, TieKind, speaks_of_an_end};
use super::voices::{Speaker, Voice, originals, published, voice};
use crate::incidents::PublisherFacts;
use crate::incidents::independence::Told;

/// A time that ends at most so many days before the report is the present: "this month", "on Friday". Half of what reports
/// call "now" is named by the month.
const PRESENT_DAYS: i32 = 31;

/// All that claims say of ties.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Ties {
    /// By type and parties.
    pub ties: Vec<Tie>,
    /// Claims of ties that could not be given to two parties, and why.
    pub set_aside: Vec<SetAside>,
    /// Every party that the claims name, of whatever kind, with its name.
    #[serde(skip)]
    pub names: BTreeMap<Key, String>,
}

/// A claim of a tie that is in none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetAside {
    /// The claim.
    pub claim: ClaimId,
    /// Why.
    pub why: &'static str,
}

/// One tie, as told by everybody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tie {
    /// Its type.
    #[serde(rename = "type")]
    pub code: TieType,
    /// Whether it holds in both directions: the ends are then in the order of their keys.
    pub symmetric: bool,
    /// Whether its ends stand together or against each other.
    pub sign: Sign,
    /// From whom.
    pub from: End,
    /// To whom.
    pub to: End,
    /// The tie in words, nobody having said yet whether it is so.
    pub words: String,
    /// Places that the claims name.
    pub places: Vec<String>,
    /// What may be held of it.
    pub standing: TieStanding,
    /// First day of the tie as a text says; `None` where none does.
    pub since: Option<Said>,
    /// When it was over, as somebody says who still says so; `None` where nobody does.
    pub until: Option<Said>,
    /// First day on which somebody was published saying that it is or was so.
    pub first_said: Option<Date>,
    /// Last day. Long silence ends nothing: the reader judges.
    pub last_said: Option<Date>,
    /// Who says so.
    pub asserted_by: Vec<Voice>,
    /// Who says that it is not so.
    pub denied_by: Vec<Voice>,
    /// Who says that it is over.
    pub ended_by: Vec<Voice>,
    /// Who doubts it, or denies that it is not so.
    pub doubted_by: Vec<Voice>,
    /// Who took back what it said.
    pub taken_back_by: Vec<Voice>,
    /// Who says that it may be, is planned, promised, threatened or demanded.
    pub possible_by: Vec<Voice>,
    /// For each claim that says so, the time of which it says so.
    pub spans: Vec<SaidSpan>,
}

/// One end of a tie.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct End {
    /// The whole polity or group, or the place.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Ids of the parts that the claims of this tie name, the whole's own among them.
    pub named_as: Vec<String>,
    /// Whether it is a place and no party.
    pub is_place: bool,
}

/// A day as said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The day.
    pub day: Date,
    /// How exactly the text says it; `None` where it is only that of the report, by which it was so.
    pub granularity: Option<Granularity>,
    /// Claims that say this day.
    pub claims: Vec<ClaimId>,
}

/// Of which time a claim says that the tie is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SaidSpan {
    /// The claim.
    pub claim: ClaimId,
    /// From then on; a claim that says nothing of when says so of the day of its report.
    pub from: Date,
    /// Until then; `None` is the present.
    pub to: Option<Date>,
    /// Whether the text says the first day as that of the tie ("since May").
    pub said_since: bool,
    /// Whether the claimant has neither denied it since nor taken it back.
    pub stands: bool,
}

/// What may be held of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TieStanding {
    /// Somebody says so, and nobody that it is not so.
    Asserted,
    /// Some say so and some that it is not so.
    Disputed,
    /// Only denials remain.
    Denied,
    /// It is said to be over, and nobody has said since that it is not.
    Ended,
    /// Who said so took it back.
    TakenBack,
    /// It is only doubted.
    Doubted,
    /// It is only said to be possible, planned, promised, threatened or demanded.
    Possible,
}

impl TieStanding {
    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Disputed => "disputed",
            Self::Denied => "denied",
            Self::Ended => "ended",
            Self::TakenBack => "taken back",
            Self::Doubted => "doubted",
            Self::Possible => "possible",
        }
    }
}

/// What a claim does to the tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stance {
    Says,
    Denies,
    Ends,
    Doubts,
    TakesBack,
    Possible,
}

/// A type of tie and its ends.
type TieKey = (TieType, Key, Key);

/// Sets claims of ties side by side. `acts` show who fights whom, for [`Voice::interest`]; without them only ties do.
/// Claims of other kinds are passed over, and the order in which claims come does not matter.
pub fn intervals(told: &[Told], acts: &[Act], facts: &dyn PublisherFacts) -> Ties {
    let mut names = Names::default();
    let mut groups: BTreeMap<TieKey, Gathered> = BTreeMap::new();
    let mut set_aside: Vec<SetAside> = Vec::new();
    for t in originals(told) {
        for party in t.claim.actor.iter().chain(&t.claim.recipient).chain(&t.claim.asserter) {
            names.see(party);
        }
        let Some(code) = tie_type(t) else { continue };
        match ends(t, code) {
            Ok(pairs) => {
                for (from, to) in pairs {
                    groups.entry((code, from.0.clone(), to.0.clone())).or_default().take(t, &from, &to);
                }
            }
            Err(why) => set_aside.push(SetAside { claim: t.claim.id.clone(), why }),
        }
    }
    let mut ties: Vec<Tie> = groups.iter().map(|(key, gathered)| gathered.tie(key, &names, facts)).collect();
    let opponents = Opponents::of(&ties, acts);
    for tie in &mut ties {
        opponents.mark(tie);
    }
    Ties { ties, set_aside, names: names.all() }
}

fn tie_type(told: &Told) -> Option<TieType> {
    if told.claim.kind.as_str() == "tie" { told.claim.code.as_deref()?.parse().ok() } else { None }
}

/// An end with its id in the claim or, of a place, its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named(Key, Option<String>, bool);

/// The pairs that a claim ties together: each actor with each recipient, all of them with each other where both sides do it.
fn ends(told: &Told, code: TieType) -> Result<BTreeSet<(Named, Named)>, &'static str> {
    let claim = told.claim;
    let symmetric = TieKind::of(code).symmetric;
    let named = |parties: &[PartyRecord]| {
        let ids = |p: &PartyRecord| p.id.as_ref().map(ToString::to_string);
        parties.iter().filter_map(|p| Some(Named(Key::of(p)?, ids(p), false))).collect::<Vec<_>>()
    };
    let from = named(&claim.actor);
    let mut to = if claim.reciprocal { from.clone() } else { named(&claim.recipient) };
    let country = |p: &model::record::PlaceRecord| p.country.as_ref().map(ToString::to_string);
    if code == TieType::ControlsTerritory && !claim.places.is_empty() {
        // A force holds a town, and not the country that it lies in.
        to = claim
            .places
            .iter()
            .filter_map(|p| {
                let name = p.name.as_deref().or(p.mention.as_deref())?;
                Some(Named(Key::of_place(name, country(p).as_deref()), Some(name.to_owned()), true))
            })
            .collect();
    } else if code == TieType::PresentIn && to.is_empty() {
        to = claim.places.iter().filter_map(|p| p.country).map(|c| Named(Key::of_country(c), None, false)).collect();
    }
    if from.is_empty() || to.is_empty() {
        return Err("an end is not named, or not by a name that tells who it is");
    }
    let mut pairs = BTreeSet::new();
    for a in &from {
        for b in to.iter().filter(|b| a.0 != b.0) {
            let swap = symmetric && b.0 < a.0;
            pairs.insert(if swap { (b.clone(), a.clone()) } else { (a.clone(), b.clone()) });
        }
    }
    if pairs.is_empty() { Err("both ends are one party") } else { Ok(pairs) }
}

/// What is gathered for one tie.
#[derive(Default)]
struct Gathered<'a> {
    told: Vec<&'a Told<'a>>,
    named_as: [BTreeSet<String>; 2],
    place: Option<String>,
}

impl<'a> Gathered<'a> {
    fn take(&mut self, told: &'a Told<'a>, from: &Named, to: &Named) {
        // Two parts of one whole in one claim are one claim of the tie.
        if self.told.last().is_none_or(|last| last.claim.id != told.claim.id) {
            self.told.push(told);
        }
        self.named_as[0].extend(from.1.clone());
        if to.2 {
            self.place.clone_from(&to.1);
        } else {
            self.named_as[1].extend(to.1.clone());
        }
    }

    fn tie(&self, (code, from, to): &TieKey, names: &Names, facts: &dyn PublisherFacts) -> Tie {
        let kind = TieKind::of(*code);
        let voices = self.voices(facts);
        let gather = |wanted: Stance| -> Vec<Voice> {
            let of_stance = voices.iter().filter_map(|(speaker, said)| {
                let claims: Vec<&Told> = said.iter().filter(|s| s.stance == wanted).map(|s| s.told).collect();
                let stands = said.iter().any(|s| s.stance == wanted && s.is_last_word);
                let name = if let Speaker::Party(key) = speaker { Some(names.name(key)) } else { None };
                (!claims.is_empty()).then(|| voice(&claims, name, stands, facts))
            });
            let mut found: Vec<Voice> = of_stance.collect();
            found.sort_by(|a, b| (a.first_said, &a.claims).cmp(&(b.first_said, &b.claims)));
            found
        };
        let asserted_by = gather(Stance::Says);
        let ended_by = gather(Stance::Ends);
        let all = || voices.values().flatten();
        // That it is over does not take back that it was.
        let holds =
            |said: &[Utterance]| said.iter().any(|s| s.is_last_word && matches!(s.stance, Stance::Says | Stance::Ends));
        let of_voice = |said: &Vec<Utterance>| {
            let stands = holds(said);
            said.iter().filter_map(|s| s.span(stands)).collect::<Vec<_>>()
        };
        let mut spans: Vec<SaidSpan> = voices.values().flat_map(of_voice).collect();
        spans.sort_by(|a, b| (a.from, &a.claim).cmp(&(b.from, &b.claim)));
        let says_so = |s: &&Utterance| matches!(s.stance, Stance::Says | Stance::Ends) && s.since().is_some();
        let since = all().filter(says_so).filter_map(|s| Some((s.since()?, s)));
        let until = all().filter(|s| s.stance == Stance::Ends && s.is_last_word).filter_map(|s| Some((s.over()?, s)));
        let said_days = || all().filter(|s| matches!(s.stance, Stance::Says | Stance::Ends)).filter_map(|s| s.day);
        let (from_name, to_name) = (names.name(from), self.place.clone().unwrap_or_else(|| names.name(to)));
        Tie {
            code: *code,
            symmetric: kind.symmetric,
            sign: kind.sign_with(&names.sectors(to)),
            words: kind.say(&from_name, &to_name),
            from: End {
                key: from.clone(),
                name: from_name,
                named_as: self.named_as[0].iter().cloned().collect(),
                is_place: false,
            },
            to: End {
                key: to.clone(),
                name: to_name,
                named_as: self.named_as[1].iter().cloned().collect(),
                is_place: self.place.is_some(),
            },
            places: self.places(),
            standing: standing(&voices),
            since: earliest(since.collect()),
            until: latest(until.collect()),
            first_said: said_days().min(),
            last_said: said_days().max(),
            asserted_by,
            denied_by: gather(Stance::Denies),
            ended_by,
            doubted_by: gather(Stance::Doubts),
            taken_back_by: gather(Stance::TakesBack),
            possible_by: gather(Stance::Possible),
            spans,
        }
    }

    /// Every speaker's claims in order of time, with what each does to the tie.
    fn voices(&self, facts: &dyn PublisherFacts) -> BTreeMap<Speaker, Vec<Utterance<'a>>> {
        let mut voices: BTreeMap<Speaker, Vec<Utterance>> = BTreeMap::new();
        for told in &self.told {
            let said = voices.entry(Speaker::of(told, facts)).or_default();
            let day = published(told);
            let mut stance = stance(told);
            let said_so = |s: &Utterance| s.stance == Stance::Says && s.day < day;
            let negative = stance == Stance::Denies && told.claim.status == Status::DidNotOccur;
            if negative && (speaks_of_an_end(&told.claim.evidence.text) || said.iter().any(said_so)) {
                stance = Stance::Ends;
            }
            said.push(Utterance { told, stance, day, is_last_word: false });
        }
        for said in voices.values_mut() {
            let firm = |s: &Utterance| s.stance != Stance::Possible;
            let last = said.iter().filter(|s| firm(s)).map(|s| s.day).max();
            for s in said.iter_mut() {
                s.is_last_word = !firm(s) || Some(s.day) == last;
            }
        }
        voices
    }

    fn places(&self) -> Vec<String> {
        let names = self.told.iter().flat_map(|t| &t.claim.places).filter_map(|p| p.name.as_deref());
        let names: BTreeSet<&str> = names.collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// A claim of a tie by one speaker.
#[derive(Clone, Copy)]
struct Utterance<'a> {
    told: &'a Told<'a>,
    stance: Stance,
    day: Option<Date>,
    /// Whether the speaker has not said otherwise since. What is only possible takes nothing back.
    is_last_word: bool,
}

impl Utterance<'_> {
    fn bounds(&self) -> (Option<Date>, Option<Date>) {
        let time = self.told.claim.time.as_ref();
        (time.and_then(|t| t.from).map(model::When::date), time.and_then(|t| t.to).map(model::When::date))
    }

    /// Of which time it says that the tie is.
    fn span(&self, stands: bool) -> Option<SaidSpan> {
        let (from, to) = self.bounds();
        let (from, to) = match self.stance {
            Stance::Says => (from.or(self.day)?, if is_present(to, self.day) { None } else { to }),
            Stance::Ends => (from?, to),
            _ => return None,
        };
        let claim = self.told.claim.id.clone();
        Some(SaidSpan { claim, from, to, said_since: self.since().is_some(), stands })
    }

    /// The first day, where the text says it as that: "since May", "from 2015 to 2021". A time that merely is named ("in
    /// 2012") says that it was so then.
    fn since(&self) -> Option<Date> {
        let time = self.told.claim.time.as_ref()?;
        let (from, to) = self.bounds();
        from.filter(|_| to.is_none() || time.granularity == Granularity::Range)
    }

    /// When it was over: as the text says or, else, by the day of the report.
    fn over(&self) -> Option<Date> {
        explicit_end(self.told).or(self.day)
    }

    fn granularity(&self) -> Option<Granularity> {
        self.told.claim.time.as_ref().map(|t| t.granularity)
    }
}

/// Whether a time that ends then is the present of a report of that day.
fn is_present(to: Option<Date>, reported: Option<Date>) -> bool {
    match (to, reported) {
        (None, _) => true,
        (Some(to), Some(day)) => day.checked_sub(PRESENT_DAYS.days()).is_ok_and(|earliest| to >= earliest),
        (Some(_), None) => false,
    }
}

/// The last day of a stretch with its own ends that was over when it was reported: "from 2015 to 2021", "until May".
fn explicit_end(told: &Told) -> Option<Date> {
    let time = told.claim.time.as_ref().filter(|t| t.granularity == Granularity::Range)?;
    let to = time.to?.date();
    published(told).is_none_or(|day| to < day).then_some(to)
}

fn stance(told: &Told) -> Stance {
    let over = explicit_end(told).is_some();
    match (told.claim.attitude, told.claim.status) {
        (Attitude::Retracts, _) => Stance::TakesBack,
        (Attitude::Denies, Status::Occurred | Status::Ongoing) => Stance::Denies,
        // "Denied that it would recognise": what lies ahead is doubted, and so is a negative.
        (Attitude::Doubts | Attitude::Denies, _) => Stance::Doubts,
        (_, Status::DidNotOccur) => Stance::Denies,
        (_, Status::Cancelled) => Stance::Ends,
        (_, Status::Occurred | Status::Ongoing) => {
            if over {
                Stance::Ends
            } else {
                Stance::Says
            }
        }
        _ => Stance::Possible,
    }
}

fn standing(voices: &BTreeMap<Speaker, Vec<Utterance>>) -> TieStanding {
    let last = |stance: Stance| {
        let words = voices.values().flatten().filter(move |s| s.is_last_word && s.stance == stance);
        words.map(|s| s.day).max()
    };
    let (says, denies, ends) = (last(Stance::Says), last(Stance::Denies), last(Stance::Ends));
    match (says, ends) {
        (None, None) if denies.is_some() => TieStanding::Denied,
        (None, None) if last(Stance::TakesBack).is_some() => TieStanding::TakenBack,
        (None, None) if last(Stance::Doubts).is_some() => TieStanding::Doubted,
        (None, None) => TieStanding::Possible,
        (says, Some(end)) if says.is_none_or(|said| end > said) => TieStanding::Ended,
        _ if denies.is_some() => TieStanding::Disputed,
        _ => TieStanding::Asserted,
    }
}

fn earliest(said: Vec<(Date, &Utterance)>) -> Option<Said> {
    let day = said.iter().map(|(day, _)| *day).min()?;
    Some(gather_day(day, said))
}

fn latest(said: Vec<(Date, &Utterance)>) -> Option<Said> {
    let day = said.iter().map(|(day, _)| *day).max()?;
    Some(gather_day(day, said))
}

fn gather_day(day: Date, said: Vec<(Date, &Utterance)>) -> Said {
    let on: Vec<&Utterance> = said.into_iter().filter(|(d, _)| *d == day).map(|(_, s)| s).collect();
    let stated = on.iter().filter(|s| s.bounds().0 == Some(day) || s.bounds().1 == Some(day));
    let mut claims: Vec<ClaimId> = on.iter().map(|s| s.told.claim.id.clone()).collect();
    claims.sort();
    Said { day, granularity: stated.filter_map(|s| s.granularity()).min_by_key(|g| *g as usize), claims }
}
