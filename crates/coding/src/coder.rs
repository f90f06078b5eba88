//! The coder: a document and its annotation in, claims out.
//!
//! Sentence by sentence: triggers are found and grouped into happenings, roles filled, effects, places
//! and times attached, reality and sources read off the tree; then the drafts become claims with ids
//! and links. Nothing here looks at anything but its arguments.

mod drafting;
mod lexicons;

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;
use model::{Annotated, Claim, CountryCode, Document, EventType, Party, RunId, Sentence, Span, When};

use crate::attach;
use crate::attribution::{Reality, attribute, reality};
use crate::catalogue::{Catalogue, Context};
use crate::causes::Causes;
use crate::ceasefire;
use crate::commitments::Commitments;
use crate::discourse::Discourse;
use crate::draft::{Draft, claims};
use crate::figures::Figures;
use crate::frames::{FrameError, Frames};
use crate::gazetteer::Gazetteer;
use crate::happenings;
use crate::intent;
use crate::lexicons::{Contexts, Modes};
use crate::mending;
use crate::pairs;
use crate::places::{self, PlaceMention, StoryPlaces};
use crate::references::{self, References};
use crate::replies::Replies;
use crate::roles::{Scene, introduced, mentions};
use crate::speech::Reporting;
use crate::statements::statements;
use crate::status::Governors;
use crate::vetoes::{self, Vetoes};

/// The name and version that claims carry.
pub const CODER: &str = "frames/1";

/// Everything that coding needs, loaded once.
pub struct Coder {
    frames: Frames,
    governors: Governors,
    reporting: Reporting,
    modes: Modes,
    contexts: Contexts,
    figures: Figures,
    commitments: Commitments,
    causes: Causes,
    replies: Replies,
    vetoes: Vetoes,
    catalogue: Cow<'static, Catalogue>,
    gazetteer: &'static Gazetteer,
    fingerprint: String,
}

/// Persons with their office, by surname.
type Introduced = Vec<(String, Party)>;

/// What a document says of its own words.
struct Known {
    /// Words that stand for parties named before them.
    references: References,
    /// Whom each sentence introduces.
    introduced: Vec<Introduced>,
}

impl Coder {
    /// The coder with the lexicons that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        Self::with(Cow::Borrowed(Catalogue::embedded()))
    }

    /// The coder with a catalogue that a user has extended.
    pub fn with(catalogue: Cow<'static, Catalogue>) -> Result<Self, FrameError> {
        let fingerprint = lexicons::fingerprint(&catalogue);
        references::check()?;
        Ok(Self {
            frames: Frames::parse(lexicons::FRAME_FILES.iter().copied())?,
            governors: Governors::parse(lexicons::GOVERNORS),
            reporting: Reporting::parse(lexicons::REPORTING),
            modes: Modes::parse(lexicons::MODES),
            contexts: Contexts::parse(lexicons::CONTEXTS),
            figures: Figures::embedded()?,
            commitments: Commitments::embedded()?,
            causes: Causes::embedded()?,
            replies: Replies::embedded()?,
            vetoes: Vetoes::embedded(),
            catalogue,
            gazetteer: Gazetteer::embedded(),
            fingerprint,
        })
    }

    /// Hash of the coder's version, lexicons and catalogue.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The frames, for tests of their example sentences.
    pub fn frames(&self) -> &Frames {
        &self.frames
    }

    /// The causal words and their judge, for evaluation.
    pub fn causes(&self) -> &Causes {
        &self.causes
    }

    /// The claims of a document, in order of their evidence.
    pub fn code(&self, doc: &Document, annotated: &Annotated, run: &RunId) -> Vec<Claim> {
        let annotated = mending::mended(doc.text(), annotated, self.gazetteer, &self.reporting);
        claims(doc, run, &self.drafts(doc, &annotated))
    }

    /// Which types of event the document tells of two parties marked in one of its sentences, by falling score;
    /// there is always one. The parties need not be known. See the module `pairs`: a ranking for a reader's
    /// question, no claim.
    pub fn rank(&self, doc: &Document, annotated: &Annotated, source: Span, target: Span) -> Vec<(EventType, f64)> {
        let sentence =
            annotated.sentences.iter().find(|s| s.span.start() <= source.start() && source.start() < s.span.end());
        let Some(sentence) = sentence else { return vec![(EventType::Accuse, 0.0)] };
        pairs::rank(&self.frames, sentence, &self.drafts(doc, annotated), source, target)
    }

    fn drafts(&self, doc: &Document, annotated: &Annotated) -> Vec<Draft> {
        let countries = self.countries(doc.text());
        let context = Context { date: doc.published.map(When::date), countries: &countries };
        let mentions: Vec<PlaceMention> =
            annotated.sentences.iter().flat_map(|s| places::mentions(doc.text(), s)).collect();
        let story = StoryPlaces::new(self.gazetteer, &mentions);
        let known = self.known(doc.text(), annotated, &context);
        let discourse = Discourse::read(doc.text(), &annotated.sentences, &self.reporting);
        let mut drafts = Vec::new();
        let mut day = None;
        self.walk(doc.text(), annotated, &context, &known.references, |number, scene| {
            let before = number.checked_sub(1).map(|n| &annotated.sentences[n]);
            let told = self.sentence(scene, before, day, doc, &story, &discourse, &mut drafts);
            day = told.or(day);
            known.introduced[number].clone()
        });
        drafts
    }

    /// Words of a document that stand for parties named before them.
    pub fn references_of(&self, doc: &Document, annotated: &Annotated) -> References {
        let countries = self.countries(doc.text());
        let context = Context { date: doc.published.map(When::date), countries: &countries };
        self.known(doc.text(), annotated, &context).references
    }

    /// Who says what the word at each offset tells, and whether it happened, whether or not a frame knows the word.
    /// `None` where no word covers the offset.
    pub fn realities(&self, doc: &Document, annotated: &Annotated, offsets: &[usize]) -> Vec<Option<Reality>> {
        let countries = self.countries(doc.text());
        let context = Context { date: doc.published.map(When::date), countries: &countries };
        let discourse = Discourse::read(doc.text(), &annotated.sentences, &self.reporting);
        let known = self.known(doc.text(), annotated, &context);
        let mut readings: Vec<Option<Reality>> = offsets.iter().map(|_| None).collect();
        self.walk(doc.text(), annotated, &context, &known.references, |number, scene| {
            for (reading, &offset) in readings.iter_mut().zip(offsets) {
                let covers = |t: &model::Token| t.span.start() <= offset && offset < t.span.end();
                if let Some(token) = scene.sentence.tokens.iter().position(covers) {
                    *reading = Some(reality(&self.reporting, &self.governors, &discourse, scene, token));
                }
            }
            known.introduced[number].clone()
        });
        readings
    }

    /// What the document says of its own words, from a first reading of its names.
    fn known(&self, text: &str, annotated: &Annotated, context: &Context<'_>) -> Known {
        let mut named = Vec::new();
        let mut of_sentences = Vec::with_capacity(annotated.sentences.len());
        self.walk(text, annotated, context, &References::default(), |number, scene| {
            named.extend(mentions(scene, number));
            of_sentences.push(introduced(scene));
            of_sentences[number].clone()
        });
        let references = references::resolve(text, annotated, &named, &self.catalogue, context);
        Known { references, introduced: of_sentences }
    }

    /// Shows the sentences in reading order, by number, each as a scene that knows the persons introduced before it;
    /// `visit` gives those whom the sentence itself introduces.
    fn walk(
        &self,
        text: &str,
        annotated: &Annotated,
        context: &Context<'_>,
        references: &References,
        mut visit: impl FnMut(usize, &Scene<'_>) -> Introduced,
    ) {
        let mut persons = HashMap::new();
        for (number, sentence) in annotated.sentences.iter().enumerate() {
            let scene = Scene {
                text,
                sentence,
                catalogue: &self.catalogue,
                context,
                gazetteer: self.gazetteer,
                persons: &persons,
                references,
            };
            let introduced = visit(number, &scene);
            persons.extend(introduced);
        }
    }

    /// Countries in play, most often named first.
    fn countries(&self, text: &str) -> Vec<CountryCode> {
        let mut counts: Vec<(CountryCode, usize)> = Vec::new();
        for (_, id) in self.catalogue.find(text) {
            let Some(country) = self.catalogue.get(&id).and_then(|e| e.country) else { continue };
            match counts.iter_mut().find(|(c, _)| *c == country) {
                Some((_, n)) => *n += 1,
                None => counts.push((country, 1)),
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        counts.into_iter().map(|(c, _)| c).collect()
    }

    /// Adds the drafts of a sentence. Gives the day that it tells last.
    #[expect(clippy::too_many_arguments, reason = "what a sentence is read with, each needed")]
    fn sentence(
        &self,
        scene: &Scene<'_>,
        before: Option<&Sentence>,
        day: Option<Date>,
        doc: &Document,
        story: &StoryPlaces<'_>,
        discourse: &Discourse<'_>,
        drafts: &mut Vec<Draft>,
    ) -> Option<Date> {
        let sentence = scene.sentence;
        let ceasefires = ceasefire::stand_ins(scene.text, sentence, before);
        let triggers = self.frames.find_with(sentence, &ceasefires);
        let happenings = happenings::group(sentence, &self.frames, &triggers);
        let first = drafts.len();
        let statements = statements(&self.reporting, &self.governors, discourse, scene, &happenings, drafts);
        let mut of_token: Vec<(usize, usize)> = Vec::new(); // trigger token, draft
        for happening in &happenings {
            of_token.push((happening.lead.token, drafts.len()));
            drafts.push(self.draft(scene, happening));
        }
        let mut attached = attach::Attachments::new(scene, story, doc.published, day, &triggers);
        for (_, index) in &of_token {
            let draft = &mut drafts[*index];
            if let Some(happening) = draft.happening.clone() {
                attached.attach(scene, &self.reporting, &happening, draft);
            }
        }
        attach::share_times(sentence, &mut drafts[first..]);
        for draft in &mut drafts[first..] {
            drafting::stay_in_land(scene, draft);
        }
        self.commitments.draft(&self.governors, scene, first, drafts);
        self.causes.draft(&self.governors, &self.reporting, scene, drafts);
        self.figures.draft(&self.governors, &self.reporting, scene, &mut attached, first, drafts);
        attribute(&self.reporting, &self.frames, discourse, scene, &statements, &of_token, first, drafts);
        intent::add_acts(&self.reporting, &self.frames, scene, first, drafts);
        for draft in &mut drafts[first..] {
            draft.settle_source();
            ceasefire::fill_terms(scene, &self.frames, &self.governors, draft, &attached);
        }
        ceasefire::agree_on(&self.frames, sentence, first, drafts);
        ceasefire::recall_sides(sentence, &ceasefires, &self.frames, first, drafts);
        // A frame that is coded only with its parties filled.
        for draft in &mut drafts[first..] {
            draft.keep &= self.vetoes.pass(&self.frames, scene, draft);
        }
        intent::drop_hollow(first, drafts);
        attach::recall_places(sentence, drafts, first);
        vetoes::drop_classes(sentence, first, drafts);
        vetoes::merge_retold(first, drafts);
        self.replies.link(scene, first, drafts);
        attached.last_day()
    }
}
