//! What was forecast from earlier months, so that a stack asked from many as-of months does not make it again.
//!
//! It holds forecasts of any month, later ones among them, and gives out only those of the view that is shown to it: to
//! ask for a forecast one must already see as far.

use std::sync::Arc;

use super::{Forecast, Model, Refused, View, forecast_with};

/// Forecasts kept.
#[derive(Debug, Default)]
pub struct Past<'p> {
    of: Option<View<'p>>,
    kept: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    model: Model,
    seed: u64,
    forecast: Arc<Forecast>,
}

impl<'p> Past<'p> {
    /// The forecast of a model from a view: kept, or made now.
    pub fn forecast(
        &mut self,
        model: &Model,
        view: View<'p>,
        leads: &[u32],
        draws: usize,
        seed: u64,
    ) -> Result<Arc<Forecast>, Refused> {
        // Of another panel nothing holds.
        if self.of.is_none_or(|of| !of.same_panel(&view)) {
            self.of = Some(view);
            self.kept.clear();
        }
        let same = |k: &&Kept| {
            let f = &k.forecast;
            f.as_of() == view.as_of() && f.leads() == leads && f.draws() == draws && k.seed == seed && k.model == *model
        };
        if let Some(kept) = self.kept.iter().find(same) {
            return Ok(Arc::clone(&kept.forecast));
        }
        let made = Arc::new(forecast_with(model, view, leads, draws, seed, self)?);
        self.kept.push(Kept { model: model.clone(), seed, forecast: Arc::clone(&made) });
        Ok(made)
    }
}
