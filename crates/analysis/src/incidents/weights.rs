//! The numbers with which a pair of claims is weighed, in one place.
//!
//! Each is a log-odds in thousandths ("how many times likelier is this if the two tell of one happening?", natural
//! logarithm times 1000), so that sums are exact and no result depends on the order of adding. First values were set by
//! reasoning as each comment says. Those marked T were then set from a logistic regression over pairs of claims of the odd
//! ids of UCDP GED Pakistan, split into perturbed sources (`measure::ged`), and a few tries around it; the even ids only
//! judge. Where the regression saw no more than the protocol (sources of one row that differ in how exactly they place it
//! do not occur there; tolls never differ by much), the weight was kept milder than fitted, as reports do differ so.

/// From this sum on, two claims are taken for one happening. It stands for what is known before any field is looked at: of
/// the pairs that are proposed at all, one in some hundreds is one happening (e^6.5 is 665). A logistic regression over the
/// pairs of odd rows has -6.5 for its constant; sums between 6 and 7 were tried. T
pub const THRESHOLD: i32 = 6_500;

/// A single pair never speaks for more than this, nor against by more, in the average of two groups.
pub const CAP: i32 = 12_000;

/// One says that it happened, the other in plain words that it did not, or that it was called off (a denial is another thing: it
/// is of what it denies). By reasoning: reports seldom differ so on one happening, and often on several of a kind.
pub const STATUS_DIFFERENT: i32 = -1_500;
/// Same type.
pub const TYPE_SAME: i32 = 300;
/// A mode in common (a drone strike and a drone strike): three times likelier by reasoning, since modes are some five and
/// mostly but not always named.
pub const MODE_SHARED: i32 = 1_000;
/// Modes on both sides, none in common: readers often see different faces, hence mild.
pub const MODE_DIFFERENT: i32 = -800;

/// Both know the day, and it is the same. T
pub const DAY_SAME: i32 = 2_000;
/// Both know the day, and it is the next: night raids, time zones, the day of the report taken for the day. T
pub const DAY_NEXT: i32 = 700;
/// Two days apart: slips of that size are rare. T
pub const DAY_AFTER_NEXT: i32 = -2_300;
/// More days than this between two stretches of time are two happenings.
pub const DAYS_APART_AT_MOST: i32 = 2;
/// Days of a report before its publication within which something undated is taken to lie.
pub const DAYS_BEFORE_REPORT: i32 = 30;
/// A stretch known to the week or so overlaps.
pub const WEEK_OVERLAPS: i32 = 1_800;
/// One known to the month overlaps: that it lies within says little in a war, yet it might have lain elsewhere.
pub const MONTH_OVERLAPS: i32 = 300;
/// Seasons, years and undated things overlap nearly always.
pub const LONG_OVERLAPS: i32 = -300;

/// Something that a text does not date lies within so many days of what the other claim says, or its report of the other's
/// report: news mostly tell of the last days. Of the undated claims in reports on one conflict some six in ten are of the
/// two days before, of any two claims of a month one in ten are so near: six times likelier. By reasoning.
pub const UNDATED_NEAR_DAYS: i32 = 2;
/// See [`UNDATED_NEAR_DAYS`].
pub const UNDATED_NEAR: i32 = 1_500;
/// Within a week.
pub const UNDATED_WEEK: i32 = 0;
/// Two claims of one type in the words of one report that does not tell them apart: headline and lead, the toll by one
/// source and the place by another. Far likelier one happening than any two claims; kept below what the prior of one report
/// would allow (one in five or so), since a report on a war also tells of several attacks in vague words. By reasoning.
pub const ONE_REPORT: i32 = 2_500;

/// Nearness weighs ln(this / distance), in km. With 300 the curve meets what the regression gives for one town (5 km: 5.0),
/// the same area of 25 km (2.4 to 3.1) and its rim (50 km: 1.6). T
pub const NEUTRAL_KM: f64 = 300.0;
/// Places are known no better than this, whatever is said.
pub const FINEST_KM: f64 = 4.0;
/// What agreement of places can say at most.
pub const PLACE_CAP: i32 = 4_100;
/// One place is known at least [`UNEQUAL_TIMES`] more vaguely than the other, which then lies in it as it may in many: two
/// reports of one happening mostly name its place about as exactly. Milder than fitted (-4.5), since sources of one GED row
/// never differ so in the measure: what is gained there is partly the measure's own doing, see `measure::ged`. T
pub const PLACE_UNEQUAL: i32 = -3_000;
/// See [`PLACE_UNEQUAL`]; chosen so that a town's surroundings (25 km), a district (40) and a fuzzy area (60) differ. T
pub const UNEQUAL_TIMES: f32 = 1.5;
/// Places lie farther apart than their radii together. T
pub const PLACE_OUTSIDE: i32 = -2_000;
/// Cost of each full radius that two places lie beyond their radii.
pub const PLACE_BEYOND: i32 = -2_500;
/// Farther beyond both radii than this, in km, is another place.
pub const PLACE_BEYOND_KM: f64 = 60.0;
/// The same settlement by name, where coordinates say nothing.
pub const PLACE_SAME_NAME: i32 = 4_100;
/// Two different settlements by name of one district, where coordinates say nothing.
pub const PLACE_OTHER_NAME: i32 = -1_500;
/// One lies within the province or district that is all that the other knows.
pub const PLACE_WITHIN_ADMIN2: i32 = 800;
/// Likewise of provinces.
pub const PLACE_WITHIN_ADMIN1: i32 = 500;
/// The same district, known no better.
pub const PLACE_SAME_ADMIN2: i32 = 2_000;
/// The same province, known no better.
pub const PLACE_SAME_ADMIN1: i32 = 700;
/// The same country, known no better.
pub const PLACE_SAME_COUNTRY: i32 = 0;
/// Two districts, or two provinces by name, where coordinates say nothing: borders are fuzzy and names vary.
pub const PLACE_OTHER_ADMIN: i32 = -2_800;

/// A side agrees to the very body.
pub const PARTY_SAME: i32 = 1_200;
/// One body is part of the other (PAK.MIL and PAK), or acts as the other.
pub const PARTY_PART: i32 = 1_000;
/// Two bodies of one root (PAK.MIL and PAK.POL).
pub const PARTY_KIN: i32 = 500;
/// Names agree, where no catalogue knows them.
pub const PARTY_SAME_NAME: i32 = 900;
/// No party of one side has the root of any of the other: blame differs between accounts of one happening, hence no veto.
pub const PARTY_CONTRARY: i32 = -2_400;

/// Tolls agree, by their size: the more dead, the less by chance. One to four. T
pub const TOLL_SAME_SMALL: i32 = 1_300;
/// Five to nineteen. T
pub const TOLL_SAME_MIDDLE: i32 = 1_900;
/// Twenty and more. T
pub const TOLL_SAME_LARGE: i32 = 2_600;
/// Both say that nobody was killed.
pub const TOLL_SAME_NONE: i32 = 300;
/// Ranges overlap ("dozens" and 31).
pub const TOLL_OVERLAPS: i32 = 700;
/// Within a quarter of one another, fewer than twenty.
pub const TOLL_NEAR: i32 = 900;
/// Within a quarter of one another, twenty and more.
pub const TOLL_NEAR_LARGE: i32 = 1_500;
/// Two and one, three and two. T
pub const TOLL_BY_ONE: i32 = -2_500;
/// Within a factor of two.
pub const TOLL_DIFFERENT: i32 = -3_000;
/// Farther apart, though tolls rise as bodies are found.
pub const TOLL_FAR: i32 = -4_000;
/// Two claimants have two tolls, and where at least one of them is named that is a dispute rather than another happening:
/// what a difference costs is divided by this. Sides of a war differ by factors as a rule; some cost remains, since a toll
/// that agrees is likelier of one happening still. By reasoning.
pub const CLAIMANTS_DIVISOR: i32 = 6;
/// A running toll of a later day may well be higher: what a difference costs is divided by this.
pub const RUNNING_DIVISOR: i32 = 3;
/// Another effect in common (abducted, displaced, seized), or one kind on both sides.
pub const EFFECT_SHARED: i32 = 400;

/// Both have the actor act outside its own country: a rarer thing than war at home, so that to agree in it says more.
/// By reasoning; no table at hand has it.
pub const PARTY_ABROAD: i32 = 1_500;

/// Words of two texts: at least four fifths of the shorter are in the other. By reasoning, these four: two sentences on
/// different attacks share a tenth of their words or so, two on the same share names and numbers; a quarter shared was
/// taken as six times likelier of the same, a half as twenty times.
pub const WORDS_ALL: i32 = 4_000;
/// At least half.
pub const WORDS_HALF: i32 = 3_000;
/// At least a quarter.
pub const WORDS_SOME: i32 = 1_500;
/// None to speak of.
pub const WORDS_NONE: i32 = -500;
/// Fewer words of content than this say nothing.
pub const WORDS_LEAST: usize = 4;

/// Near-copies of one text that say the same in the same words.
pub const COPY_SAME_WORDS: i32 = 6_000;
