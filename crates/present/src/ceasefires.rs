//! How ceasefires are shown.
