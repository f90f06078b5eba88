//! Responses against keys: each message's templates are set side by side, then slots are counted.
//!
//! A response may stand beside a key if the type of incident agrees at least in part and so does a
//! perpetrator, a physical or a human target (the guidelines' content-based conditions, 3.2.1). Fills of a
//! key that has no response are missing, those of a response that has no key spurious: the "all
//! templates" row counts both. Optional templates and fills that nothing answers count nowhere.

use super::compare::{Grade, grade};
use super::template::{Fill, Template, slot};

/// What became of the fills of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Correct.
    pub correct: usize,
    /// Partially correct.
    pub partial: usize,
    /// Incorrect.
    pub incorrect: usize,
    /// Of the key, unanswered.
    pub missing: usize,
    /// Of the response, with nothing in the key.
    pub spurious: usize,
}

impl Tally {
    /// Adds another's counts.
    pub fn add(&mut self, other: Self) {
        self.correct += other.correct;
        self.partial += other.partial;
        self.incorrect += other.incorrect;
        self.missing += other.missing;
        self.spurious += other.spurious;
    }

    fn credit(self) -> f64 {
        self.correct as f64 + 0.5 * self.partial as f64
    }

    fn answered(self) -> usize {
        self.correct + self.partial + self.incorrect
    }

    /// Credit among the key's fills.
    pub fn recall(self) -> f64 {
        ratio(self.credit(), self.answered() + self.missing)
    }

    /// Credit among the response's fills.
    pub fn precision(self) -> f64 {
        ratio(self.credit(), self.answered() + self.spurious)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn ratio(part: f64, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part / whole as f64 }
}

/// Tallies by slot number.
pub type Tallies = [Tally; 25];

/// The sum over the slots that count: all but the message's and the template's number.
pub fn total(tallies: &Tallies) -> Tally {
    let mut sum = Tally::default();
    for tally in &tallies[slot::DATE..] {
        sum.add(*tally);
    }
    sum
}

/// What became of a message's templates.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Slots of templates that stand side by side.
    pub matched: Tallies,
    /// Slots of keys without a response.
    pub missing: Tallies,
    /// Slots of responses without a key.
    pub spurious: Tallies,
    /// Templates side by side, keys without response, responses without key.
    pub templates: [usize; 3],
}

impl Scored {
    /// Adds another message's counts.
    pub fn add(&mut self, other: &Self) {
        for number in 0..25 {
            self.matched[number].add(other.matched[number]);
            self.missing[number].add(other.missing[number]);
            self.spurious[number].add(other.spurious[number]);
        }
        for (sum, more) in self.templates.iter_mut().zip(other.templates) {
            *sum += more;
        }
    }

    /// The "all templates" row by slot.
    pub fn all(&self) -> Tallies {
        let mut all = self.matched;
        for (number, tally) in all.iter_mut().enumerate() {
            tally.add(self.missing[number]);
            tally.add(self.spurious[number]);
        }
        all
    }
}

/// Scores the templates of one message.
pub fn message(responses: &[Template], keys: &[Template]) -> Scored {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new(); // worth, response, key
    for (r, response) in responses.iter().enumerate() {
        for (k, key) in keys.iter().enumerate() {
            if comparable(response, key) {
                let sum = total(&template(response, key));
                // An incident that must be found goes before one that may be.
                let worth = 4 * (2 * sum.correct + sum.partial) + usize::from(!key.optional);
                pairs.push((worth, r, k));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut scored = Scored::default();
    let (mut used_responses, mut used_keys) = (vec![false; responses.len()], vec![false; keys.len()]);
    for (_, r, k) in pairs {
        if used_responses[r] || used_keys[k] {
            continue;
        }
        (used_responses[r], used_keys[k]) = (true, true);
        scored.templates[0] += 1;
        for (sum, more) in scored.matched.iter_mut().zip(template(&responses[r], &keys[k])) {
            sum.add(more);
        }
    }
    for (key, _) in keys.iter().zip(&used_keys).filter(|(k, used)| !**used && !k.optional) {
        scored.templates[1] += 1;
        for number in slot::DATE..25 {
            scored.missing[number].missing += key.slots[number].iter().filter(|f| !f.optional).count();
        }
    }
    for (response, _) in responses.iter().zip(&used_responses).filter(|(_, used)| !**used) {
        scored.templates[2] += 1;
        for number in slot::DATE..25 {
            scored.spurious[number].spurious += response.slots[number].len();
        }
    }
    scored
}

fn comparable(response: &Template, key: &Template) -> bool {
    const CONTENT: [usize; 7] = [
        slot::INDIVIDUAL,
        slot::ORGANIZATION,
        slot::TARGET,
        slot::TARGET_TYPE,
        slot::VICTIM,
        slot::DESCRIPTION,
        slot::VICTIM_TYPE,
    ];
    let agrees = |number: usize| {
        let tally = fills(number, &response.slots[number], &key.slots[number]);
        tally.correct + tally.partial > 0
    };
    agrees(slot::TYPE) && CONTENT.into_iter().any(agrees)
}

/// Slots of two templates side by side.
pub fn template(response: &Template, key: &Template) -> Tallies {
    let mut tallies = Tallies::default();
    for (number, tally) in tallies.iter_mut().enumerate().skip(slot::DATE) {
        *tally = fills(number, &response.slots[number], &key.slots[number]);
    }
    tallies
}

fn fills(number: usize, responses: &[Fill], keys: &[Fill]) -> Tally {
    let mut tally = Tally::default();
    let (mut used_responses, mut used_keys) = (vec![false; responses.len()], vec![false; keys.len()]);
    for wanted in [Grade::Correct, Grade::Partial] {
        for (r, response) in responses.iter().enumerate() {
            if used_responses[r] {
                continue;
            }
            let found =
                keys.iter().enumerate().find(|(k, key)| !used_keys[*k] && grade(number, response, key) == wanted);
            if let Some((k, _)) = found {
                (used_responses[r], used_keys[k]) = (true, true);
                match wanted {
                    Grade::Correct => tally.correct += 1,
                    _ => tally.partial += 1,
                }
            }
        }
    }
    let over = used_responses.iter().filter(|used| !**used).count();
    let unmet = keys.iter().zip(&used_keys).filter(|(key, used)| !**used && !key.optional).count();
    tally.incorrect = over.min(unmet);
    tally.missing = unmet - tally.incorrect;
    tally.spurious = over - tally.incorrect;
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(kind: &str, victims: &[&str]) -> Template {
        let mut template = Template::default();
        template.slots[slot::TYPE].push(Fill::new(kind, None));
        template.slots[slot::VICTIM].extend(victims.iter().map(|v| Fill::new(*v, None)));
        template
    }

    #[test]
    fn missing_and_spurious_templates_count_slot_by_slot() {
        let keys = [with("ATTACK", &["JUAN PEREZ", "ANA DIAZ"]), with("BOMBING", &["LUIS SOTO"])];
        let responses = [with("ATTACK", &["PEREZ"]), with("KIDNAPPING", &["ANA DIAZ"])];
        let scored = message(&responses, &keys);
        assert_eq!(scored.templates, [1, 1, 1]);
        let all = total(&scored.all());
        // type correct, a name partial, a name missing; two of the bombing missing; two spurious
        assert_eq!(all, Tally { correct: 1, partial: 1, incorrect: 0, missing: 3, spurious: 2 });
        assert!((all.recall() - 0.3).abs() < 1e-9 && (all.precision() - 0.375).abs() < 1e-9);
    }

    #[test]
    fn an_optional_key_that_is_not_answered_counts_nowhere() {
        let key = Template { optional: true, ..with("ATTACK", &["JUAN PEREZ"]) };
        assert_eq!(total(&message(&[], &[key]).all()), Tally::default());
    }
}
