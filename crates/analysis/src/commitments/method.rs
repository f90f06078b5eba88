//! How commitments were reached and what they cannot say, in sentences, for [`crate::Grounds`].

use super::Commitment;

/// How commitments were reached.
pub fn method() -> String {
    "Claims are one commitment where they bind the same holder under the same instrument to the same, for no two different \
     beneficiaries. That it was kept or broken is told by claims that say so, and by events that are coded as a breach of \
     it; what would contradict it if it is so is inferred, stands apart and changes no state."
        .to_owned()
}

/// What they cannot say.
pub fn caveats(commitments: &[Commitment]) -> Vec<String> {
    let mut caveats =
        vec!["Whether a commitment was kept is not decided here: a state sums up what is said.".to_owned()];
    let unnamed = commitments.iter().filter(|c| c.instrument.is_none()).count();
    if unnamed > 0 {
        caveats.push(format!("Of {unnamed} of {} no report read names an instrument.", commitments.len()));
    }
    if commitments.iter().any(|c| !c.inferred.is_empty()) {
        caveats.push("What is marked as inferred was related to the commitment by us, and by no report.".to_owned());
    }
    caveats
}
