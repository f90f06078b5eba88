//! Bytes to documents: files, pages, feeds, archives, addresses; extraction, language, near-copies.
