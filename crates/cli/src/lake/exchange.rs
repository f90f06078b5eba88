//! `annalist import|export|compare`: event data sets in, claims out as such data sets, two sources side by side.

pub mod compare;
pub mod export;
pub mod import;

use coding::crosswalk::losses;
use model::Dataset;

/// A data set's name as it is typed.
pub fn dataset(text: &str) -> Result<Dataset, String> {
    text.parse().map_err(|e| format!("{e}"))
}

/// Says what the crosswalk loses in a direction.
pub fn say_losses(dataset: Dataset, direction: &str) {
    for loss in losses(Some(dataset)).into_iter().filter(|l| l.direction == direction) {
        eprintln!("annalist: {direction} of {} loses {}: {}", dataset.name(), loss.what, loss.becomes);
    }
}
