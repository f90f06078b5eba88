//! Weighing in batches gives what weighing all at once gives, whatever the order.

use std::collections::BTreeSet;

use analysis::incidents::measure::made::{Made, claim, claim_id};
use analysis::incidents::{Constraints, Corpus, Weighed, reweigh, weigh};
use proptest::prelude::*;

/// Few days, towns, parties and tolls, so that claims meet; vague ones and reports with several happenings among them.
fn any_claim() -> impl Strategy<Value = Made> {
    let what = (0..6_u32, 0..3_u32, 0..4_u32, 0..4_u32, 0..5_u32);
    let how = (0..5_u32, 0..6_u32, 0..8_u32, 0..12_u32, 0..10_u32);
    (what, how).prop_map(|((day, town, actor, recipient, toll), (vague, place, document, link, code))| {
        let mut made = claim("x");
        let on = format!("2009-03-{:02}", 10 + day);
        made = match vague {
            0 => made.between("2009-03-01", "2009-03-31"),
            1 => made.published("2009-03-16"),
            _ => made.on(&on),
        };
        let at = (32.0 + f64::from(town) * 0.2, 64.8);
        made = match place {
            0 => made.province("AFG", "Helmand"),
            1 => made,
            _ => made.town("AFG", "Helmand", &format!("town {town}"), at),
        };
        if actor > 0 {
            made = made.by(["USA.MIL", "USA", "TALIBAN"][actor as usize - 1]);
        }
        if recipient > 0 {
            made = made.against(["TALIBAN", "AFG.MIL", "AFG"][recipient as usize - 1]);
        }
        if toll > 0 {
            made = made.killed(f64::from(toll * 6));
        }
        if link < 2 {
            made = made.same_as(&format!("{link:03}"));
        }
        if code == 0 {
            made = made.code("COERCE");
        }
        if document < 5 { made.in_document(&format!("report {document}")) } else { made }
    })
}

fn any_claims() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec(any_claim(), 1..40).prop_map(|mut claims| {
        for (n, made) in claims.iter_mut().enumerate() {
            made.0.id = claim_id(&format!("{n:03}"));
            made.0.evidence.text = format!("the words of {n}");
        }
        claims
    })
}

fn any_constraints() -> impl Strategy<Value = Constraints> {
    let id = || (0..40_u32).prop_map(|n| claim_id(&format!("{n:03}")));
    let pairs = || prop::collection::vec((id(), id()), 0..3);
    let sets = prop::collection::vec(prop::collection::btree_set(id(), 1..4), 0..2);
    (pairs(), pairs(), sets).prop_map(|(must, cannot, pinned)| Constraints { must, cannot, pinned })
}

fn groups(weighed: &Weighed) -> Vec<Vec<String>> {
    weighed.clusters().map(|g| g.iter().map(ToString::to_string).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_and_order_do_not_matter(
        claims in any_claims(),
        constraints in any_constraints(),
        decided_at in 0..6_usize,
        order in prop::collection::vec(any::<prop::sample::Index>(), 40),
        sizes in prop::collection::vec(1..12_usize, 1..8),
    ) {
        let mut all = Corpus::default();
        for made in &claims {
            all.add(&made.0, None);
        }
        let at_once = weigh(&all, &constraints);
        let mut rest = claims;
        let mut shuffled = Vec::new();
        for index in order {
            if !rest.is_empty() {
                shuffled.push(rest.remove(index.index(rest.len())));
            }
        }
        let (mut corpus, mut weighed) = (Corpus::default(), Weighed::default());
        let mut sizes = sizes.into_iter().cycle();
        let mut waiting = shuffled.as_slice();
        let mut batch = 0;
        while !waiting.is_empty() {
            let (now, later) = waiting.split_at(sizes.next().unwrap_or(1).min(waiting.len()));
            for made in now {
                corpus.add(&made.0, None);
            }
            // Decisions come when they come.
            let decided = if batch >= decided_at || later.is_empty() { constraints.clone() } else { Constraints::default() };
            weighed = reweigh(&weighed, &corpus, &decided, &BTreeSet::new());
            waiting = later;
            batch += 1;
        }
        prop_assert_eq!(groups(&weighed), groups(&at_once));
        prop_assert_eq!(weighed, at_once);
    }

    #[test]
    fn amended_and_rejected_claims_are_weighed_again(
        claims in any_claims(), other in any_claim(), which in any::<prop::sample::Index>(), keep in any::<bool>(),
    ) {
        let whole = |claims: &[Made]| {
            let mut corpus = Corpus::default();
            for made in claims {
                corpus.add(&made.0, None);
            }
            corpus
        };
        let before = weigh(&whole(&claims), &Constraints::default());
        let mut after = claims;
        let at = which.index(after.len());
        let changed = BTreeSet::from([after[at].0.id.clone()]);
        let old = after.remove(at);
        if keep {
            let mut amended = other;
            amended.0.id = old.0.id;
            after.push(amended);
        }
        let corpus = whole(&after);
        let anew = reweigh(&before, &corpus, &Constraints::default(), &changed);
        prop_assert_eq!(anew, weigh(&corpus, &Constraints::default()));
    }
}
