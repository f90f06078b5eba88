//! Where to read from: a path, an address, or standard input.

use std::path::PathBuf;

use url::Url;

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or directory.
    Path(PathBuf),
    /// An http or https address.
    Address(Url),
    /// Standard input.
    Stdin,
    /// Bytes that somebody has handed over, as if they were a file of this name.
    Given {
        /// The name, which helps to tell the format.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

/// An argument that is no source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// An address that does not parse.
    #[error("`{text}` is no address ({why}); write it as https://example.org/report.html")]
    Address {
        /// As it was written.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// A scheme that is not fetched.
    #[error("`{0}`: only http and https addresses are fetched; download it and give the file")]
    Scheme(String),
}

impl Source {
    /// A command-line argument: `-` is standard input, what has a scheme is an address, all else a path.
    pub fn parse(argument: &str) -> Result<Self, SourceError> {
        if argument == "-" {
            return Ok(Self::Stdin);
        }
        let Some((scheme, _)) = argument.split_once("://") else {
            return Ok(Self::Path(PathBuf::from(argument)));
        };
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Url::parse(argument)
                .map(Self::Address)
                .map_err(|e| SourceError::Address { text: argument.to_owned(), why: e.to_string() }),
            // A file name may hold `://`; a scheme is short and of letters.
            other if other.len() <= 8 && other.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Err(SourceError::Scheme(argument.to_owned()))
            }
            _ => Ok(Self::Path(PathBuf::from(argument))),
        }
    }

    /// The source as messages name it.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Address(url) => url.to_string(),
            Self::Stdin => "standard input".to_owned(),
            Self::Given { name, .. } => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_told_apart() {
        assert_eq!(Source::parse("-"), Ok(Source::Stdin));
        assert_eq!(Source::parse("a/b.txt"), Ok(Source::Path("a/b.txt".into())));
        assert!(matches!(Source::parse("HTTPS://example.org/x"), Ok(Source::Address(_))));
        assert!(matches!(Source::parse("ftp://example.org/x"), Err(SourceError::Scheme(_))));
        assert!(matches!(Source::parse("http://"), Err(SourceError::Address { .. })));
    }
}
