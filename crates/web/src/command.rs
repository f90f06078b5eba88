//! The command line that gives the same answer, quoted for a shell.

use std::fmt::Display;

/// A command line in the making.
#[derive(Clone, Debug)]
pub struct Command(String);

impl Command {
    /// `annalist` with these words.
    pub fn new(words: &str) -> Self {
        Self(format!("annalist {words}"))
    }

    /// A word of its own.
    #[must_use]
    pub fn word(mut self, word: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(&quoted(word));
        self
    }

    /// A flag that is there or not.
    #[must_use]
    pub fn flag(self, name: &str, given: bool) -> Self {
        if given { self.word(name) } else { self }
    }

    /// An option with its value, where it has one.
    #[must_use]
    pub fn option(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            // One word, so that no value is taken for a flag.
            Some(value) if value.to_string().starts_with('-') => self.word(&format!("{name}={value}")),
            Some(value) => self.word(name).word(&value.to_string()),
            None => self,
        }
    }

    /// An option with several values, where there are any.
    #[must_use]
    pub fn list<T: Display>(self, name: &str, values: &[T]) -> Self {
        let joined = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        self.option(name, (!joined.is_empty()).then_some(joined))
    }
}

impl Display for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A word as a POSIX shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.,:/=+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell() {
        let command = Command::new("claims")
            .list("--about", &["PAK", "AFG"])
            .option("--in", Some("Dera Ismail Khan; rm -rf '/'"))
            .option("--from", None::<String>)
            .option("--words", Some("--help"));
        let expected = r"annalist claims --about PAK,AFG --in 'Dera Ismail Khan; rm -rf '\''/'\''' --words=--help";
        assert_eq!(command.to_string(), expected);
    }
}
