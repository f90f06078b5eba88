//! How commitments are shown.
