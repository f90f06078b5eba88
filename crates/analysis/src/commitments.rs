//! Promises and duties, and who says that they were kept or broken.
