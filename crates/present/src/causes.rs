//! How causes are shown.
