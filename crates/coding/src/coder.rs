//! The coder: a document and its annotation in, claims out.
//!
//! Sentence by sentence: triggers are found and grouped into happenings, roles filled, effects, places
//! and times attached, reality and sources read off the tree; then the drafts become claims with ids
//! and links. Nothing here looks at anything but its arguments.

use std::collections::HashMap;

use model::{
    Annotated, Attitude, Attribution, Basis, Claim, ClaimId, CountryCode, Deprel, Document, Effect, EventType, Link,
    Party, Phrase, Place, Proposition, Quote, Rel, RunId, Sentence, Span, Status, Time, When,
};

use crate::attach;
use crate::catalogue::{Catalogue, Context};
use crate::ceasefire;
use crate::effects;
use crate::frames::{Content, FrameError, Frames, Kind, Needs, Trigger};
use crate::gazetteer::Gazetteer;
use crate::happenings::{self, Happening};
use crate::lexicons::{Contexts, Modes};
use crate::places::{self, PlaceMention, StoryPlaces};
use crate::roles::{Filler, Scene, introduced};
use crate::speech::{Reporting, Source};
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
        let statements = self.statements(scene, &happenings, drafts);
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
        self.attribute(scene, &statements, &of_token, first, drafts);
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

    /// One draft of a statement for every reporting verb with something to pass on.
    fn statements(&self, scene: &Scene<'_>, happenings: &[Happening], drafts: &mut Vec<Draft>) -> Vec<(usize, usize)> {
        let sentence = scene.sentence;
        let mut made = Vec::new();
        for (index, token) in sentence.tokens.iter().enumerate() {
            if token.upos != model::Upos::Verb {
                continue;
            }
            if self.reporting.verb(&token.lemma).is_none() {
                continue;
            }
            // Words that are events of their own (accuse, deny, warn of …) are coded as such.
            if happenings.iter().any(|h| h.lead.token == index) {
                continue;
            }
            let Some(content) = self.reporting.content_of(sentence, index) else { continue };
            let Some(speaker) = self.reporting.speaker(sentence, index) else { continue };
            let actor: Vec<Party> =
                scene.fillers(syntax::with_conjuncts(sentence, vec![speaker])).into_iter().map(|f| f.party).collect();
            if actor.is_empty() || self.governors.status(sentence, index, true) == Status::Hypothetical {
                continue;
            }
            let quote = statement_span(scene, content, index);
            made.push((index, drafts.len()));
            drafts.push(Draft {
                actor,
                attitude: Attitude::Asserts,
                anchor: index,
                ..Draft::new(
                    Proposition::Statement(Quote {
                        phrase: Phrase::of(quote, scene.text),
                        direct: is_quoted(scene.text, quote),
                    }),
                    syntax::clause_span(sentence, top_of(sentence, index, content)),
                )
            });
        }
        made
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

    /// Reads off who says each thing, and links contents to the words that pass them on.
    fn attribute(
        &self,
        scene: &Scene<'_>,
        statements: &[(usize, usize)],
        of_token: &[(usize, usize)],
        first: usize,
        drafts: &mut [Draft],
    ) {
        let sentence = scene.sentence;
        for index in first..drafts.len() {
            let at = drafts[index].happening.as_ref().map_or(drafts[index].anchor, |h| h.lead.token);
            let mut sources: Vec<(Source, Option<Party>, Option<usize>)> = self
                .reporting
                .chain(sentence, at)
                .into_iter()
                .filter(|s| s.word != at)
                .map(|source| {
                    let party = source.speaker.and_then(|s| scene.party(s));
                    let by =
                        statements.iter().chain(of_token).find(|(token, _)| *token == source.word).map(|(_, d)| *d);
                    (source, party, by)
                })
                .collect();
            // Words that are speech acts of their own and hold this one as their content.
            if let Some((act, content)) = self.speech_act_over(sentence, at, of_token, drafts) {
                let party = drafts[act].actor.first().cloned();
                let (attitude, status) = match content {
                    Content::Alleged => (Attitude::Alleges, None),
                    Content::Denied => (Attitude::Denies, None),
                    Content::Threatened => (Attitude::Asserts, Some(Status::Threatened)),
                    Content::Demanded => (Attitude::Asserts, Some(Status::Demanded)),
                    Content::Promised => (Attitude::Asserts, Some(Status::Promised)),
                    Content::Plain => (Attitude::Asserts, None),
                };
                if let Some(status) = status
                    && !matches!(drafts[index].status, Status::DidNotOccur | Status::Cancelled)
                {
                    drafts[index].status = status;
                }
                if content == Content::Denied && drafts[index].status == Status::DidNotOccur {
                    drafts[index].status = Status::Occurred;
                }
                let word = drafts[act].happening.as_ref().map_or(drafts[act].anchor, |h| h.lead.token);
                sources.retain(|(s, ..)| s.word != word);
                // The speech act's own sources come first, then its speaker.
                sources.push((Source { speaker: None, attitude, word }, party, Some(act)));
            }
            let draft = &mut drafts[index];
            draft.attribution = sources
                .iter()
                .map(|(source, party, _)| Attribution {
                    party: party.clone(),
                    attitude: source.attitude,
                    span: Some(sentence.tokens[source.word].span),
                })
                .collect();
            if let Some((source, party, by)) = sources.last() {
                // "Kabul denied that it shelters …": the subject's pronoun in what somebody says stands for the speaker.
                if let Some(speaker) = party.as_ref().filter(|p| p.id.is_some())
                    && let [actor] = &mut draft.actor[..]
                    && is_pronoun(actor)
                    && actor
                        .mention
                        .as_ref()
                        .is_some_and(|m| matches!(m.to_lowercase().as_str(), "it" | "they" | "he" | "she"))
                {
                    *actor = Party { mention: actor.mention.clone(), span: actor.span, ..speaker.clone() };
                }
                draft.asserter.clone_from(party);
                draft.attitude = source.attitude;
                if let Some(by) = by
                    && *by != index
                {
                    draft.links.push(DraftLink {
                        rel: Rel::ContentOf,
                        draft: *by,
                        span: Some(sentence.tokens[source.word].span),
                        basis: Basis::Stated,
                    });
                }
                // A reported "would" is what the speaker plans or threatens, no mere supposition.
                if draft.status == Status::Hypothetical && reported_future(sentence, at) {
                    draft.status = future_of(&draft.proposition);
                }
            }
        }
    }

    /// The nearest speech-act draft over a token with content to claim, if the token is its content.
    fn speech_act_over(
        &self,
        sentence: &Sentence,
        token: usize,
        of_token: &[(usize, usize)],
        drafts: &[Draft],
    ) -> Option<(usize, Content)> {
        let mut at = token;
        for _ in 0..20 {
            let up = syntax::head(sentence, at)?;
            let relation = sentence.tokens[at].deprel;
            let below = matches!(
                relation,
                Deprel::Ccomp
                    | Deprel::Xcomp
                    | Deprel::Advcl
                    | Deprel::Acl
                    | Deprel::Obl
                    | Deprel::Obj
                    | Deprel::Nmod
                    | Deprel::Conj
            );
            if !below {
                return None;
            }
            if let Some((_, draft)) = of_token.iter().find(|(t, _)| *t == up) {
                let happening = drafts[*draft].happening.as_ref()?;
                let content = self.frames.get(happening.lead.frame).content;
                if content != Content::Plain && relation != Deprel::Conj {
                    return Some((*draft, content));
                }
                if relation != Deprel::Conj {
                    // Something else that happens stands between.
                    return None;
                }
            }
            at = up;
        }
        None
    }
}

fn is_pronoun(party: &Party) -> bool {
    const PRONOUNS: [&str; 14] =
        ["he", "she", "it", "they", "we", "him", "her", "them", "us", "i", "you", "me", "both", "each"];
    party.mention.as_ref().is_none_or(|m| PRONOUNS.contains(&m.to_lowercase().as_str()))
}

/// "would" under a past report.
fn reported_future(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Aux && t.lemma.eq_ignore_ascii_case("would"))
        && !sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Advcl && t.lemma == "if")
}

fn future_of(proposition: &Proposition) -> Status {
    match proposition {
        Proposition::Event(EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize, _) => {
            Status::Threatened
        }
        _ => Status::Planned,
    }
}

/// The clause that holds both the reporting verb and what it passes on.
fn top_of(sentence: &Sentence, verb: usize, content: usize) -> usize {
    if sentence.is_within(content, verb) { verb } else { content }
}

/// The words that a reporting verb passes on, without the reporting clause inside them.
fn statement_span(scene: &Scene<'_>, content: usize, verb: usize) -> Span {
    let sentence = scene.sentence;
    if sentence.is_within(content, verb) {
        return syntax::clause_span(sentence, content);
    }
    // "…", he said: what stands before the reporting clause, or after it if that is longer.
    let inside = |i: usize| sentence.is_within(i, verb);
    let first_reporting = (0..sentence.tokens.len()).find(|&i| inside(i)).unwrap_or(verb);
    let last_reporting = (0..sentence.tokens.len()).rev().find(|&i| inside(i)).unwrap_or(verb);
    let (before, after) = (0..first_reporting, last_reporting + 1..sentence.tokens.len());
    let part = if before.contains(&content) || after.is_empty() { before } else { after };
    let words: Vec<usize> = part.filter(|&i| sentence.tokens[i].upos != model::Upos::Punct).collect();
    match (words.first(), words.last()) {
        (Some(&a), Some(&b)) => sentence.tokens[a].span.cover(sentence.tokens[b].span),
        _ => syntax::clause_span(sentence, content),
    }
}

/// Whether a quotation mark stands right before or after the words.
fn is_quoted(text: &str, span: Span) -> bool {
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„');
    let before = text[..span.start()].trim_end().chars().next_back().is_some_and(quote);
    let inside = span.of(text).chars().next().is_some_and(quote);
    let after = text[span.end()..].trim_start_matches([',', '.', ' ', '!', '?']).chars().next().is_some_and(quote);
    inside || (before && after) || (before && span.of(text).contains(quote))
}

/// A claim in the making: links are indices into the document's drafts.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) proposition: Proposition,
    pub(crate) modes: Vec<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) reciprocal: bool,
    pub(crate) actor: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    pub(crate) via: Vec<Party>,
    pub(crate) places: Vec<Place>,
    pub(crate) time: Option<Time>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) status: Status,
    pub(crate) asserter: Option<Party>,
    pub(crate) attitude: Attitude,
    pub(crate) attribution: Vec<Attribution>,
    pub(crate) links: Vec<DraftLink>,
    pub(crate) evidence: Span,
    pub(crate) happening: Option<Happening>,
    /// The predicate on which its clause turns.
    pub(crate) anchor: usize,
    pub(crate) keep: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct DraftLink {
    pub(crate) rel: Rel,
    pub(crate) draft: usize,
    pub(crate) span: Option<Span>,
    pub(crate) basis: Basis,
}

impl Draft {
    pub(crate) fn new(proposition: Proposition, evidence: Span) -> Self {
        Self {
            proposition,
            modes: Vec::new(),
            contexts: Vec::new(),
            reciprocal: false,
            actor: Vec::new(),
            recipient: Vec::new(),
            via: Vec::new(),
            places: Vec::new(),
            time: None,
            effects: Vec::new(),
            status: Status::Occurred,
            asserter: None,
            attitude: Attitude::Asserts,
            attribution: Vec::new(),
            links: Vec::new(),
            evidence,
            happening: None,
            anchor: 0,
            keep: true,
        }
    }

    pub(crate) fn lead(&self) -> Option<Trigger> {
        self.happening.as_ref().map(|h| h.lead)
    }

    /// How sure the coder is: by what is known of the parties, the place and the reality. The weights are
    /// a first guess, to be calibrated against labelled news.
    fn confidence(&self) -> f64 {
        let mut confidence: f64 = 0.55;
        let known = |parties: &[Party]| parties.iter().any(|p| p.id.is_some() || !p.sectors.is_empty());
        if known(&self.actor) {
            confidence += 0.15;
        }
        if known(&self.recipient) || self.effects.iter().any(|e| e.low.is_some() || e.high.is_some()) {
            confidence += 0.12;
        }
        if self.places.iter().any(|p| p.lat.is_some()) {
            confidence += 0.06;
        }
        if self.time.as_ref().is_some_and(|t| t.from.is_some()) {
            confidence += 0.04;
        }
        if matches!(self.proposition, Proposition::Statement(_)) {
            confidence += 0.2;
        }
        if matches!(self.status, Status::Hypothetical | Status::Possible) {
            confidence -= 0.1;
        }
        confidence.clamp(0.05, 0.97)
    }
}

/// Drafts become claims; the same claim told twice by one set of words is one.
fn claims(doc: &Document, run: &RunId, drafts: &[Draft]) -> Vec<Claim> {
    let placeholder = ClaimId::of([b"".as_slice()]);
    let mut made: Vec<Option<Claim>> = drafts
        .iter()
        .map(|draft| {
            draft.keep.then(|| {
                let mut claim = Claim {
                    id: placeholder.clone(),
                    document: doc.id().clone(),
                    source_id: doc.source_id.clone(),
                    published: doc.published,
                    recorded: None,
                    run: run.clone(),
                    proposition: draft.proposition.clone(),
                    modes: draft.modes.clone(),
                    contexts: draft.contexts.clone(),
                    reciprocal: draft.reciprocal,
                    undirected: false,
                    actor: draft.actor.clone(),
                    recipient: draft.recipient.clone(),
                    via: draft.via.clone(),
                    places: draft.places.clone(),
                    time: draft.time.clone(),
                    effects: draft.effects.clone(),
                    status: draft.status,
                    asserter: draft.asserter.clone(),
                    attitude: draft.attitude,
                    attribution: draft.attribution.clone(),
                    links: Vec::new(),
                    evidence: Phrase::of(draft.evidence, doc.text()),
                    confidence: draft.confidence(),
                    coder: CODER.to_owned(),
                };
                claim.id = claim.identify();
                claim
            })
        })
        .collect();
    let ids: Vec<Option<ClaimId>> = made.iter().map(|c| c.as_ref().map(|c| c.id.clone())).collect();
    for (claim, draft) in made.iter_mut().zip(drafts) {
        let Some(claim) = claim else { continue };
        for link in &draft.links {
            if let Some(target) = &ids[link.draft]
                && *target != claim.id
            {
                claim.links.push(Link {
                    rel: link.rel,
                    claim: Some(target.clone()),
                    span: link.span,
                    basis: link.basis,
                });
            }
        }
    }
    let mut claims: Vec<Claim> = made.into_iter().flatten().collect();
    claims.sort_by(|a, b| a.evidence.span.cmp(&b.evidence.span).then_with(|| a.id.cmp(&b.id)));
    claims.dedup_by(|a, b| a.id == b.id);
    claims
}
