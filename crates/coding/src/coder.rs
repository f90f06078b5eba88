//! The coder: a document and its annotation in, claims out.
//!
//! Sentence by sentence: triggers are found and grouped into happenings, roles filled, effects, places
//! and times attached, reality and sources read off the tree; then the drafts become claims with ids
//! and links. Nothing here looks at anything but its arguments.

use std::collections::HashMap;

use model::{Annotated, Claim, CountryCode, Document, Party, Proposition, RunId, Span, Status, When};

use crate::attach;
use crate::attribution::attribute;
use crate::catalogue::{Catalogue, Context};
use crate::ceasefire;
use crate::draft::{Draft, claims, is_pronoun};
use crate::effects;
use crate::frames::{FrameError, Frames, Kind, Needs};
use crate::gazetteer::Gazetteer;
use crate::happenings::{self, Happening};
use crate::lexicons::{Contexts, Modes};
use crate::places::{self, PlaceMention, StoryPlaces};
use crate::roles::{Filler, Scene, introduced};
use crate::speech::Reporting;
use crate::statements::statements;
use crate::status::Governors;
use crate::syntax;

/// The name and version that claims carry.
pub const CODER: &str = "frames/1";

/// Everything that coding needs, loaded once.
pub struct Coder {
    frames: Frames,
    governors: Governors,
    reporting: Reporting,
    modes: Modes,
    contexts: Contexts,
    catalogue: &'static Catalogue,
    gazetteer: &'static Gazetteer,
    fingerprint: String,
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

impl Coder {
    /// The coder with the lexicons that come along.
    pub fn embedded() -> Result<Self, FrameError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(CODER.as_bytes());
        for content in FRAME_FILES.iter().map(|f| f.1).chain([GOVERNORS, REPORTING, MODES, CONTEXTS]) {
            hasher.update(&(content.len() as u64).to_le_bytes());
            hasher.update(content.as_bytes());
        }
        let catalogue = Catalogue::embedded();
        hasher.update(catalogue.fingerprint().as_bytes());
        Ok(Self {
            frames: Frames::parse(FRAME_FILES.iter().copied())?,
            governors: Governors::parse(GOVERNORS),
            reporting: Reporting::parse(REPORTING),
            modes: Modes::parse(MODES),
            contexts: Contexts::parse(CONTEXTS),
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

    /// The claims of a document, in order of their evidence.
    pub fn code(&self, doc: &Document, annotated: &Annotated, run: &RunId) -> Vec<Claim> {
        let countries = self.countries(doc.text());
        let context = Context { date: doc.published.map(When::date), countries: &countries };
        let mentions: Vec<PlaceMention> =
            annotated.sentences.iter().flat_map(|s| places::mentions(doc.text(), s)).collect();
        let story = StoryPlaces::new(self.gazetteer, &mentions);
        let mut drafts = Vec::new();
        let mut persons = HashMap::new();
        for sentence in &annotated.sentences {
            let scene = Scene {
                text: doc.text(),
                sentence,
                catalogue: self.catalogue,
                context: &context,
                gazetteer: self.gazetteer,
                persons: &persons,
            };
            self.sentence(&scene, doc, &story, &mut drafts);
            let introduced = introduced(&scene);
            persons.extend(introduced);
        }
        claims(doc, run, &drafts)
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

    fn sentence(&self, scene: &Scene<'_>, doc: &Document, story: &StoryPlaces<'_>, drafts: &mut Vec<Draft>) {
        let sentence = scene.sentence;
        let triggers = self.frames.find(sentence);
        let happenings = happenings::group(sentence, &self.frames, &triggers);
        let first = drafts.len();
        let statements = statements(&self.reporting, &self.governors, scene, &happenings, drafts);
        let mut of_token: Vec<(usize, usize)> = Vec::new(); // trigger token, draft
        for happening in &happenings {
            of_token.push((happening.lead.token, drafts.len()));
            drafts.push(self.draft(scene, happening));
        }
        let mut attached = attach::Attachments::new(scene, story, doc.published, &triggers);
        for (_, index) in &of_token {
            let draft = &mut drafts[*index];
            attached.attach(scene, &self.reporting, draft.happening.as_ref(), &mut draft.places, &mut draft.time);
        }
        attach::share_times(sentence, &mut drafts[first..]);
        attribute(&self.reporting, &self.frames, scene, &statements, &of_token, first, drafts);
        for draft in &mut drafts[first..] {
            ceasefire::fill_terms(scene, &self.frames, draft, &attached);
        }
        // A frame that is coded only with its parties filled.
        for draft in &mut drafts[first..] {
            draft.keep &= self.complete(draft);
        }
    }

    fn complete(&self, draft: &Draft) -> bool {
        let Some(happening) = &draft.happening else { return true };
        let frame = self.frames.get(happening.lead.frame);
        let people = draft.effects.iter().any(|e| e.category.is_some());
        // A pronoun that is not resolved fills no role: it may stand for anything.
        let named =
            |parties: &[Party]| parties.iter().any(|p| p.id.is_some() || !p.sectors.is_empty() || !is_pronoun(p));
        let actor = named(&draft.actor);
        let recipient = named(&draft.recipient)
            || people
            || (frame.reciprocal && draft.actor.len() > 1)
            || !draft.places.is_empty();
        let needs = match frame.needs {
            Needs::Nothing => true,
            Needs::Actor => actor,
            Needs::Recipient => recipient,
            Needs::Either => actor || recipient,
            Needs::Both => actor && recipient && (!matches!(frame.kind, Kind::Tie(_)) || !draft.recipient.is_empty()),
        };
        // A happening of which neither party, place, time nor effect is told is no account of anything.
        let told = actor
            || !draft.recipient.is_empty()
            || !draft.places.is_empty()
            || !draft.effects.is_empty()
            || draft.time.is_some();
        needs && told
    }

    fn draft(&self, scene: &Scene<'_>, happening: &Happening) -> Draft {
        let sentence = scene.sentence;
        let frame = self.frames.get(happening.lead.frame);
        let mut roles = scene.roles(happening.lead, frame);
        let mut effects = effects::of_trigger(scene, happening.lead, frame);
        let mut modes = frame.modes.clone();
        for &more in &happening.more {
            let other = self.frames.get(more.frame);
            let base = effects.len();
            effects.extend(effects::of_trigger(scene, more, other).into_iter().map(|mut e| {
                e.part_of = e.part_of.map(|p| p + base);
                e
            }));
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
            reciprocal: frame.reciprocal,
            actor: party(&roles.actor),
            recipient: if frame.reciprocal { Vec::new() } else { party(&roles.recipient) },
            via: party(&roles.via),
            effects,
            status,
            happening: Some(happening.clone()),
            anchor,
            ..Draft::new(proposition, evidence)
        }
    }
}
