//! Keeps the crate edges of ARCHITECTURE.md: who may know whom.

use std::collections::BTreeMap;
use std::path::Path;

/// Each crate with those of ours that it may depend on, in any kind of dependency.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ingest", &["model"]),
    ("text", &["model"]),
    ("coding", &["model"]),
    ("pipeline", &["model", "ingest", "text", "coding"]),
    ("lake", &["model"]),
    ("analysis", &["model"]),
    ("chart", &[]),
    ("present", &["model", "analysis", "chart", "present"]),
    ("answers", &["model", "lake", "analysis", "present"]),
    ("pdf", &["model", "chart", "present"]),
    ("web", &["model", "pipeline", "lake", "analysis", "chart", "present", "answers", "pdf"]),
    (
        "cli",
        &[
            "model", "ingest", "text", "coding", "pipeline", "lake", "analysis", "chart", "present", "answers", "pdf",
            "web",
        ],
    ),
];

#[test]
fn crates_know_only_whom_they_may() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates' folder");
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut seen = 0;
    for entry in std::fs::read_dir(crates).expect("the crates' folder is readable") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().and_then(|n| n.to_str()).expect("a name").to_owned();
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        let package = manifest["package"]["name"].as_str().expect("a package name");
        assert_eq!(package, name, "folder and crate have one name");
        let may = allowed.get(name.as_str()).unwrap_or_else(|| panic!("crate {name} has no line in this test"));
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(kind).and_then(toml::Value::as_table) else { continue };
            for dependency in dependencies.keys().filter(|d| allowed.contains_key(d.as_str())) {
                assert!(may.contains(&dependency.as_str()), "{name} must not know {dependency}");
            }
        }
        seen += 1;
    }
    assert_eq!(seen, ALLOWED.len(), "every crate is here");
}
