//! How changes are shown: what is called up or down, beside what it was before; who is new; what is newly disputed or denied.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::changes::{Against, Change, Changes, Denial, Verdict};
use analysis::series::CountedId;
use chart::{Bar, Bars, Behind, Cell, Foot, Frame, Hue, Reference};
use serde::Serialize;

use crate::series::number;
use crate::{Answer, grounds};

/// Changes that are not called anything, in a table.
const TABLED: usize = 10;
/// Bars in a figure.
const DRAWN: usize = 14;
/// Ids in a line.
const IDS: usize = 2;
/// Characters of a claim's words.
const WORDS: usize = 120;

/// What changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatChanged {
    /// The changes.
    #[serde(flatten)]
    pub changes: Changes,
}

impl WhatChanged {
    fn days(&self) -> String {
        format!("{} to {}", self.changes.period.from, self.changes.period.to)
    }

    fn befores(&self) -> Vec<usize> {
        self.changes.compared.first().map_or_else(Vec::new, |c| c.rows.iter().map(|a| a.periods).collect())
    }

    fn heads(&self) -> String {
        let befores = self.befores();
        let heads: Vec<String> =
            befores.iter().map(|n| format!("{:>5} {:<22}", "each", format!("of last {n}: times"))).collect();
        format!("   {:<34} {:<10} {:>5}  {}", "what", "number of", "now", heads.join("  "))
    }

    fn line(out: &mut dyn Write, change: &Change, what: &str, against: &[Against]) -> io::Result<()> {
        let Some(first) = against.first() else { return Ok(()) };
        let besides = against.iter().map(beside).collect::<Vec<_>>().join("  ");
        let name = clip(&format!("{} [{}]", change.key, change.source), 34);
        writeln!(out, "   {name:<34} {what:<10} {:>5}  {}", number(first.now), besides.trim_end())
    }

    fn open(out: &mut dyn Write, ids: &[CountedId]) -> io::Result<()> {
        if ids.is_empty() { Ok(()) } else { writeln!(out, "      open {}", few(ids, IDS)) }
    }
}

/// How many a period before, how many times as many now, with the interval and what it is called.
fn beside(against: &Against) -> String {
    let each = against.before_a_period().map_or("–".to_owned(), number);
    let called = match against.verdict {
        Verdict::Up => " UP",
        Verdict::Down => " DOWN",
        Verdict::NotTold | Verdict::TooFew | Verdict::NotCovered => "",
    };
    let times = match against.ratio {
        None => String::new(),
        Some(r) => {
            // An interval that reaches beyond a hundredfold says no more than that little is known.
            let high = r.high.filter(|high| *high < 100.0).map_or("…".to_owned(), |high| format!("{high:.1}"));
            let ratio = r.ratio.map_or("new".to_owned(), |ratio| format!("×{ratio:.1}"));
            format!("{ratio} ({:.1}–{high}){called}", r.low)
        }
    };
    format!("{each:>5} {times:<22}")
}

fn clip(words: &str, most: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most {
        return words;
    }
    words.chars().take(most - 1).chain(['…']).collect()
}

fn few(ids: &[CountedId], most: usize) -> String {
    let (first, rest) = ids.split_at(ids.len().min(most));
    let first: Vec<String> = first.iter().map(ToString::to_string).collect();
    let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
    first.join(" ") + &more
}

fn denial(out: &mut dyn Write, denial: &Denial) -> io::Result<()> {
    let what = denial.code.as_deref().unwrap_or(&denial.kind);
    let day = denial.day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let verb = if denial.plain { "says it was not so" } else { "denies" };
    writeln!(out, "   {day}  {} {verb}: {what}   {}", denial.by, denial.claim)?;
    writeln!(out, "      “{}”", clip(&denial.words, WORDS))
}

impl Answer for WhatChanged {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let changes = &self.changes;
        writeln!(out, "{}, beside what was before", self.days())?;
        for reading in &changes.reading {
            let each = if reading.covered == 0 { 0.0 } else { reading.before as f64 / reading.covered as f64 };
            let gone = if reading.gone.is_empty() {
                String::new()
            } else {
                format!("; not read now: {}", clip(&reading.gone.iter().cloned().collect::<Vec<_>>().join(", "), 60))
            };
            writeln!(
                out,
                "read: {} now, {} each in {} of the {} periods before that were read{gone}",
                grounds::counted(reading.now, "report"),
                number(each),
                reading.covered,
                reading.periods
            )?;
        }
        let (called, rest): (Vec<&Change>, Vec<&Change>) = changes.compared.iter().partition(|c| c.is_called());
        writeln!(out, "\ncalled up or down: {} of {} comparisons", called.len(), changes.looked_at)?;
        if !called.is_empty() {
            writeln!(out, "{}", self.heads())?;
        }
        for change in &called {
            Self::line(out, change, "happenings", &change.rows)?;
            Self::line(out, change, "dead", &change.dead)?;
            Self::open(out, &change.now.ids)?;
        }
        let rest: Vec<&Change> = rest.into_iter().filter(|c| c.now.rows > 0).collect();
        if !rest.is_empty() {
            writeln!(
                out,
                "\nin this period, and not called anything: chance could make as much of it, or it is too little"
            )?;
            writeln!(out, "{}", self.heads())?;
        }
        for change in rest.iter().take(TABLED) {
            Self::line(out, change, "happenings", &change.rows)?;
        }
        if rest.len() > TABLED {
            writeln!(out, "   and {} more, in JSON and CSV", rest.len() - TABLED)?;
        }
        writeln!(out, "\nnew parties and places: {}", none(changes.emerging.len()))?;
        for new in &changes.emerging {
            let before = if new.before.is_empty() {
                format!("never before, in {} periods", new.covered)
            } else {
                format!("{} before", new.before.len())
            };
            writeln!(
                out,
                "   {:<30} {} now, {before}   {}",
                clip(&new.key.to_string(), 30),
                new.now.len(),
                few(&new.now, 1)
            )?;
        }
        writeln!(out, "\nnewly disputed: {}", none(changes.disputes.len()))?;
        for dispute in &changes.disputes {
            let since = dispute.since.map_or_else(|| "no date".to_owned(), |day| day.to_string());
            writeln!(out, "   {since}  {}   {}", dispute.code, dispute.incident)?;
            writeln!(out, "      {}", clip(&dispute.grounds, WORDS))?;
        }
        writeln!(out, "\nnewly denied: {}", none(changes.denials.len()))?;
        changes.denials.iter().try_for_each(|d| denial(out, d))
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = vec![
            "section",
            "source",
            "about",
            "measure",
            "periods",
            "covered",
            "now",
            "before",
            "ratio",
            "ratio_low",
            "ratio_high",
            "p",
            "q",
            "dispersion",
            "called",
            "day",
            "who",
            "words",
            "ids",
        ];
        let changes = &self.changes;
        let ids = |ids: &[CountedId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let known = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        let mut rows = Vec::new();
        for change in &changes.compared {
            for (measure, against) in
                change.rows.iter().map(|a| ("happenings", a)).chain(change.dead.iter().map(|a| ("dead", a)))
            {
                let ratio = against.ratio;
                rows.push(vec![
                    "compared".to_owned(),
                    change.source.to_string(),
                    change.key.to_string(),
                    measure.to_owned(),
                    against.periods.to_string(),
                    against.covered.to_string(),
                    against.now.to_string(),
                    if against.covered == 0 { String::new() } else { against.before.to_string() },
                    known(ratio.and_then(|r| r.ratio)),
                    known(ratio.map(|r| r.low)),
                    known(ratio.and_then(|r| r.high)),
                    known(ratio.map(|r| r.p)),
                    known(against.q),
                    against.dispersion.to_string(),
                    against.verdict.words().to_owned(),
                    String::new(),
                    String::new(),
                    String::new(),
                    ids(&change.now.ids),
                ]);
            }
        }
        let mut said = |section: &str, source: String, about: String, [now, before]: [String; 2], told: [String; 4]| {
            let mut row = vec![section.to_owned(), source, about];
            row.extend([String::new(), String::new(), String::new(), now, before]);
            row.extend(std::iter::repeat_n(String::new(), 7));
            row.extend(told);
            rows.push(row);
        };
        for new in &changes.emerging {
            let numbers = [new.now.len().to_string(), new.before.len().to_string()];
            let told = [String::new(), String::new(), String::new(), ids(&new.now)];
            said("new", new.source.to_string(), new.key.to_string(), numbers, told);
        }
        let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
        for dispute in &changes.disputes {
            let who = dispute.denials.iter().map(|d| d.by.clone()).collect::<Vec<_>>().join("; ");
            let told = [day(dispute.since), who, dispute.grounds.clone(), dispute.incident.to_string()];
            said("disputed", String::new(), dispute.code.clone(), Default::default(), told);
        }
        for denial in &changes.denials {
            let what = denial.code.as_deref().unwrap_or(&denial.kind).to_owned();
            let told = [day(denial.day), denial.by.clone(), denial.words.clone(), denial.claim.to_string()];
            said("denied", String::new(), what, Default::default(), told);
        }
        (head, rows)
    }

    fn figure(&self, grounds: &Grounds, width: u32) -> String {
        let changes = &self.changes;
        let befores = self.befores();
        let shown: Vec<&Change> =
            changes.compared.iter().filter(|c| c.now.rows > 0 || c.is_called()).take(DRAWN).collect();
        let range = |n: Option<&usize>| n.map(|n| format!("last {n}: lowest, median, highest"));
        let usual = |against: Option<&Against>| {
            let usual = against.and_then(|a| a.usual)?;
            Some(Reference { low: usual.lowest, mid: Some(usual.median), high: usual.highest })
        };
        let bar = |change: &&Change| {
            let called = change.rows.iter().find(|a| matches!(a.verdict, Verdict::Up | Verdict::Down));
            let note = called.map(|a| {
                let times = a.ratio.and_then(|r| r.ratio).map_or(String::new(), |r| format!(", {r:.1} times"));
                format!("{}{times}", a.verdict.words())
            });
            Bar {
                name: change.key.to_string(),
                hue: if called.is_some() { Hue::Orange } else { Hue::Slate },
                cell: Cell::of(change.now.rows as f64)
                    .behind(Behind::ids(change.now.ids.iter().map(ToString::to_string))),
                near: usual(change.rows.first()),
                far: usual(change.rows.get(1)),
                note,
                ..Bar::default()
            }
        };
        Bars {
            frame: Frame {
                title: "What was told this period, beside the periods before".to_owned(),
                subtitle: Some("Happenings; what is called up or down stands first, in orange".to_owned()),
                empty: Some("Nothing was counted in this period.".to_owned()),
                foot: Foot {
                    source: Some(grounds::source(grounds)),
                    period: Some(self.days()),
                    n: Some(format!("{} comparisons looked at", changes.looked_at)),
                    interval: None,
                    caveats: changes.caveats(),
                },
                width,
                ..Frame::default()
            },
            unit: "happenings".into(),
            now: self.days(),
            near: range(befores.first()),
            far: range(befores.get(1)),
            bars: shown.iter().map(bar).collect(),
            ..Bars::default()
        }
        .svg()
    }
}

fn none(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}
