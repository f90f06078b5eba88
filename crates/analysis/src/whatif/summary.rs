//! From futures to numbers: totals, fans, contrasts, and these in words.

use super::answer::{Contrast, Fan, Outcome, Pulled, Spread, Total};
use super::futures::Ensemble;
use crate::cycles::{Language, Streams};
use crate::forecast::scores::quantile;

const WEEK: usize = 7;

/// What each package comes to.
pub(super) fn outcomes(
    made: &Ensemble,
    streams: &[String],
    names: &[(String, Option<String>)],
    pulled: Vec<Vec<Pulled>>,
) -> Vec<Outcome> {
    let asked = parts(streams);
    names
        .iter()
        .zip(pulled)
        .enumerate()
        .map(|(package, ((name, text), levers))| {
            let fans = |days_each: usize| {
                let of = asked.iter().filter(|_| made.days >= days_each);
                of.map(|(stream, of)| Fan {
                    stream: stream.clone(),
                    days_each,
                    steps: (0..made.days / days_each)
                        .map(|step| spread(made.sums(package, of, (step * days_each, (step + 1) * days_each))))
                        .collect(),
                })
                .collect()
            };
            let share = |number: usize| number as f64 / made.futures as f64;
            Outcome {
                package: name.clone(),
                text: text.clone(),
                levers,
                totals: asked
                    .iter()
                    .map(|(stream, of)| Total {
                        stream: stream.clone(),
                        events: spread(made.sums(package, of, (0, made.days))),
                    })
                    .collect(),
                daily: fans(1),
                weekly: fans(WEEK),
                capped: share(made.capped[package]),
                endless: share(made.endless[package]),
            }
        })
        .collect()
}

/// Each package against no lever, then against each package before it.
pub(super) fn contrasts(made: &Ensemble, streams: &Streams, names: &[(String, Option<String>)]) -> Vec<Contrast> {
    let asked = parts(streams.names());
    let mut contrasts = Vec::new();
    let pairs = (1..names.len()).map(|one| (one, 0));
    let pairs = pairs.chain((2..names.len()).flat_map(|one| (1..one).map(move |other| (one, other))));
    for (one, other) in pairs {
        for (stream, of) in &asked {
            let (a, b) = (made.sums(one, of, (0, made.days)), made.sums(other, of, (0, made.days)));
            let both = || a.iter().zip(&b);
            let share =
                |is: fn(f64, f64) -> bool| both().filter(|(a, b)| is(**a, **b)).count() as f64 / made.futures as f64;
            let mut contrast = Contrast {
                package: names[one].0.clone(),
                against: names[other].0.clone(),
                stream: stream.clone(),
                difference: spread(both().map(|(a, b)| a - b).collect()),
                ratio: spread(both().map(|(a, b)| (a + 0.5) / (b + 0.5)).collect()),
                fewer: share(|a, b| a < b),
                more: share(|a, b| a > b),
                words: String::new(),
            };
            contrast.words = words(&contrast, streams.language(), made.days);
            contrasts.push(contrast);
        }
    }
    contrasts
}

/// All streams together, where there are several, then each.
fn parts(streams: &[String]) -> Vec<(Option<String>, Vec<usize>)> {
    let each = streams.iter().enumerate().map(|(i, name)| (Some(name.clone()), vec![i]));
    let all = (streams.len() > 1).then(|| (None, (0..streams.len()).collect()));
    all.into_iter().chain(each).collect()
}

/// A contrast in words, without a word that says what brings what about.
fn words(contrast: &Contrast, language: Language, days: usize) -> String {
    let events = if language == Language::AttackAndReply { "attacks" } else { "events" };
    let of = contrast.stream.as_ref().map_or(String::new(), |stream| format!(" {stream}"));
    let Spread { median, low_90, high_90, .. } = contrast.difference;
    let signed =
        |value: f64| if value.round() > 0.0 { format!("+{value:.0}") } else { format!("{:.0}", value.round() + 0.0) };
    let change = match median.round() {
        m if m < 0.0 => format!("{:.0} fewer {events}{of}", -m),
        m if m > 0.0 => format!("{m:.0} more {events}{of}"),
        _ => format!("about as many {events}{of}"),
    };
    let doubt = if low_90 <= 0.0 && high_90 >= 0.0 { "; which way is not told" } else { "" };
    format!(
        "{} beside {}: {change} in {days} days (90 % of futures: {} to {}), fewer in {:.0} of 100 futures{doubt}",
        contrast.package,
        contrast.against,
        signed(low_90),
        signed(high_90),
        contrast.fewer * 100.0
    )
}

/// Mean, median and ends.
pub(super) fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| quantile(&values, share);
    Spread {
        mean: values.iter().sum::<f64>() / values.len() as f64,
        median: at(0.5),
        low_50: at(0.25),
        high_50: at(0.75),
        low_90: at(0.05),
        high_90: at(0.95),
    }
}
