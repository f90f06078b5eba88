//! What every figure has around its marks: what it says, what it rests on, how wide it is, and what stands behind a mark.

use crate::style::Theme;

/// What stands around a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What the figure says or shows, as one would say it. Wrapped.
    pub title: String,
    /// What is drawn: unit, place, period. Wrapped.
    pub subtitle: Option<String>,
    /// What a reader who does not see the figure should know; the figure adds in words what it draws.
    pub description: Option<String>,
    /// Why there may be nothing to draw; shown in place of the marks where there is nothing.
    pub empty: Option<String>,
    /// What the figure rests on.
    pub foot: Foot,
    /// Width in pixels (height follows); drawn between 320 and 2400.
    pub width: u32,
    /// Light or dark.
    pub theme: Theme,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: None,
            description: None,
            empty: None,
            foot: Foot::default(),
            width: 860,
            theme: Theme::Light,
        }
    }
}

impl Frame {
    /// A frame of the usual width in the light theme, with nothing but a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

/// What a figure rests on; every part is wrapped, and left out where it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foot {
    /// From whom: publishers, data sets, terms that ask to be named.
    pub source: Option<String>,
    /// Of which days, and as of when.
    pub period: Option<String>,
    /// How many of what: "126 incidents in 212 reports".
    pub n: Option<String>,
    /// What low and high mean: "lowest and highest toll told", "80 % interval".
    pub interval: Option<String>,
    /// What the figure cannot say, a sentence each.
    pub caveats: Vec<String>,
}

/// What stands behind a mark, so that a page can open it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// Ids of claims or incidents; the first hundred in `data-id`, parted by spaces, the number of the others in `data-more`.
    pub ids: Vec<String>,
    /// Where the mark leads: an address of `http`, `https` or `mailto`, or one within the site. Others are left out.
    pub href: Option<String>,
}

impl Behind {
    /// Ids alone.
    pub fn ids<T: Into<String>>(ids: impl IntoIterator<Item = T>) -> Self {
        Self { ids: ids.into_iter().map(Into::into).collect(), href: None }
    }

    /// Ids and an address.
    pub fn at<T: Into<String>>(ids: impl IntoIterator<Item = T>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::ids(ids) }
    }
}
