//! How the graph was reached and what it cannot say, in sentences, for [`crate::Grounds`].

use super::Graph;

impl Graph {
    /// How the graph was reached.
    pub fn method(&self) -> String {
        "Each judgement of cause and effect is an edge between what its two sides are about, in the judge's own sign. \
         Phrases are one node by a lexicon of concepts, by the happening that they link to, or by the same words, and by \
         whose it is; what is not sure to be one stays two. Loops and paths go over edges that somebody asserts."
            .to_owned()
    }

    /// What the graph cannot say.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = vec![
            "An edge says that somebody judges so, not that it is so; it has no strength and no probability."
                .to_owned(),
            "What nobody was read to say is not there; columns and reports of experts judge more than news does."
                .to_owned(),
        ];
        let alone = self.edges.iter().filter(|e| e.voices().len() == 1).count();
        if alone > 0 {
            caveats.push(format!("{alone} of {} edges rest on one voice.", self.edges.len()));
        }
        if !self.retracted.is_empty() {
            caveats.push(format!("Taken back by those who judged so, and left out: {}.", self.retracted.len()));
        }
        caveats
    }
}
