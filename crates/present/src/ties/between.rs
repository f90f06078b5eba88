//! How two parties stand over time: the tone of what happened between them, and where it shifts.

use std::io::{self, Write};

use analysis::Grounds;
use analysis::ties::{Direction, Period, Warming};
use chart::{Behind, Bin, Cell, Class, Form, Hue, Measure, Panel, Series, Turn};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{clip, few, frame, ids};
use crate::Answer;
use crate::grounds::counted;

/// Carriers of a shift that are written out.
const CARRIERS: usize = 5;

/// How two parties stand, with their names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Their names.
    pub names: (String, String),
    /// How they stand.
    #[serde(flatten)]
    pub warming: Warming,
}

impl Between {
    /// How it is found, in a sentence or two.
    pub fn method() -> String {
        "The tone of a bin is the mean over its happenings: words 1, deeds 2, hostile ones below zero. The level is a \
         local-level model of greatest likelihood, in which bins without a happening stay empty; shifts are its smoothed \
         shocks that pass a threshold which one in ten series without a shift passes."
            .to_owned()
    }

    /// What it cannot say.
    pub fn caveats() -> Vec<String> {
        vec![
            "The tone is of what was told: who is read decides over it.".to_owned(),
            "Why it shifted is not said; the sentences beside a shift are those that make it up.".to_owned(),
        ]
    }

    fn bin(&self, from: Date) -> Bin {
        let length = match self.warming.period {
            Period::Week => 1.week(),
            Period::Month => 1.month(),
        };
        let next = from.checked_add(length).and_then(|next| next.checked_sub(1.day()));
        Bin::new(from, next.unwrap_or(from))
    }

    fn title(&self) -> String {
        format!("{} and {}: how friendly or hostile they are told to be", self.names.0, self.names.1)
    }
}

/// With one digit, and without the sign of a zero.
fn tenth(x: f64) -> String {
    let text = format!("{x:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Warming => "closer",
        Direction::Cooling => "apart",
    }
}

impl Answer for Between {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let answer = &self.warming;
        let (a, b) = &self.names;
        let unit = match answer.period {
            Period::Week => "week",
            Period::Month => "month",
        };
        let happenings = counted(answer.happenings, "happening");
        let told = answer.bins.iter().filter(|bin| bin.tone.is_some()).count();
        writeln!(out, "{a} and {b}: {happenings} told, in {told} of {}", counted(answer.bins.len(), unit))?;
        if !answer.unplaced.is_empty() {
            let number = counted(answer.unplaced.len(), "claim");
            writeln!(out, "{number} of happenings without a time short enough: {}", few(&answer.unplaced))?;
        }
        match (&answer.fit, &answer.not_estimated) {
            (Some(fit), _) => {
                let shifts = counted(fit.shifts.len(), "shift");
                writeln!(out, "{shifts} of the level with |t| of {:.1} or more", fit.threshold)?;
            }
            (None, why) => writeln!(out, "No level: {}.", why.as_deref().unwrap_or("nothing was told"))?,
        }
        writeln!(out, "\n   {:10}  {:>5} {:>8} {:>8}  level (95 %)", "from", "tone", "friendly", "hostile")?;
        for bin in answer.bins.iter().filter(|bin| bin.tone.is_some()) {
            let level = answer.fit.as_ref().and_then(|fit| fit.bins.iter().find(|b| b.bin == bin.bin));
            let level =
                level.and_then(|b| Some(format!("{} ({} to {})", tenth(b.level?), tenth(b.low?), tenth(b.high?))));
            let tone = bin.tone.map(tenth).unwrap_or_default();
            let level = level.unwrap_or_default();
            let row = format!("   {}  {tone:>5} {:>8} {:>8}  {level}", bin.bin, bin.friendly, bin.hostile);
            writeln!(out, "{}", row.trim_end())?;
        }
        for carried in &answer.shifts {
            let shift = &carried.shift;
            writeln!(out, "\n━━ {} · between {} and {}", word(carried.direction), shift.after, shift.at)?;
            writeln!(
                out,
                "   by {:+.1} (t {:.1}); it may lie anywhere from {} to {}",
                shift.size, shift.t, shift.from, shift.until
            )?;
            for carrier in carried.carried_by.iter().take(CARRIERS) {
                writeln!(out, "   {}  {} ({:+}), {}", carrier.bin, carrier.code, carrier.tone, carrier.who)?;
                writeln!(out, "     “{}” {}", clip(&carrier.words), few(&carrier.claims))?;
            }
            for said in &carried.in_words {
                writeln!(out, "   and {} says so in words ({}), of {}", said.who, said.code, said.from)?;
                writeln!(out, "     “{}” {}", clip(&said.words), said.claim)?;
            }
        }
        if answer.shifts.is_empty() && !answer.in_words.is_empty() {
            writeln!(out, "\nSaid in words")?;
            for said in &answer.in_words {
                writeln!(out, "   {}  {}, {}", said.from, said.code, said.who)?;
                writeln!(out, "     “{}” {}", clip(&said.words), said.claim)?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns =
            vec!["from", "to", "tone", "friendly", "hostile", "level", "level_low", "level_high", "step_t", "claims"];
        let number = |x: Option<f64>| x.map(|x| format!("{x:.3}")).unwrap_or_default();
        let rows = self.warming.bins.iter().map(|bin| {
            let level = self.warming.fit.as_ref().and_then(|fit| fit.bins.iter().find(|b| b.bin == bin.bin));
            vec![
                bin.bin.to_string(),
                self.bin(bin.bin).to.to_string(),
                number(bin.tone),
                bin.friendly.to_string(),
                bin.hostile.to_string(),
                number(level.and_then(|b| b.level)),
                number(level.and_then(|b| b.low)),
                number(level.and_then(|b| b.high)),
                number(level.and_then(|b| b.step_t)),
                ids(&bin.claims).join(" "),
            ]
        });
        (columns, rows.collect())
    }

    fn figure(&self, answer: &Grounds, width: u32) -> String {
        let warming = &self.warming;
        let mut frame = frame(&self.title(), answer, counted(warming.happenings, "happening"), width);
        frame.subtitle = Some(
            "Happenings that are told, friendly above and hostile below; under them the mean tone and its level".into(),
        );
        frame.empty = Some("Nothing that happened between them is told.".to_owned());
        if let Some(why) = &warming.not_estimated {
            frame.foot.caveats.push(format!("No level: {why}."));
        }
        let counted = |of: fn(&analysis::ties::warming::ToneBin) -> usize| {
            warming.bins.iter().map(move |bin| {
                let cell = if bin.tone.is_some() { Cell::of(of(bin) as f64) } else { Cell::unknown() };
                Cell { behind: Behind::ids(ids(&bin.claims)), ..cell }
            })
        };
        let mut panels = vec![Panel {
            name: "What happened".to_owned(),
            unit: "happenings".to_owned(),
            classes: vec![
                Class::new("friendly", Hue::Blue, counted(|bin| bin.friendly)),
                Class::new("hostile", Hue::Orange, counted(|bin| bin.hostile)).below(),
            ],
            above: Some("friendly".to_owned()),
            below: Some("hostile".to_owned()),
            ..Panel::default()
        }];
        if let Some(fit) = &warming.fit {
            frame.foot.interval = Some("95 % interval of the level, its variances taken for known".to_owned());
            let cells = fit.bins.iter().map(|b| match (b.level, b.low, b.high) {
                (Some(level), Some(low), Some(high)) => Cell::between(level, low, high),
                _ => Cell::unknown(),
            });
            panels.push(Panel {
                name: "Tone".to_owned(),
                unit: "level, from -2 (hostile deeds) to 2 (friendly deeds)".to_owned(),
                measure: Measure::Number,
                form: Form::Steps,
                classes: vec![Class::new("level", Hue::Plum, cells)],
                ..Panel::default()
            });
        }
        let turns = warming.shifts.iter().map(|c| Turn::new(c.shift.at, word(c.direction))).collect();
        let bins = warming.bins.iter().map(|bin| self.bin(bin.bin)).collect();
        Series { frame, bins, panels, turns, ..Series::default() }.svg()
    }
}
