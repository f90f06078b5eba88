//! The label lists that a model was trained with, from its `labels.json`.

use model::{Deprel, Feats, Upos};

use crate::TextError;
use crate::lemma::LemmaRule;
use crate::names;

/// Labels in the order of the model's outputs.
#[derive(Debug)]
pub struct Labels {
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Feature strings.
    pub feats: Vec<Feats>,
    /// Lemma rules.
    pub lemma: Vec<LemmaRule>,
    /// Relations.
    pub rel: Vec<Deprel>,
}

impl Labels {
    /// Reads `labels.json`; the name labels must be those that [`names`] decodes.
    pub fn parse(json: &str) -> Result<Self, TextError> {
        let broken = |why: String| TextError::Model { file: "labels.json", why };
        let lists: serde_json::Value = serde_json::from_str(json).map_err(|e| broken(e.to_string()))?;
        let list = |key: &str| -> Result<Vec<&str>, TextError> {
            lists
                .get(key)
                .and_then(serde_json::Value::as_array)
                .and_then(|values| values.iter().map(serde_json::Value::as_str).collect())
                .ok_or_else(|| broken(format!("no list of labels under `{key}`")))
        };
        if list("ner")? != names::LABELS {
            return Err(broken(format!("`ner` must be {:?}", names::LABELS)));
        }
        let rule = |r: &str| LemmaRule::parse(r).ok_or_else(|| broken(format!("`{r}` is no lemma rule")));
        let Ok(upos) = list("upos")?.into_iter().map(str::parse).collect();
        let Ok(rel) = list("rel")?.into_iter().map(str::parse).collect();
        Ok(Self {
            upos,
            rel,
            feats: list("feats")?.into_iter().map(Feats::new).collect(),
            lemma: list("lemma")?.into_iter().map(rule).collect::<Result<_, _>>()?,
        })
    }
}
