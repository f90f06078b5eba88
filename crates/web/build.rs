//! Compiles again where the pages were built anew.

fn main() {
    // A folder that is not there would be asked for at every build; `make` touches this file when it first builds the pages.
    let watched = if std::path::Path::new("ui/dist").exists() { "ui/dist" } else { "ui/package.json" };
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={watched}");
}
