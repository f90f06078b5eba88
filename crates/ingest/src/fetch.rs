//! Fetches one http or https address, with care.
//!
//! robots.txt is asked at every host on the way. Each address that a name resolves to is checked when the
//! connection is made and the connection goes to what was checked, at every redirect anew, so that a name cannot
//! change its mind in between. Time, headers and redirects are limited; the body is a stream for the caller to
//! limit. No cookies, no proxies from the environment (a proxy would resolve names unseen), no credentials.

use std::fmt;
use std::io::Read;
use std::time::{Duration, Instant};

use texting_robots::Robot;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use crate::address::not_public;
use crate::options::{Limits, Options};
use crate::outcome::SkipReason;

/// How this program names itself to servers and in robots.txt.
pub const USER_AGENT: &str = concat!("annalist/", env!("CARGO_PKG_VERSION"));
const ROBOT_NAME: &str = "annalist";
const ROBOTS_BYTES: u64 = 512 << 10;

/// An answer whose body is yet to be read.
pub(crate) struct Fetched {
    pub url: Url,
    pub content_type: Option<String>,
    pub body: Box<dyn Read>,
}

/// Fetches an address.
pub(crate) fn fetch(url: &Url, options: &Options) -> Result<Fetched, SkipReason> {
    let limits = &options.limits;
    let deadline = Instant::now() + limits.fetch_time;
    let guard = Guard { allow_private: options.allow_private_addresses, inner: DefaultResolver::default() };
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(USER_AGENT)
        .timeout_connect(Some(limits.fetch_time.min(Duration::from_secs(10))))
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    let mut robots: Option<(String, Option<Robot>)> = None;
    let mut url = url.clone();
    url.set_fragment(None);
    for _ in 0..=limits.redirects {
        let site = url.origin().ascii_serialization();
        if robots.as_ref().is_none_or(|(known, _)| *known != site) {
            robots = Some((site, ask_robots(&agent, &url, limits, deadline)?));
        }
        if let Some((_, Some(robot))) = &robots
            && !robot.allowed(url.as_str())
        {
            return Err(SkipReason::Robots);
        }
        match get(&agent, &url, deadline)? {
            Answer::Moved(next) => url = next,
            Answer::Body { status, content_type, body } => {
                if !(200..300).contains(&status) {
                    return Err(SkipReason::Fetch(format!("{url} answered {status}; check the address in a browser")));
                }
                let body = body.into_with_config().limit(u64::MAX).reader();
                return Ok(Fetched { url, content_type, body: Box::new(body) });
            }
        }
    }
    Err(SkipReason::Fetch(format!("more than {} redirects, the last to {url}", limits.redirects)))
}

enum Answer {
    Moved(Url),
    Body { status: u16, content_type: Option<String>, body: Body },
}

fn get(agent: &Agent, url: &Url, deadline: Instant) -> Result<Answer, SkipReason> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(SkipReason::Fetch(format!("a redirect to `{}:`, which is not fetched", url.scheme())));
    }
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(SkipReason::Fetch("the time limit was reached".to_owned()));
    }
    let mut bare = url.clone();
    // Credentials in an address are for people; sending them on would leak them to logs.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    let response = agent
        .get(bare.as_str())
        .config()
        .timeout_global(Some(left))
        .build()
        .call()
        .map_err(|error| failure(url, &error))?;
    let status = response.status().as_u16();
    let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    if (300..400).contains(&status)
        && let Some(location) = header("location")
    {
        let next = url.join(&location);
        return next.map(Answer::Moved).map_err(|e| SkipReason::Fetch(format!("a redirect to `{location}` ({e})")));
    }
    let content_type = header("content-type");
    Ok(Answer::Body { status, content_type, body: response.into_body() })
}

/// The rules of a host: `None` where it has none (RFC 9309: a client error means that all may be fetched, a
/// server error that nothing may).
fn ask_robots(agent: &Agent, url: &Url, limits: &Limits, deadline: Instant) -> Result<Option<Robot>, SkipReason> {
    let mut at = url.join("/robots.txt").map_err(|e| SkipReason::Fetch(e.to_string()))?;
    for _ in 0..=limits.redirects {
        match get(agent, &at, deadline)? {
            Answer::Moved(next) => at = next,
            Answer::Body { status: 200..=299, body, .. } => {
                let mut text = Vec::new();
                let read = body.into_with_config().limit(u64::MAX).reader().take(ROBOTS_BYTES).read_to_end(&mut text);
                read.map_err(|e| SkipReason::Fetch(format!("its robots.txt broke off ({e})")))?;
                return Robot::new(ROBOT_NAME, &text)
                    .map(Some)
                    .map_err(|e| SkipReason::Fetch(format!("its robots.txt cannot be read ({e})")));
            }
            Answer::Body { status: 400..=499, .. } => return Ok(None),
            Answer::Body { status, .. } => {
                return Err(SkipReason::Fetch(format!(
                    "its robots.txt answered {status}, so that nothing may be fetched; try later"
                )));
            }
        }
    }
    Ok(None)
}

fn failure(url: &Url, error: &ureq::Error) -> SkipReason {
    if let ureq::Error::Other(inner) = error
        && let Some(refused) = inner.downcast_ref::<Refused>()
    {
        return SkipReason::PrivateAddress(format!("{} ({url})", refused.0));
    }
    match error {
        ureq::Error::HostNotFound => {
            SkipReason::Fetch(format!("no host `{}`; check the address", url.host_str().unwrap_or("")))
        }
        ureq::Error::Timeout(_) => SkipReason::Fetch("the time limit was reached".to_owned()),
        other => SkipReason::Fetch(format!("{other} ({url})")),
    }
}

/// An address that was refused, and why.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// Resolves names, and refuses those that lead off the public internet. The connection is made to the addresses
/// that this returns and to no other.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
    inner: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.inner.resolve(uri, config, timeout)?;
        if !self.allow_private {
            // One private address among public ones is a sign of ill will, not a thing to work around.
            for address in &addresses {
                if let Some(why) = not_public(address.ip()) {
                    let refused = Refused(format!("{}, {why}", address.ip()));
                    return Err(ureq::Error::Other(Box::new(refused)));
                }
            }
        }
        Ok(addresses)
    }
}
