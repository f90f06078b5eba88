//! How figures were set beside counts and what that cannot say, in sentences, for [`crate::Grounds`].

use super::FigureBeside;

/// How counts were reached.
pub fn method() -> String {
    "Beside each figure stand the incidents at hand of the same kind, days, parties and place, or the sum of what their \
     accounts give. The least counts what surely belongs and nobody involved disputes, the most all that may belong. What \
     is retracted or only denied is not counted."
        .to_owned()
}

/// What it cannot say.
pub fn caveats(figures: &[FigureBeside]) -> Vec<String> {
    let mut caveats = vec![
        "Neither number is the right one: a figure may count what no report tells, a count is as wide as what was read."
            .to_owned(),
    ];
    let uncounted = figures.iter().filter(|f| f.here.is_none()).count();
    if uncounted > 0 {
        caveats.push(format!("{uncounted} of {} figures are of what is not counted by happenings.", figures.len()));
    }
    let open = figures.iter().filter(|f| f.here.is_some() && !f.window.told).count();
    if open > 0 {
        caveats.push(format!("{open} figures that are counted do not tell both ends of their days."));
    }
    caveats
}
