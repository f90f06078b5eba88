//! What the server holds: the lake in its newest state, put into incidents; answers that were given; reports that are being
//! read. Readers are never kept waiting by a newer state: it is looked at beside the one that answers, then takes its place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use answers::{AnswerError, Desk};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use lake::{AsOf, Lake, Runs, Scope};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::asked::Asked;
use crate::kept::{Kept, Make, Shelf};
use crate::problem::Problem;
use crate::readings::Readings;
use crate::shown::Shown;
use crate::stored;
use crate::tiles::Tiles;

/// How often the lake is looked at for what others have added, at the most.
const LOOK: Duration = Duration::from_secs(1);
/// Of a large lake a newer state takes seconds to take up: it is looked at no more often than leaves so many times as long
/// for answers.
const REST: u32 = 2;
/// Answers that were asked for of the last state are made of the newer one before it takes its place: as many as these, and
/// no longer than this.
const AGAIN: usize = 100;
const AGAIN_FOR: Duration = Duration::from_secs(10);
/// What took longer than this is made when somebody asks for it: a decision waits while answers are made again.
const AGAIN_EACH: Duration = Duration::from_secs(2);
/// How often what was asked for is stored.
const STORE: Duration = Duration::from_secs(20);
/// Bytes of answers that are kept.
const SHELF: usize = 256 << 20;
/// Most claims that are held in memory, some two kilobytes each; of more, each answer asks the lake's files.
const HELD: usize = 200_000;
/// How many states as of earlier days are held at a time.
const DESKS: usize = 6;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether others than this machine may ask: then DESIGN's care holds, and nothing can be added.
    pub public: bool,
    /// Where the index of words is kept if the lake's folder cannot hold it.
    pub index: Option<PathBuf>,
    /// Who decides, where the request does not say.
    pub by: String,
    /// Names under which the server may be asked, besides those of the loopback: `annalist.example.org`.
    pub hosts: Vec<String>,
    /// A map of one's own, beneath the incidents.
    pub tiles: Option<Tiles>,
    /// Whether addresses to read may lead to private networks; for tests.
    pub allow_private_addresses: bool,
}

/// What handlers share.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What all requests share.
pub struct Shared {
    pub(crate) settings: Settings,
    pub(crate) readings: Readings,
    now: RwLock<Arc<State>>,
    shelf: Shelf,
    permits: Semaphore,
    /// The program that runs, as it was when it began.
    program: String,
    /// One writer of stored answers at a time.
    storing: Mutex<()>,
    /// One change, and one look at what changed, at a time.
    changing: tokio::sync::Mutex<()>,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// A desk, once somebody has opened it.
type Opened = Arc<OnceLock<Arc<Desk>>>;

/// The lake in one state.
pub struct State {
    /// Which state.
    pub number: Arc<str>,
    /// The lake in it.
    pub lake: Lake,
    /// As of now.
    main: Arc<Desk>,
    /// As of other times, the last asked for at the end.
    others: Mutex<Vec<(String, Opened)>>,
}

/// What an answer is made from; lives on a thread for blocking work.
pub struct Ctx {
    /// The lake's state.
    pub state: Arc<State>,
    /// As of then.
    pub desk: Arc<Desk>,
    /// What is shared.
    pub app: App,
    /// Whether the answer holds for this moment alone, and is not to be kept.
    passing: AtomicBool,
}

impl Ctx {
    /// Says that the answer holds for this moment alone: it was made while something was still being made ready.
    pub fn passes(&self) {
        self.passing.store(true, Ordering::Relaxed);
    }
}

impl State {
    fn open(handle: &Handle, lake: Lake, public: bool) -> Result<Self, AnswerError> {
        let as_of = AsOf { open: public, ..AsOf::default() };
        let main = Arc::new(Desk::new(handle.clone(), lake.clone(), as_of)?);
        Ok(Self { number: lake.state().into(), lake, main, others: Mutex::default() })
    }

    /// Does what readers would else have to wait for.
    fn prepare(&self, before: Option<&State>, index: Option<&PathBuf>) -> Result<(), AnswerError> {
        let desk = &self.main;
        desk.handle().block_on(desk.view().hold(HELD))?;
        desk.prepare(before.map(|state| &*state.main))?;
        if let Some(folder) = self.lake.index_folder().or(index.cloned()) {
            // The index is brought up to this state; what is found is of no matter.
            let found = desk.handle().block_on(self.lake.search_in(desk.view(), &folder, "annalist", Scope::Both, 1));
            // Where it cannot be written, the search itself will say so.
            drop(found);
        }
        Ok(())
    }

    /// The desk as of then.
    fn desk(&self, as_of: &AsOf) -> Result<Arc<Desk>, AnswerError> {
        if as_of.published.is_none() && as_of.known.is_none() && as_of.runs == Runs::Latest {
            return Ok(Arc::clone(&self.main));
        }
        let key = format!("{as_of:?}");
        let cell = {
            let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
            let found = others.iter().position(|(of, _)| *of == key).map(|at| others.remove(at));
            let (_, cell) = found.unwrap_or_else(|| (key.clone(), Arc::default()));
            others.push((key, Arc::clone(&cell)));
            if others.len() > DESKS {
                others.remove(0);
            }
            cell
        };
        if let Some(desk) = cell.get() {
            return Ok(Arc::clone(desk));
        }
        let desk = Arc::new(Desk::new(self.main.handle().clone(), self.lake.clone(), as_of.clone())?);
        // There may be several of them: each holds less.
        desk.handle().block_on(desk.view().hold(HELD / DESKS))?;
        Ok(Arc::clone(cell.get_or_init(|| desk)))
    }
}

impl App {
    /// A server of a lake; it is looked at and put into incidents in the background from now on.
    pub async fn open(lake: Lake, settings: Settings) -> Result<Self, Problem> {
        let (handle, public) = (Handle::current(), settings.public);
        let state = blocking(move || State::open(&handle, lake, public)).await??;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let app = Self(Arc::new(Shared {
            settings,
            readings: Readings::default(),
            now: RwLock::new(Arc::new(state)),
            shelf: Shelf::new(SHELF),
            permits: Semaphore::new(2 * cores),
            program: stored::program(),
            storing: Mutex::default(),
            changing: tokio::sync::Mutex::new(()),
        }));
        let taking = app.clone();
        blocking(move || {
            let state = taking.state();
            if let Some((folder, of)) = taking.stored_in(&state) {
                taking.shelf.put_back(&state.number, stored::read(&folder, &of));
            }
        })
        .await?;
        Ok(app)
    }

    /// Where answers are stored, and of what they are: in the lake's own folder alone, so that they go where it goes.
    fn stored_in(&self, state: &State) -> Option<(PathBuf, stored::Of)> {
        let of = stored::Of {
            program: self.program.clone(),
            lake: format!("{} {}", state.lake.identity(), state.lake.address().url()),
            state: state.number.to_string(),
            public: self.settings.public,
            tiles: self.settings.tiles.is_some(),
        };
        Some((state.lake.index_folder()?, of))
    }

    /// Stores what was asked for last, if anything came since `put` answers; how many there were now.
    pub async fn store(&self, put: u64) -> u64 {
        let app = self.clone();
        let stored = blocking(move || {
            let _alone = app.storing.lock().unwrap_or_else(PoisonError::into_inner);
            let state = app.state();
            let (told, now) = app.shelf.told(&state.number);
            if now != put
                && let Some((folder, of)) = app.stored_in(&state)
            {
                // It only spares time; a folder that cannot be written, or has no index yet, is none of the reader's business.
                drop(stored::write(&folder, &of, &told));
            }
            now
        });
        stored.await.unwrap_or(put)
    }

    /// Keeps up with the lake until the server ends.
    pub async fn keep_up(self) {
        let (state, index) = (self.state(), self.settings.index.clone());
        // What goes wrong here goes wrong for the first reader too, who is told.
        drop(blocking(move || state.prepare(None, index.as_ref())).await);
        crate::first_page(&self).await;
        let mut rest = LOOK;
        let (mut put, mut stored) = (0, Instant::now());
        loop {
            tokio::time::sleep(rest).await;
            self.readings.expire();
            if stored.elapsed() > STORE {
                put = self.store(put).await;
                stored = Instant::now();
            }
            let began = Instant::now();
            drop(self.look().await);
            rest = LOOK.max(began.elapsed() * REST);
        }
    }

    /// The state that answers.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks whether the lake has moved on, and takes up its newest state.
    pub async fn look(&self) -> Result<(), Problem> {
        let _alone = self.changing.lock().await;
        self.look_alone(true).await
    }

    /// `again`: whether what was asked for of the last state is made of the newer one first. Whoever changed something waits for
    /// it, and is not kept longer.
    async fn look_alone(&self, again: bool) -> Result<(), Problem> {
        let before = self.state();
        let mut lake = before.lake.clone();
        lake.refresh().await?;
        if lake.state() == *before.number {
            return Ok(());
        }
        let (handle, public, index) = (Handle::current(), self.settings.public, self.settings.index.clone());
        let app = self.clone();
        let state = blocking(move || {
            let state = Arc::new(State::open(&handle, lake, public)?);
            state.prepare(Some(&before), index.as_ref())?;
            if again {
                app.make_again(&before, &state);
            }
            Ok::<_, AnswerError>(state)
        })
        .await??;
        let number = Arc::clone(&state.number);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.shelf.only(&number);
        Ok(())
    }

    /// Makes what readers ask for again and again, of a state that is about to take the place of the one before.
    fn make_again(&self, before: &State, state: &Arc<State>) {
        let began = Instant::now();
        let mut again = Vec::new();
        for (asked, make) in self.shelf.wanted(&before.number, AGAIN, AGAIN_EACH) {
            if began.elapsed() > AGAIN_FOR {
                break;
            }
            // What fails now, or panics, is told to whoever asks.
            let made = catch_unwind(AssertUnwindSafe(|| self.made(state, asked.clone(), &make)));
            if let Ok(Ok(kept)) = made {
                again.push((kept, asked, make));
            }
        }
        // The last asked for last, so that it stays the last.
        for (kept, asked, make) in again.into_iter().rev() {
            self.shelf.keep(&(Arc::clone(&state.number), asked.address.clone()), kept, asked, make);
        }
    }

    /// Makes an answer; on a thread for blocking work.
    fn made(&self, state: &Arc<State>, mut asked: Asked, make: &Make) -> Result<Kept, Problem> {
        let as_of = asked.as_of(self.settings.public)?;
        let desk = state.desk(&as_of)?;
        let ctx = Ctx { state: Arc::clone(state), desk, app: self.clone(), passing: AtomicBool::new(false) };
        let began = Instant::now();
        let shown = make(&mut asked, &ctx)?;
        Ok(Kept { passing: ctx.passing.into_inner(), took: began.elapsed(), ..Kept::new(shown) })
    }

    /// Changes the lake, and takes up what came of it: whoever asks next sees it.
    pub async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Handle, Lake) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _alone = self.changing.lock().await;
        let mut lake = self.state().lake.clone();
        lake.refresh().await?;
        let handle = Handle::current();
        let done = blocking(move || change(&handle, lake)).await??;
        self.look_alone(false).await?;
        Ok(done)
    }

    /// Answers a request from what is kept, or has the answer made and keeps it.
    pub async fn answer(
        &self,
        asked: Asked,
        make: impl Fn(&mut Asked, &Ctx) -> Result<Shown, Problem> + Send + Sync + 'static,
    ) -> Response {
        match self.found(&asked, Arc::new(make)).await {
            Ok(kept) => respond(&asked, &kept),
            Err(problem) => problem.into_response(),
        }
    }

    async fn found(&self, asked: &Asked, make: Make) -> Result<Kept, Problem> {
        let state = self.state();
        let key = (Arc::clone(&state.number), asked.address.clone());
        if let Some(kept) = self.shelf.find(&key, asked, &make) {
            return Ok(kept);
        }
        let turn = self.shelf.turn(&key);
        let _ours = turn.lock().await;
        if let Some(kept) = self.shelf.find(&key, asked, &make) {
            return Ok(kept);
        }
        let permit = self.permits.acquire().await.map_err(Problem::ours)?;
        let (app, again, how) = (self.clone(), asked.clone(), Arc::clone(&make));
        let kept = blocking(move || app.made(&state, again, &how)).await??;
        drop(permit);
        self.shelf.keep(&key, kept.clone(), asked.clone(), make);
        Ok(kept)
    }
}

/// Runs what blocks on a thread of its own.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    // What panics on a thread is a fault of ours, and the others go on.
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::ours(format!("answering: {e}")))
}

fn respond(asked: &Asked, kept: &Kept) -> Response {
    let tag = HeaderValue::from_str(&kept.tag).unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""));
    // It may be kept, but is to be asked for again each time: the lake may have moved on.
    let headers = [(ETAG, tag), (CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    let has = |tags: &str| tags.split(',').map(str::trim).any(|tag| tag == "*" || tag == &*kept.tag);
    if asked.has.as_deref().is_some_and(has) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let media = [(CONTENT_TYPE, HeaderValue::from_static(kept.shown.media))];
    (headers, media, kept.shown.body.clone()).into_response()
}
