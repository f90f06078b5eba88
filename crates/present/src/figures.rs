//! How figures are shown.
