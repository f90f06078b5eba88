//! The one binary, `annalist`.

fn main() {}
