//! How changes are shown.
