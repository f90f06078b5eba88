//! Each figure of made-up data, wide and narrow, is as it was when a person last looked at it. After a change that is
//! meant, `CHART_ACCEPT=1 cargo test -p chart` writes them anew; `CHART_PNG=folder` also writes pictures to look at, of those
//! alone whose names `CHART_ONLY` begins, parted by commas, if it is set.

mod fixtures;

use std::path::Path;

use chart::{Frame, Theme, png};

/// Every figure, drawn at a width in a theme.
fn figures(width: u32, theme: Theme) -> Vec<(&'static str, String)> {
    let set = |frame: &mut Frame| {
        frame.width = width;
        frame.theme = theme;
    };
    macro_rules! drawn {
        ($($name:ident),*) => { vec![$({
            let mut figure = fixtures::$name();
            set(&mut figure.frame);
            (stringify!($name), figure.svg())
        }),*] };
    }
    drawn!(hostility, long_war, weeks, truce, ties, survival, shelter, crowd, causes, table, changes, nothing)
}

fn wanted(name: &str, suffix: &str) -> bool {
    let only = std::env::var("CHART_ONLY").unwrap_or_default();
    only.split(',').any(|begin| format!("{name}_{suffix}").starts_with(begin))
}

#[test]
fn figures_are_as_they_were_when_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let accept = std::env::var_os("CHART_ACCEPT").is_some();
    let pictures = std::env::var_os("CHART_PNG");
    let mut changed = Vec::new();
    for (width, theme, suffix) in [
        (860, Theme::Light, "wide"),
        (390, Theme::Light, "narrow"),
        (860, Theme::Dark, "dark"),
        (390, Theme::Dark, "narrow_dark"),
    ] {
        for (name, svg) in figures(width, theme) {
            if let Some(pictures) = pictures.as_ref().filter(|_| wanted(name, suffix)) {
                let picture = png(&svg, 1.5).expect("a picture");
                std::fs::write(Path::new(pictures).join(format!("{name}_{suffix}.png")), picture).expect("a folder");
            }
            // Dark differs in colours alone; one figure of them says enough.
            if suffix == "narrow_dark" || (suffix == "dark" && name != "truce") {
                continue;
            }
            let path = folder.join(format!("{name}_{suffix}.svg"));
            if accept {
                std::fs::write(&path, &svg).expect("the folder of snapshots");
            } else if std::fs::read_to_string(&path).unwrap_or_default() != svg {
                changed.push(format!("{name}_{suffix}"));
            }
        }
    }
    assert!(changed.is_empty(), "changed: {}; look at them, then CHART_ACCEPT=1", changed.join(", "));
}
