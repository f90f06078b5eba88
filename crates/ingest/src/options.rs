//! What the caller settles about reading: dates and publishers to fall back on, and limits.

use std::time::Duration;

use model::When;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The publication date of documents that carry none.
    pub published: Option<When>,
    /// The publisher of documents that name none.
    pub publisher: Option<String>,
    /// How much is read of one thing.
    pub limits: Limits,
    /// Whether addresses on private, loopback and similar networks may be fetched.
    pub allow_private_addresses: bool,
}

/// Limits that keep odd inputs from eating memory or time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Bytes of one document before extraction; larger ones are skipped. News reports have some
    /// kilobytes, heavy pages a few megabytes.
    pub document_bytes: u64,
    /// Bytes that come out of one compressed input.
    pub unpacked_bytes: u64,
    /// Bytes that come out for each that goes in, once [`Self::RATIO_FREE_BYTES`] came out.
    pub unpacked_ratio: u64,
    /// Layers of compression.
    pub packed_layers: u32,
    /// Elements within elements in a page; deeper ones are flattened.
    pub markup_depth: usize,
    /// Elements in a page; what follows is left out.
    pub markup_elements: usize,
    /// Directories within directories.
    pub directory_depth: usize,
    /// Time for one fetch, all redirects together.
    pub fetch_time: Duration,
    /// Redirects of one fetch.
    pub redirects: u32,
}

impl Limits {
    /// Bytes that any compressed input may unpack to before its ratio is looked at: small inputs of blanks
    /// or repeated lines pack better than any bomb.
    pub const RATIO_FREE_BYTES: u64 = 64 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 16 << 20,
            unpacked_bytes: 1 << 40,
            // Deflate reaches 1032 on zeros; text archives 3 to 12; machine-made JSON Lines seldom over 50.
            unpacked_ratio: 200,
            packed_layers: 2,
            // News pages are 10 to 40 deep and hold 500 to 10,000 elements; what finds the article in them takes
            // time that grows with both.
            markup_depth: 100,
            markup_elements: 50_000,
            directory_depth: 64,
            fetch_time: Duration::from_secs(30),
            redirects: 5,
        }
    }
}
