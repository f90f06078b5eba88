//! The coder: a document and its annotation in, claims out.
//!
//! Sentence by sentence: triggers are found and grouped into happenings, roles filled, effects, places
//! and times attached, reality and sources read off the tree; then the drafts become claims with ids
//! and links. Nothing here looks at anything but its arguments.

use std::borrow::Cow;
use std::collections::HashMap;

use model::{
    Annotated, Claim, CountryCode, Deprel, Document, EventType, Party, Proposition, RunId, Span, Status, When,
};

use crate::attach;
use crate::attribution::{Reality, attribute, reality};
use crate::catalogue::{Catalogue, Context};
use crate::causes::{self, Causes};
use crate::ceasefire;
use crate::commitments::{self, Commitments};
use crate::confidence;
use crate::discourse::Discourse;
use crate::draft::{Draft, claims, is_pronoun};
use crate::effects;
use crate::figures::{self, Figures};
use crate::frames::{FrameError, Frames, Kind};
use crate::gazetteer::Gazetteer;
use crate::happenings::{self, Happening};
use crate::intent;
use crate::lexicons::{Contexts, Modes};
use crate::mending;
use crate::pairs;
use crate::places::{self, PlaceMention, StoryPlaces};
use crate::references::{self, References};
use crate::replies::{self, Replies};
use crate::roles::{self, Filler, Scene, introduced, mentions};
use crate::speech::Reporting;
use crate::statements::statements;
use crate::status::Governors;
use crate::syntax;
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

const FRAME_FILES: &[(&str, &str)] = &[
    ("AGREE.toml", include_str!("../../../data/frames/AGREE.toml")),
    ("CONSULT.toml", include_str!("../../../data/frames/CONSULT.toml")),
    ("SUPPORT.toml", include_str!("../../../data/frames/SUPPORT.toml")),
    ("CONCEDE.toml", include_str!("../../../data/frames/CONCEDE.toml")),
    ("COOPERATE.toml", include_str!("../../../data/frames/COOPERATE.toml")),
    ("AID.toml", include_str!("../../../data/frames/AID.toml")),
    ("RETREAT.toml", include_str!("../../../data/frames/RETREAT.toml")),
    ("REQUEST.toml", include_str!("../../../data/frames/REQUEST.toml")),
    ("ACCUSE.toml", include_str!("../../../data/frames/ACCUSE.toml")),
    ("REJECT.toml", include_str!("../../../data/frames/REJECT.toml")),
    ("THREATEN.toml", include_str!("../../../data/frames/THREATEN.toml")),
    ("PROTEST.toml", include_str!("../../../data/frames/PROTEST.toml")),
    ("SANCTION.toml", include_str!("../../../data/frames/SANCTION.toml")),
    ("MOBILIZE.toml", include_str!("../../../data/frames/MOBILIZE.toml")),
    ("COERCE.toml", include_str!("../../../data/frames/COERCE.toml")),
    ("bombs.toml", include_str!("../../../data/frames/bombs.toml")),
    ("ASSAULT.toml", include_str!("../../../data/frames/ASSAULT.toml")),
    ("ties.toml", include_str!("../../../data/frames/ties.toml")),
];
const GOVERNORS: &str = include_str!("../../../data/lexicons/governors.tsv");
const REPORTING: &str = include_str!("../../../data/lexicons/reporting.tsv");
const MODES: &str = include_str!("../../../data/lexicons/modes.tsv");
const CONTEXTS: &str = include_str!("../../../data/lexicons/contexts.tsv");

/// "The group has bases in the east of a country": who stays in a place stays in its state.
fn stay_in_land(scene: &Scene<'_>, draft: &mut Draft) {
    let Proposition::Tie(model::TieType::PresentIn) = draft.proposition else { return };
    let [place] = &draft.places[..] else { return };
    if !draft.recipient.is_empty() {
        return;
    }
    let state = place.country.and_then(|c| scene.catalogue.id(c.as_str()));
    let Some(entry) = state.as_ref().and_then(|id| scene.catalogue.get(id)) else { return };
    // A state is no guest of its own.
    if draft.actor.iter().any(|p| p.id.as_ref().is_some_and(|id| id.root() == entry.id.root())) {
        return;
    }
    draft.recipient.push(model::Party {
        mention: place.mention.clone(),
        span: place.span,
        id: Some(entry.id.clone()),
        name: Some(entry.name.clone()),
        country: entry.country,
        sectors: entry.sectors.clone(),
        ..model::Party::default()
    });
}

impl Coder {
    /// The coder with the lexicons that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        Self::with(Cow::Borrowed(Catalogue::embedded()))
    }

    /// The coder with a catalogue that a user has extended.
    pub fn with(catalogue: Cow<'static, Catalogue>) -> Result<Self, FrameError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(CODER.as_bytes());
        for content in FRAME_FILES.iter().map(|f| f.1).chain([
            GOVERNORS,
            REPORTING,
            MODES,
            CONTEXTS,
            figures::LEXICON,
            commitments::LEXICON,
            causes::LEXICON,
            replies::LEXICON,
            vetoes::LEXICON,
            roles::LEXICON,
            confidence::WEIGHTS,
        ]) {
            hasher.update(&(content.len() as u64).to_le_bytes());
            hasher.update(content.as_bytes());
        }
        hasher.update(catalogue.fingerprint().as_bytes());
        Ok(Self {
            frames: Frames::parse(FRAME_FILES.iter().copied())?,
            governors: Governors::parse(GOVERNORS),
            reporting: Reporting::parse(REPORTING),
            modes: Modes::parse(MODES),
            contexts: Contexts::parse(CONTEXTS),
            figures: Figures::embedded()?,
            commitments: Commitments::embedded()?,
            causes: Causes::embedded()?,
            replies: Replies::embedded()?,
            vetoes: Vetoes::embedded(),
            catalogue,
            gazetteer: Gazetteer::embedded(),
            fingerprint: hasher.finalize().to_hex()[..16].to_owned(),
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
        self.walk(doc.text(), annotated, &context, &known.references, |number, scene| {
            self.sentence(scene, doc, &story, &discourse, &mut drafts);
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

    fn sentence(
        &self,
        scene: &Scene<'_>,
        doc: &Document,
        story: &StoryPlaces<'_>,
        discourse: &Discourse<'_>,
        drafts: &mut Vec<Draft>,
    ) {
        let sentence = scene.sentence;
        let triggers = self.frames.find(sentence);
        let happenings = happenings::group(sentence, &self.frames, &triggers);
        let first = drafts.len();
        let statements = statements(&self.reporting, &self.governors, discourse, scene, &happenings, drafts);
        let mut of_token: Vec<(usize, usize)> = Vec::new(); // trigger token, draft
        for happening in &happenings {
            of_token.push((happening.lead.token, drafts.len()));
            drafts.push(self.draft(scene, happening));
        }
        let mut attached = attach::Attachments::new(scene, story, doc.published, &triggers);
        for (_, index) in &of_token {
            let draft = &mut drafts[*index];
            if let Some(happening) = draft.happening.clone() {
                attached.attach(scene, &self.reporting, &happening, draft);
            }
        }
        attach::share_times(sentence, &mut drafts[first..]);
        for draft in &mut drafts[first..] {
            stay_in_land(scene, draft);
        }
        self.commitments.draft(&self.governors, scene, first, drafts);
        self.causes.draft(&self.governors, &self.reporting, scene, drafts);
        self.figures.draft(&self.governors, &self.reporting, scene, &mut attached, first, drafts);
        attribute(&self.reporting, &self.frames, discourse, scene, &statements, &of_token, first, drafts);
        intent::add_acts(&self.reporting, &self.frames, scene, first, drafts);
        for draft in &mut drafts[first..] {
            draft.settle_source();
            ceasefire::fill_terms(scene, &self.frames, draft, &attached);
        }
        ceasefire::recall_sides(sentence, &self.frames, first, drafts);
        // A frame that is coded only with its parties filled.
        for draft in &mut drafts[first..] {
            draft.keep &= self.vetoes.pass(&self.frames, scene, draft);
        }
        attach::recall_places(sentence, drafts, first);
        vetoes::drop_classes(sentence, first, drafts);
        vetoes::merge_retold(first, drafts);
        self.replies.link(scene, first, drafts);
    }

    fn draft(&self, scene: &Scene<'_>, happening: &Happening) -> Draft {
        let sentence = scene.sentence;
        let frame = self.frames.get(happening.lead.frame);
        let mut roles = scene.roles(happening.lead, frame);
        // "Hibatullah Akhundzada, leader of the Taliban": what is said beside a name holds of it.
        let lead = &sentence.tokens[happening.lead.token];
        if matches!(frame.kind, Kind::Tie(_))
            && roles.actor.is_empty()
            && lead.deprel == Deprel::Appos
            && let Some(named) = syntax::head(sentence, happening.lead.token)
        {
            roles.actor = scene.fillers(vec![named]);
        }
        // "Boko Haram's chief, Abubakar Shekau": the name beside the office.
        if matches!(frame.kind, Kind::Tie(model::TieType::Leads | model::TieType::Commands))
            && !happening.lead.is_verb
            && roles.actor.is_empty()
            && let Some(named) = sentence.child(happening.lead.token, &[Deprel::Appos])
            && sentence.tokens[named].upos == model::Upos::Propn
        {
            roles.actor = scene.fillers(vec![named]);
        }
        let mut effects = effects::of_trigger(scene, happening.lead, frame);
        let mut modes = frame.modes.clone();
        for &more in &happening.more {
            let other = self.frames.get(more.frame);
            effects::merge(&mut effects, effects::of_trigger(scene, more, other));
            modes.extend(other.modes.iter().cloned());
            let others = scene.roles(more, other);
            if roles.actor.is_empty() {
                // The blast that killed six is no party; whoever is named beside it is.
                roles.actor = others.actor;
            }
            if roles.recipient.is_empty() && !frame.reciprocal {
                roles.recipient = others.recipient;
            }
        }
        if frame.kind == Kind::Event(EventType::Assault) {
            effects::merge(&mut effects, effects::of_tolls(scene, happening));
        }
        // "it brokered": beside parties that are known an unresolved pronoun is none.
        let unknown = |f: &Filler| f.party.id.is_none() && is_pronoun(&f.party);
        if !roles.actor.iter().all(unknown) {
            roles.actor.retain(|f| !unknown(f));
        }
        // "what police declared an attack": who names it did not do it.
        if !happening.lead.is_verb
            && matches!(frame.kind, Kind::Event(EventType::Assault))
            && syntax::light_verb_above(sentence, happening.lead.token)
                .is_some_and(|v| matches!(sentence.tokens[v].lemma.as_str(), "declare" | "announce"))
        {
            roles.actor.clear();
        }
        // "injured two women on the High Road": where victims are told, the place is no recipient.
        if !effects.is_empty() {
            roles.recipient.retain(|f| {
                !sentence.names.iter().any(|n| n.kind == model::NameKind::Place && n.tokens.contains(&f.token))
            });
        }
        let actors: Vec<Option<Span>> = roles.actor.iter().map(|f| f.party.span).collect();
        roles.recipient.retain(|f| !actors.contains(&f.party.span));
        let status = self.governors.status(sentence, happening.lead.token, happening.lead.is_verb);
        // A relation lasts, unless it is told in the past.
        let past = happening.lead.is_verb && sentence.tokens[happening.lead.token].feats.has("Tense", "Past");
        let status = match (frame.kind, status) {
            (Kind::Tie(_), Status::Occurred) if !past => Status::Ongoing,
            _ => status,
        };
        if let Kind::Event(event) = frame.kind {
            self.modes.extend(scene, happening, &roles, event, &mut modes);
        }
        modes.sort();
        modes.dedup();
        let anchor = happenings::anchor(sentence, happening.lead);
        let clause = syntax::clause_head(sentence, anchor);
        let mut evidence = if happening.lead.is_verb || anchor != happening.lead.token || clause == anchor {
            syntax::clause_span(sentence, clause)
        } else {
            syntax::clause_span(sentence, happening.lead.token)
        };
        for filler in roles.actor.iter().chain(&roles.recipient) {
            if let Some(span) = filler.party.span {
                evidence = evidence.cover(span);
            }
        }
        for effect in &effects {
            evidence = effect.span.map_or(evidence, |s| evidence.cover(s));
        }
        let proposition = match frame.kind {
            Kind::Event(event) => Proposition::Event(event, None),
            Kind::Tie(tie) => Proposition::Tie(tie),
        };
        let contexts = self.contexts.of(scene.text, evidence, &roles);
        let party = |fillers: &[Filler]| fillers.iter().map(|f| f.party.clone()).collect::<Vec<_>>();
        Draft {
            modes,
            contexts,
            reciprocal: roles.reciprocal,
            actor: party(&roles.actor),
            recipient: if roles.reciprocal { Vec::new() } else { party(&roles.recipient) },
            via: party(&roles.via),
            effects,
            status,
            happening: Some(happening.clone()),
            anchor,
            ..Draft::new(proposition, evidence)
        }
    }
}
