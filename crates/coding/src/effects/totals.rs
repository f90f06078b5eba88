//! Totals and their parts: who suffered together is counted together, and nobody twice.

use model::{Category, Deprel, Effect, EffectKind, PartyId, Sentence};

/// Whether an effect of this kind counts people.
pub(super) fn is_of_people(kind: EffectKind) -> bool {
    use EffectKind::{Abducted, Captured, Displaced, Injured, Killed};
    matches!(kind, Killed | Injured | Captured | Abducted | Displaced)
}

/// Whether these suffered one and all: no "or", "but" or "nor" stands between them.
pub(super) fn together(sentence: &Sentence, victims: &[usize]) -> bool {
    let parted = |t: &model::Token| t.deprel == Deprel::Cc && matches!(t.lemma.as_str(), "or" | "nor" | "but");
    !victims.iter().any(|&v| sentence.children(v).any(|(_, t)| parted(t)))
}

/// Puts the total before the effects of one word on several ("a soldier and two children": three in all), unless the
/// first already says it ("12 people, five soldiers and seven civilians"). Where nothing is known of the total there
/// is none.
pub(super) fn add_up(kind: EffectKind, effects: &mut Vec<Effect>) {
    let named: Vec<usize> =
        (0..effects.len()).filter(|&i| effects[i].kind == kind && effects[i].part_of.is_none()).collect();
    if !is_of_people(kind) || named.len() < 2 {
        return;
    }
    // Villages are captured, too: only those whom their words make people are counted with others.
    let is_unsure = |i: usize| effects[i].category == Some(Category::Unknown);
    if kind == EffectKind::Captured && named.iter().any(|&i| is_unsure(i)) {
        return;
    }
    let exact = |e: &Effect| e.low.zip(e.high).filter(|(low, high)| low.to_bits() == high.to_bits()).map(|(n, _)| n);
    let rest: Option<f64> = named[1..].iter().map(|&i| exact(&effects[i])).sum();
    if named.len() > 2 && rest.is_some_and(|rest| exact(&effects[named[0]]).is_some_and(|n| (n - rest).abs() < 0.5)) {
        for &part in &named[1..] {
            effects[part].part_of = Some(named[0]);
        }
        return;
    }
    let low: Option<f64> = named.iter().map(|&i| effects[i].low).sum();
    let high: Option<f64> = named.iter().map(|&i| effects[i].high).sum();
    if low.is_none() && high.is_none() {
        return;
    }
    let spans = named.iter().filter_map(|&i| effects[i].span);
    let total = Effect {
        kind,
        low,
        high,
        best: None,
        of: None,
        party: effects[named[0]].party.clone().filter(|first| {
            let id = |i: usize| effects[i].party.as_ref().and_then(|p| p.id.as_ref());
            named.iter().all(|&i| id(i).map(PartyId::as_str) == first.id.as_ref().map(PartyId::as_str))
        }),
        category: Some(shared(named.iter().filter_map(|&i| effects[i].category))),
        part_of: None,
        cumulative: false,
        span: spans.reduce(model::Span::cover),
    };
    for (index, effect) in effects.iter_mut().enumerate() {
        effect.part_of = match effect.part_of {
            Some(whole) => Some(whole + 1),
            None => named.contains(&index).then_some(0),
        };
    }
    effects.insert(0, total);
}

/// The category of all: mixed where two are told apart, unknown where one is not known and none contradicts.
fn shared(categories: impl Iterator<Item = Category>) -> Category {
    let mut known: Option<Category> = None;
    let mut open = false;
    for category in categories {
        if category == Category::Unknown {
            open = true;
        } else if known.is_some_and(|k| k != category) {
            return Category::Mixed;
        } else {
            known = Some(category);
        }
    }
    known.filter(|_| !open).unwrap_or(Category::Unknown)
}

/// Adds effects told by other words of the same happening; what is there already, by kind and words, stays one.
pub(crate) fn merge(effects: &mut Vec<Effect>, more: Vec<Effect>) {
    let mut now_at = Vec::with_capacity(more.len());
    for mut effect in more {
        effect.part_of = effect.part_of.and_then(|whole: usize| now_at.get(whole).copied());
        if let Some(at) = effects.iter().position(|e| is_same(e, &effect)) {
            if effects[at].part_of.is_none() {
                effects[at].part_of = effect.part_of.filter(|&whole| whole != at);
            }
            now_at.push(at);
        } else {
            now_at.push(effects.len());
            effects.push(effect);
        }
    }
}

/// The same effect: of the same words, or of words within words with the same number.
fn is_same(one: &Effect, other: &Effect) -> bool {
    let bits = |n: Option<f64>| n.map(f64::to_bits);
    let numbered = one.low.or(one.high).is_some();
    let same_number = numbered && bits(one.low) == bits(other.low) && bits(one.high) == bits(other.high);
    one.kind == other.kind
        && one.cumulative == other.cumulative
        && one.span.zip(other.span).is_some_and(|(a, b)| a == b || (same_number && (a.contains(b) || b.contains(a))))
}

#[cfg(test)]
mod tests {
    use model::Span;

    use super::*;

    fn killed(n: f64, start: usize, end: usize) -> Effect {
        Effect {
            kind: EffectKind::Killed,
            low: Some(n),
            high: Some(n),
            best: None,
            of: None,
            party: None,
            category: Some(Category::Unknown),
            part_of: None,
            cumulative: false,
            span: Span::new("a soldier and two children", start, end).ok(),
        }
    }

    #[test]
    fn what_is_told_twice_is_one_and_parts_keep_their_total() {
        let mut told = vec![killed(2.0, 14, 26)];
        let mut again = vec![killed(1.0, 0, 9), killed(2.0, 14, 26)];
        add_up(EffectKind::Killed, &mut again);
        merge(&mut told, again);
        let seen: Vec<_> = told.iter().map(|e| (e.low, e.part_of)).collect();
        assert_eq!(seen, [(Some(2.0), Some(1)), (Some(3.0), None), (Some(1.0), Some(1))]);
    }
}
