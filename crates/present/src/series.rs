//! How series are shown.
