//! Loads models and catalogues, reads sources in batches on several threads, hands claims to a sink.
