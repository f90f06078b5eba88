//! What changed: a period against those before it.
