//! Which of several parties a name means: settled by the countries in play, or left open.

use model::CountryCode;

use super::index::{Match, Scope, Target};
use super::{Catalogue, Context};

impl Catalogue {
    /// Countries whose polities the words of a phrase name: they are in play for its other words.
    pub(super) fn countries_of(&self, matches: &[Match], (start, end): (usize, usize)) -> Vec<CountryCode> {
        matches
            .iter()
            .filter(|m| start <= m.from && m.to <= end)
            .flat_map(|m| &m.aliases)
            .map(|&a| self.index.alias(a))
            .filter(|alias| alias.scope == Scope::Everywhere)
            .filter_map(|alias| match alias.target {
                Target::Polity { state, .. } => self.entries[state as usize].country,
                Target::Place(country) => Some(country),
                _ => None,
            })
            .collect()
    }

    /// The one thing that matched words mean under the countries in play, or `None` where that is unsure.
    pub(super) fn settle(&self, found: &Match, context: &Context, named: &[CountryCode]) -> Option<Target> {
        let rank = |country: CountryCode| {
            let in_phrase = named.iter().position(|c| *c == country);
            in_phrase.or_else(|| context.countries.iter().position(|c| *c == country).map(|r| r + named.len()))
        };
        let mut best: Option<(usize, Target)> = None;
        let mut tied = false;
        for &a in &found.aliases {
            let alias = self.index.alias(a);
            // Scoped senses come first by how much their country is in play, then senses that hold anywhere.
            let key = match &alias.scope {
                Scope::Within(country) => match rank(*country) {
                    Some(rank) if rank < named.len() + 2 => rank,
                    _ => continue,
                },
                Scope::Everywhere => {
                    usize::MAX - usize::from(matches!(alias.target, Target::Polity { .. } | Target::Party(_)))
                }
                Scope::NotWithin(country) => {
                    if self.is_in_doubt(alias.target, rank(*country), &rank, context) {
                        continue;
                    }
                    usize::MAX - 1
                }
            };
            match best {
                Some((k, t)) if k == key && !means_the_same(t, alias.target) => tied = true,
                Some((k, _)) if k <= key => {}
                _ => {
                    best = Some((key, alias.target));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, target)| target)
    }

    /// `Taliban` where Pakistan is in play: sure only where the party's own country is too, and is in front of it or
    /// governed by the party at the time.
    fn is_in_doubt(
        &self,
        target: Target,
        elsewhere: Option<usize>,
        rank: &impl Fn(CountryCode) -> Option<usize>,
        context: &Context,
    ) -> bool {
        let (Some(elsewhere), Target::Party(entry)) = (elsewhere, target) else { return false };
        let entry = &self.entries[entry as usize];
        match entry.country.and_then(rank) {
            None => true,
            Some(home) => home > elsewhere && entry.acts_as_on(context.date).is_none(),
        }
    }
}

/// `Czech` the adjective and `Czech` the person are one polity.
fn means_the_same(one: Target, other: Target) -> bool {
    match (one, other) {
        (Target::Polity { stands_for: a, .. }, Target::Polity { stands_for: b, .. })
        | (Target::Agent { row: a, .. }, Target::Agent { row: b, .. }) => a == b,
        _ => one == other,
    }
}
