//! Keeps `deny.toml`: every package that we build on comes from crates.io, under a licence that is listed there. `make deny`
//! asks the same of cargo-deny, and more; this takes seconds, and nothing has to be installed.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn allowed() -> BTreeSet<String> {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is at the root");
    let deny: toml::Table = deny.parse().expect("deny.toml is TOML");
    let list = deny["licenses"]["allow"].as_array().expect("a list of licences");
    list.iter().map(|l| l.as_str().expect("a text").to_owned()).collect()
}

/// Every package of every platform, as cargo knows it.
fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(told.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).expect("cargo's JSON");
    told["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_package_has_a_licence_and_a_source_that_are_let_in() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for package in packages() {
        let name = format!("{} {}", package["name"], package["version"]);
        match package["source"].as_str() {
            None | Some("registry+https://github.com/rust-lang/crates.io-index") => {}
            Some(source) => wrong.push(format!("{name} comes from {source}")),
        }
        let licence = package["license"].as_str().unwrap_or_default();
        let fits = Expression::parse_mode(licence, ParseMode::LAX)
            .is_ok_and(|e| e.evaluate(|asked| allowed.contains(&asked.to_string())));
        if !fits {
            wrong.push(format!("{name} is under `{licence}`"));
        }
    }
    assert!(wrong.is_empty(), "not let in by deny.toml:\n{}", wrong.join("\n"));
}
