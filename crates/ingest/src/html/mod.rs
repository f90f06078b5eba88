//! Pages: article text, headline, date and publisher out of HTML.
//!
//! A page passes three stages: [`prepare`] drops scripts and caps what a tree could cost, [`article`] finds
//! the article, [`render`] turns its mark-up into paragraphs. [`facts`] keeps what the page says of itself.

mod article;
mod entities;
mod facts;
mod prepare;
mod render;
mod scan;

pub(crate) use article::extract;
pub(crate) use entities::decode as decode_entities;
pub(crate) use facts::clean;
pub(crate) use render::{Paragraphs, render};
