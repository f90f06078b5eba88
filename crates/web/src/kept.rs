//! Answers that were given are kept, as many bytes as are allowed, and found again by the lake's state and the address that
//! asked for them; whoever asks for one that is being made waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::shown::Shown;
use crate::state::Ctx;

/// How an answer is made, of any state.
pub type Make = Arc<dyn Fn(&mut Asked, &Ctx) -> Result<Shown, Problem> + Send + Sync>;

/// What is kept of an answer.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The answer.
    pub shown: Shown,
    /// Its tag.
    pub tag: Arc<str>,
    /// Whether it holds for this moment alone: it is given, and not kept.
    pub passing: bool,
    /// How long it took to make.
    pub took: Duration,
}

impl Kept {
    /// An answer with its tag: a hash of its bytes, weak since it may be sent packed.
    pub fn new(shown: Shown) -> Self {
        let hash = blake3::hash(&shown.body).to_hex();
        Self { tag: format!("W/\"{}\"", &hash[..24]).into(), shown, passing: false, took: Duration::ZERO }
    }
}

/// Answers by state and address.
pub struct Shelf {
    most_bytes: usize,
    inner: Mutex<Inner>,
}

/// An answer on the shelf.
struct Answer {
    kept: Kept,
    /// When it was last asked for.
    last: u64,
    /// What was asked and how it is made, to make it again; `None` where it was stored and nobody has asked for it yet.
    again: Option<(Asked, Make)>,
}

#[derive(Default)]
struct Inner {
    answers: HashMap<Key, Answer>,
    making: HashMap<Key, Arc<tokio::sync::Mutex<()>>>,
    bytes: usize,
    clock: u64,
    /// How many answers were ever put here.
    put: u64,
}

/// State and address.
pub type Key = (Arc<str>, String);

impl Shelf {
    /// A shelf for so many bytes.
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, inner: Mutex::default() }
    }

    /// An answer that is kept, and how it is made if nobody has said so yet.
    pub fn find(&self, key: &Key, asked: &Asked, make: &Make) -> Option<Kept> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.clock += 1;
        let clock = inner.clock;
        let answer = inner.answers.get_mut(key)?;
        answer.last = clock;
        answer.again.get_or_insert_with(|| (asked.clone(), Arc::clone(make)));
        Some(answer.kept.clone())
    }

    /// The turn to make an answer: whoever holds it looks again, and makes it if it is still missing.
    pub fn turn(&self, key: &Key) -> Arc<tokio::sync::Mutex<()>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        // Turns that nobody waits for any more.
        inner.making.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(inner.making.entry(key.clone()).or_default())
    }

    /// Keeps an answer, and how to make it again; what was not asked for the longest makes room.
    pub fn keep(&self, key: &Key, kept: Kept, asked: Asked, make: Make) {
        self.put(key, kept, Some((asked, make)));
    }

    /// Puts back answers of a state that were stored.
    pub fn put_back(&self, state: &Arc<str>, answers: Vec<(String, Kept)>) {
        for (address, kept) in answers.into_iter().rev() {
            self.put(&(Arc::clone(state), address), kept, None);
        }
    }

    fn put(&self, key: &Key, kept: Kept, again: Option<(Asked, Make)>) {
        if kept.passing {
            return;
        }
        let size = |key: &Key, kept: &Kept| kept.shown.body.len() + key.1.len() + 200;
        let bytes = size(key, &kept);
        if bytes > self.most_bytes / 4 {
            return;
        }
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.clock += 1;
        inner.put += 1;
        let answer = Answer { kept, last: inner.clock, again };
        if let Some(old) = inner.answers.insert(key.clone(), answer) {
            inner.bytes -= size(key, &old.kept);
        }
        inner.bytes += bytes;
        if inner.bytes <= self.most_bytes {
            return;
        }
        // An eighth more than is needed, so that it is not sorted at every answer.
        let mut oldest: Vec<(u64, Key)> = inner.answers.iter().map(|(key, a)| (a.last, key.clone())).collect();
        oldest.sort_unstable_by_key(|(last, _)| *last);
        for (_, key) in oldest {
            if inner.bytes <= self.most_bytes - self.most_bytes / 8 {
                break;
            }
            if let Some(old) = inner.answers.remove(&key) {
                inner.bytes -= size(&key, &old.kept);
            }
        }
    }

    /// What is asked for again and again of a state: so many answers that took no longer than this, the last asked for first, each
    /// with how it is made.
    pub fn wanted(&self, state: &str, most: usize, quick: Duration) -> Vec<(Asked, Make)> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let again =
            inner.of(state).into_iter().filter(|(_, a)| a.kept.took <= quick).filter_map(|(_, a)| a.again.as_ref());
        again.take(most).map(|(asked, make)| (asked.clone(), Arc::clone(make))).collect()
    }

    /// The answers of a state with their addresses, the last asked for first; and how many answers were ever put here.
    pub fn told(&self, state: &str) -> (Vec<(String, Kept)>, u64) {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let told = inner.of(state).into_iter().map(|(address, answer)| (address.to_owned(), answer.kept.clone()));
        (told.collect(), inner.put)
    }

    /// Drops what was told of another state.
    pub fn only(&self, state: &str) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { answers, bytes, .. } = &mut *inner;
        answers.retain(|(of, address), answer| {
            let stays = &**of == state;
            if !stays {
                *bytes -= answer.kept.shown.body.len() + address.len() + 200;
            }
            stays
        });
    }
}

impl Inner {
    /// What is kept of a state, the last asked for first.
    fn of(&self, state: &str) -> Vec<(&str, &Answer)> {
        let of_it = self.answers.iter().filter(|((of, _), _)| &**of == state);
        let mut found: Vec<(&str, &Answer)> = of_it.map(|((_, address), answer)| (address.as_str(), answer)).collect();
        found.sort_unstable_by_key(|(_, answer)| std::cmp::Reverse(answer.last));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shelf_stays_within_its_bytes_and_forgets_other_states() {
        let shelf = Shelf::new(10_000);
        let answer = || Kept::new(Shown { media: "text/plain", body: vec![b'x'; 800].into() });
        let key = |n: usize| (Arc::<str>::from("1"), format!("/{n}"));
        let make: Make = Arc::new(|_, _| Err(Problem::asked("nothing")));
        for n in 0..40 {
            shelf.keep(&key(n), answer(), Asked::at(&format!("/{n}")), Arc::clone(&make));
        }
        let find = |n: usize| shelf.find(&key(n), &Asked::at(&format!("/{n}")), &make);
        assert!(find(0).is_none() && find(39).is_some() && find(35).is_some());
        let wanted: Vec<String> =
            shelf.wanted("1", 2, Duration::MAX).into_iter().map(|(asked, _)| asked.address).collect();
        assert_eq!(wanted, ["/35", "/39"], "the last asked for first");
        assert!(shelf.inner.lock().is_ok_and(|inner| inner.bytes <= 10_000));
        let (told, put) = shelf.told("1");
        assert_eq!((told[0].0.as_str(), put), ("/35", 40));
        let passing = Kept { passing: true, ..answer() };
        shelf.keep(&key(99), passing, Asked::at("/99"), Arc::clone(&make));
        let slow = Kept { took: Duration::from_secs(9), ..answer() };
        shelf.keep(&key(40), slow, Asked::at("/40"), Arc::clone(&make));
        assert!(find(99).is_none() && find(40).is_some(), "what holds for the moment alone is not kept");
        let quick = shelf.wanted("1", 2, Duration::from_secs(2));
        assert!(quick.iter().all(|(asked, _)| asked.address != "/40"), "what is slow waits until it is asked for");
        shelf.only("2");
        assert!(find(39).is_none());
        assert!(shelf.inner.lock().is_ok_and(|inner| inner.bytes == 0));
        // What was stored comes back in the order in which it was asked for, and is made again once somebody asks for it.
        shelf.put_back(&Arc::from("3"), told);
        assert_eq!((shelf.told("3").0[0].0.as_str(), shelf.wanted("3", 9, Duration::MAX).len()), ("/35", 0));
        assert!(shelf.find(&("3".into(), "/39".to_owned()), &Asked::at("/39"), &make).is_some());
        assert_eq!((shelf.told("3").0[0].0.as_str(), shelf.wanted("3", 9, Duration::MAX).len()), ("/39", 1));
    }
}
