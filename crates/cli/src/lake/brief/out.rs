//! Where a brief goes: standard output, or a file whose ending says in which form. A file is there whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use present::paper::{Block, Paper};

/// A file to write to.
#[derive(Clone, Debug)]
pub struct Target {
    path: PathBuf,
    form: Form,
}

/// The forms, by the endings of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Html,
    Pdf,
}

impl Target {
    /// A file whose ending is known.
    pub fn parse(path: &str) -> Result<Self, String> {
        let path = PathBuf::from(path);
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let form = match ending.as_str() {
            "md" | "markdown" => Form::Markdown,
            "html" | "htm" => Form::Html,
            "pdf" => Form::Pdf,
            _ => return Err("a brief is written to a file that ends in .md, .html or .pdf".to_owned()),
        };
        Ok(Self { path, form })
    }

    /// Whether it can be written: its folder is there and takes files.
    pub fn check(&self) -> anyhow::Result<()> {
        anyhow::ensure!(!self.path.is_dir(), "{} is a folder: --out takes a file", self.path.display());
        let trial = beside(&self.path);
        fs::write(&trial, b"")
            .with_context(|| format!("writing {}: its folder must be there and take files", self.path.display()))?;
        fs::remove_file(&trial).with_context(|| format!("removing {}", trial.display()))
    }
}

/// Writes a brief.
pub fn write(paper: &Paper, target: Option<&Target>) -> anyhow::Result<()> {
    let Some(Target { path, form }) = target else {
        let mut out = std::io::stdout().lock();
        out.write_all(paper.markdown(None).as_bytes())?;
        out.flush()?;
        return Ok(());
    };
    match form {
        Form::Html => whole(path, paper.html().as_bytes()),
        Form::Pdf => whole(path, &pdf::write(paper)?),
        Form::Markdown => {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("brief");
            let folder = format!("{stem}-figures");
            let figures = path.with_file_name(&folder);
            for block in &paper.blocks {
                let Block::Figure(figure) = block else { continue };
                fs::create_dir_all(&figures).with_context(|| format!("making {}", figures.display()))?;
                whole(&figures.join(format!("{}.svg", figure.name)), figure.wide.as_bytes())?;
            }
            whole(path, paper.markdown(Some(&folder)).as_bytes())
        }
    }
}

/// Writes a file beside its place, then puts it there.
fn whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let draft = beside(path);
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // What is left of it is of no use; that it could not be written is said below.
        drop(fs::remove_file(&draft));
    }
    written.with_context(|| format!("writing {}", path.display()))
}

/// A name of this process's own in the same folder.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(|| "brief".into(), |name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}
