//! Data sets integrated by taxonomies within a window of space and time: the MELTT method (Donnay, Dunford, `McGrath`, Backer
//! and Cunningham 2019, "Integrating Conflict Event Data", Journal of Conflict Resolution 63(5)).
//!
//! Data sets are taken up in their order: the first with the second, what results with the third. Two entries of different
//! sets may be one if both begin and both end within the window of days, lie within the window of kilometres, and agree in
//! every taxonomy at some level. The fit is the mean over taxonomies of the level at which they first agree, from 0 at the
//! finest to 1 at the broadest; each entry has at most one partner, the best fits being given first. Events (of one day)
//! only match events, and episodes (of more) episodes; an event that falls into an episode, within the windows, is flagged
//! and stays. The earlier set's entry stands for a match.
//!
//! Written from the method; it shares no code with the authors' package, and is for comparing. Unlike `weigh`, it asks for
//! coordinates, dates and categories of every entry, and takes each as exact.

/// An entry of a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which set, from 0, in the order of taking up.
    pub set: usize,
    /// First day, on any count of days.
    pub from_day: i32,
    /// Last day.
    pub to_day: i32,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// For each taxonomy the categories of the entry, finest first; as many levels in every row.
    pub levels: Vec<Vec<String>>,
}

impl Row {
    fn is_episode(&self) -> bool {
        self.from_day != self.to_day
    }
}

/// How far apart one happening may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Kilometres.
    pub km: f64,
    /// Days.
    pub days: i32,
}

/// Rows by position, integrated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrated {
    /// What is unique, each with the rows that tell it, those of earlier sets first.
    pub unique: Vec<Vec<usize>>,
    /// An episode and an event within it, of different sets: for a person to look at.
    pub flagged: Vec<(usize, usize)>,
}

/// Integrates data sets.
pub fn integrate(rows: &[Row], window: Window) -> Integrated {
    let mut out = Integrated::default();
    for set in 0..=rows.iter().map(|r| r.set).max().unwrap_or(0) {
        let new: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].set == set).collect();
        let mut pairs: Vec<(f64, f64, usize, usize)> = Vec::new();
        for (at, known) in out.unique.iter().enumerate() {
            for &row in &new {
                let (a, b) = (&rows[known[0]], &rows[row]);
                let km = distance_km(a, b);
                let close = a.is_episode() == b.is_episode()
                    && (a.from_day - b.from_day).abs() <= window.days
                    && (a.to_day - b.to_day).abs() <= window.days
                    && km <= window.km;
                pairs.extend(close.then(|| fit(a, b)).flatten().map(|fit| (fit, km, at, row)));
            }
        }
        // Equal fits go to the nearer, then to the earlier row.
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        let (mut taken, mut matched) = (vec![false; out.unique.len()], Vec::new());
        for (_, _, at, row) in pairs {
            if !taken[at] && !matched.contains(&row) {
                taken[at] = true;
                matched.push(row);
                out.unique[at].push(row);
            }
        }
        let rest: Vec<usize> = new.into_iter().filter(|row| !matched.contains(row)).collect();
        for known in &out.unique {
            for &row in &rest {
                let falls = |episode: usize, event: usize| falls_into(&rows[episode], &rows[event], window);
                if falls(known[0], row) {
                    out.flagged.push((known[0], row));
                } else if falls(row, known[0]) {
                    out.flagged.push((row, known[0]));
                }
            }
        }
        out.unique.extend(rest.into_iter().map(|row| vec![row]));
    }
    out
}

/// The mean level of agreement, 0 the finest; `None` where a taxonomy agrees at no level.
fn fit(a: &Row, b: &Row) -> Option<f64> {
    let levels = a.levels.iter().zip(&b.levels).map(|(a, b)| {
        let level = a.iter().zip(b).position(|(x, y)| x == y)?;
        Some(level as f64 / (a.len() - 1).max(1) as f64)
    });
    let fits = levels.collect::<Option<Vec<f64>>>()?;
    (!fits.is_empty()).then(|| fits.iter().sum::<f64>() / fits.len() as f64)
}

fn falls_into(episode: &Row, event: &Row, window: Window) -> bool {
    episode.is_episode()
        && !event.is_episode()
        && event.from_day >= episode.from_day - window.days
        && event.to_day <= episode.to_day + window.days
        && distance_km(episode, event) <= window.km
        && fit(episode, event).is_some()
}

/// Great-circle distance on a sphere of 6,371 km.
fn distance_km(a: &Row, b: &Row) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.lat - a.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(b.lon - a.lon);
    2.0 * 6_371.0 * h.sqrt().min(1.0).asin()
}
