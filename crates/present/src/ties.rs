//! How ties are shown.
