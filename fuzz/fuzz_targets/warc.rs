//! Any bytes as `archive.warc`: no panic, no hang, and every input ends as one outcome at least.
#![no_main]

use std::ops::ControlFlow;

use ingest::{Limits, Options, Outcome, read_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 20, unpacked_bytes: 4 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let mut outcomes = 0;
    let _ = read_bytes(bytes, "archive.warc", &options, &mut |outcome| {
        outcomes += 1;
        if let Outcome::Read { document: doc, .. } = outcome {
            assert!(!doc.text().trim().is_empty());
        }
        ControlFlow::Continue(())
    });
    assert!(outcomes > 0);
});
