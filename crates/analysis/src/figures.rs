//! Figures that reports give beside what the lake counts in the same window.
