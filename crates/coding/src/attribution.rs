//! Who says each thing: the chain of sources over every draft, the speech act that holds it as its content, and the
//! links between them.

use model::{Attitude, Attribution, Basis, Deprel, EventType, Party, Proposition, Rel, Sentence, Span, Status};

use crate::discourse::Discourse;
use crate::draft::{Draft, DraftLink, is_pronoun};
use crate::frames::{Content, Frames};
use crate::roles::Scene;
use crate::speech::Reporting;
use crate::status::Governors;
use crate::syntax;

/// Who says what a word tells, and whether it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Reality {
    /// The innermost source; `None` for the publication's own voice.
    pub asserter: Option<Party>,
    /// What the source does with it.
    pub attitude: Attitude,
    /// What is said of its reality.
    pub status: Status,
    /// Every source, outermost first.
    pub attribution: Vec<Attribution>,
}

/// Reads the word at `token`.
pub(crate) fn reality(
    reporting: &Reporting,
    governors: &Governors,
    discourse: &Discourse<'_>,
    scene: &Scene<'_>,
    token: usize,
) -> Reality {
    let sentence = scene.sentence;
    let voices = voices(reporting, discourse, scene, token);
    let is_verb = matches!(sentence.tokens[token].upos, model::Upos::Verb | model::Upos::Aux);
    let (asserter, attitude) = innermost(&voices);
    Reality {
        asserter,
        attitude,
        status: governors.status(sentence, token, is_verb),
        attribution: voices.into_iter().map(|v| v.attribution).collect(),
    }
}

/// One source over a word, and the word of this sentence that passes it on, if it stands here.
struct Voice {
    attribution: Attribution,
    word: Option<usize>,
}

/// The sources over a word, outermost first: those of its sentence, within the speaker of the quotation around it.
fn voices(reporting: &Reporting, discourse: &Discourse<'_>, scene: &Scene<'_>, token: usize) -> Vec<Voice> {
    let sentence = scene.sentence;
    let here = sentence.tokens[token].span;
    let number = discourse.number(sentence);
    let quotation = discourse.quotation(here);
    let mut voices: Vec<Voice> = reporting
        .chain(sentence, token)
        .into_iter()
        .filter(|s| s.word != token && discourse.reaches(sentence.tokens[s.word].span, here))
        .map(|source| Voice {
            attribution: Attribution {
                party: source.speaker.and_then(|speaker| spoken_by(discourse, scene, number, speaker)),
                attitude: source.attitude,
                span: Some(sentence.tokens[source.word].span),
            },
            word: Some(source.word),
        })
        .collect();
    if let Some(quotation) = quotation
        && let Some((speaker, word)) = quotation.speaker
    {
        let heard = &discourse.sentences[word.0].tokens[word.1];
        let outside = voices.iter().any(|v| v.attribution.span.is_some_and(|s| !quotation.holds(s)));
        if !outside {
            let attitude = reporting.verb(&heard.lemma).unwrap_or(Attitude::Asserts);
            let there = Scene { sentence: &discourse.sentences[speaker.0], ..*scene };
            let party = spoken_by(discourse, &there, Some(speaker.0), speaker.1);
            let attribution = Attribution { party, attitude, span: Some(heard.span) };
            voices.insert(0, Voice { attribution, word: (number == Some(word.0)).then_some(word.1) });
        }
        speaks_for_himself(&mut voices);
    }
    // What is said in somebody's turn of an interview is said by him.
    if let Some(speaker) = discourse.turn(here).and_then(|t| t.speaker) {
        let party = Some(of_label(scene, speaker));
        let attribution = Attribution { party, attitude: Attitude::Asserts, span: Some(speaker) };
        voices.insert(0, Voice { attribution, word: None });
        speaks_for_himself(&mut voices);
    }
    voices
}

/// "I offered to resign", he said: the "I" and "we" of what is quoted are the first who speaks.
fn speaks_for_himself(voices: &mut [Voice]) {
    let Some((first, rest)) = voices.split_first_mut() else { return };
    let Some(speaker) = &first.attribution.party else { return };
    for party in rest.iter_mut().filter_map(|v| v.attribution.party.as_mut()) {
        if party.mention.as_ref().is_some_and(|m| matches!(m.to_lowercase().as_str(), "i" | "we")) {
            *party = speaker.clone();
        }
    }
}

/// The party that the label of a turn names.
fn of_label(scene: &Scene<'_>, label: Span) -> Party {
    let words = label.of(scene.text);
    let known = words.split_whitespace().last().and_then(|surname| scene.persons.get(surname)).cloned();
    let resolved = || scene.catalogue.resolve(words, scene.context).filter(|r| !r.is_private && r.id.is_some());
    let party = known.or_else(|| resolved().map(|r| crate::roles::named_party(r, words, Some(label))));
    Party { mention: Some(words.to_owned()), span: Some(label), ..party.unwrap_or_default() }
}

/// Who asserts, and how: the innermost source that is named; a nameless word of report over it ("reportedly") only lends
/// its attitude.
fn innermost(voices: &[Voice]) -> (Option<Party>, Attitude) {
    let Some(last) = voices.last() else { return (None, Attitude::Asserts) };
    let named = voices.iter().rev().find_map(|v| v.attribution.party.clone());
    (named, last.attribution.attitude)
}

/// The party that a speaker's words name. Speakers who are no parties that the catalogue knows keep their words alone
/// ("officials", "the report"); a pronoun takes the id and the name of the last speaker named.
fn spoken_by(discourse: &Discourse<'_>, scene: &Scene<'_>, number: Option<usize>, speaker: usize) -> Option<Party> {
    let sentence = scene.sentence;
    let party = scene.party(speaker).or_else(|| {
        let nominal = syntax::is_nominal(sentence, speaker) || sentence.tokens[speaker].upos == model::Upos::Adj;
        let pronoun = sentence.tokens[speaker].upos == model::Upos::Pron;
        let personal = matches!(sentence.tokens[speaker].lemma.to_lowercase().as_str(), "i" | "we" | "some" | "many");
        if !nominal || pronoun && !personal {
            return None;
        }
        let span = syntax::span_of(sentence, &syntax::mention_tokens(sentence, speaker))?;
        Some(Party { mention: Some(span.of(scene.text).to_owned()), span: Some(span), ..Party::default() })
    })?;
    let goes_on = party.id.is_none()
        && party.mention.as_ref().is_some_and(|m| matches!(m.to_lowercase().as_str(), "he" | "she" | "it" | "they"));
    if !goes_on {
        return Some(party);
    }
    let known = number
        .and_then(|n| discourse.spoke_before((n, speaker)))
        .and_then(|(s, i)| Scene { sentence: &discourse.sentences[s], ..*scene }.speaker(i))
        .filter(|p| !is_pronoun(p));
    Some(match known {
        Some(known) => {
            let name = known.name.clone().or_else(|| known.mention.clone());
            Party { mention: party.mention, span: party.span, name, ..known }
        }
        None => party,
    })
}

/// The speaker for whom "he", "she", "it" or "they" stands as the subject of a word of saying, with that speaker's name.
pub(crate) fn heard_from(discourse: &Discourse<'_>, scene: &Scene<'_>, speaker: usize) -> Option<Party> {
    let token = &scene.sentence.tokens[speaker];
    if !matches!(token.lemma.to_lowercase().as_str(), "he" | "she" | "it" | "they") {
        return None;
    }
    let number = discourse.number(scene.sentence)?;
    let (s, i) = discourse.spoke_before((number, speaker))?;
    let named = Scene { sentence: &discourse.sentences[s], ..*scene }.party(i).filter(|p| !is_pronoun(p))?;
    let name = named.name.clone().or_else(|| named.mention.clone());
    Some(Party { mention: Some(token.span.of(scene.text).to_owned()), span: Some(token.span), name, ..named })
}

/// Reads off who says each thing, and links contents to the words that pass them on.
#[expect(clippy::too_many_arguments, reason = "the parts of one sentence, each needed")]
pub(crate) fn attribute(
    reporting: &Reporting,
    frames: &Frames,
    discourse: &Discourse<'_>,
    scene: &Scene<'_>,
    statements: &[(usize, usize)],
    of_token: &[(usize, usize)],
    first: usize,
    drafts: &mut [Draft],
) {
    let sentence = scene.sentence;
    for index in first..drafts.len() {
        let at = drafts[index].happening.as_ref().map_or(drafts[index].anchor, |h| h.lead.token);
        let mut sources: Vec<(Voice, Option<usize>)> = voices(reporting, discourse, scene, at)
            .into_iter()
            .filter(|voice| voice.word != Some(at))
            .map(|voice| {
                let said = |word: usize| statements.iter().chain(of_token).find(|(t, _)| *t == word).map(|(_, d)| *d);
                let by = voice.word.and_then(said);
                (voice, by)
            })
            .collect();
        // Words that are speech acts of their own and hold this one as their content.
        if let Some((act, content)) = speech_act_over(frames, sentence, at, of_token, drafts) {
            let party = drafts[act].actor.first().cloned();
            // "neither confirmed nor denied": nobody said anything of it.
            if content == Content::Denied && drafts[act].status == Status::DidNotOccur {
                drafts[index].keep = false;
            }
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
            // The word's own entry knows better than its frame: "claimed" asserts, though it may accuse.
            let attitude = reporting.verb(&sentence.tokens[word].lemma).unwrap_or(attitude);
            let same = |v: &Voice| v.word == Some(word);
            let party =
                party.or_else(|| sources.iter().find(|(v, _)| same(v)).and_then(|(v, _)| v.attribution.party.clone()));
            sources.retain(|(v, _)| !same(v));
            // The speech act's own sources come first, then its speaker.
            let attribution = Attribution { party, attitude, span: Some(sentence.tokens[word].span) };
            sources.push((Voice { attribution, word: Some(word) }, Some(act)));
        }
        let (voices, links): (Vec<Voice>, Vec<Option<usize>>) = sources.into_iter().unzip();
        let (asserter, attitude) = innermost(&voices);
        let draft = &mut drafts[index];
        // "Kabul denied that it shelters …": the subject's pronoun in what somebody says stands for the speaker.
        if voices.last().is_some_and(|v| v.word.is_some())
            && let Some(speaker) = asserter.as_ref().filter(|p| p.id.is_some())
            && let [actor] = &mut draft.actor[..]
            && is_pronoun(actor)
            && actor.id.is_none()
            && actor.mention.as_ref().is_some_and(|m| matches!(m.to_lowercase().as_str(), "it" | "they" | "he" | "she"))
        {
            *actor = Party { mention: actor.mention.clone(), span: actor.span, ..speaker.clone() };
        }
        // "Our fighters destroyed two tanks," said a spokesman for the group.
        if let Some(speaker) = asserter.as_ref().filter(|p| p.id.is_some()) {
            for party in draft.actor.iter_mut().chain(&mut draft.recipient).filter(|p| p.id.is_none()) {
                if let Some(own) = of_speaker(scene, party, speaker, attitude) {
                    *party = own;
                }
            }
        }
        draft.asserter = asserter;
        draft.attitude = attitude;
        if let (Some(voice), Some(Some(by))) = (voices.last(), links.last())
            && *by != index
        {
            draft.links.push(DraftLink {
                rel: Rel::ContentOf,
                draft: *by,
                span: voice.attribution.span,
                basis: Basis::Stated,
            });
        }
        // A reported "would" is what the speaker plans or threatens, no mere supposition.
        if !voices.is_empty()
            && !matches!(draft.proposition, Proposition::Cause { .. })
            && matches!(draft.status, Status::Hypothetical | Status::Planned)
            && reported_future(sentence, at)
        {
            draft.status = future_of(&draft.proposition);
        }
        draft.attribution = voices.into_iter().map(|v| v.attribution).collect();
    }
}

/// Whom "we" and "our troops" stand for in the mouth of a known speaker: the speaker's group, or that body of its state.
/// So "its troops" where the speaker denies or confirms what they did.
fn of_speaker(scene: &Scene<'_>, party: &Party, speaker: &Party, attitude: Attitude) -> Option<Party> {
    let words = party.mention.as_ref()?.to_lowercase();
    let as_is = Party { mention: party.mention.clone(), span: party.span, ..speaker.clone() };
    if words == "we" {
        return Some(as_is);
    }
    let owns_up = matches!(attitude, Attitude::Denies | Attitude::Confirms);
    let body = words
        .strip_prefix("our ")
        .or_else(|| words.strip_prefix("its ").or_else(|| words.strip_prefix("their ")).filter(|_| owns_up))?;
    let body = body.split(" in ").next().unwrap_or(body);
    let id = speaker.id.as_ref()?;
    let Some(country) = speaker.country.filter(|c| c.as_str() == id.root()) else {
        let armed = ["fighter", "force", "troop", "men", "militant", "soldier", "commander", "group"];
        return armed.iter().any(|a| body.contains(a)).then_some(as_is);
    };
    let context = crate::catalogue::Context { date: scene.context.date, countries: &[country] };
    let resolved = scene.catalogue.resolve(&format!("the {body}"), &context)?;
    let of_state = !resolved.is_private && resolved.id.as_ref().is_some_and(|i| i.root() == country.as_str());
    of_state.then(|| crate::roles::named_party(resolved, party.mention.as_deref().unwrap_or_default(), party.span))
}

/// The nearest speech-act draft over a token with content to claim, if the token is its content.
fn speech_act_over(
    frames: &Frames,
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
        ) && !is_means(sentence, at)
            || is_that_clause(sentence, at);
        if !below || relation == Deprel::Obj && presupposes(&sentence.tokens[up].lemma) {
            return None;
        }
        if let Some((_, draft)) = of_token.iter().find(|(t, _)| *t == up) {
            let happening = drafts[*draft].happening.as_ref()?;
            let content = frames.get(happening.lead.frame).content;
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

/// "vowed to avenge the killing": what is answered has happened.
pub(crate) fn presupposes(lemma: &str) -> bool {
    matches!(lemma, "avenge" | "revenge" | "punish" | "investigate" | "mourn" | "condemn" | "probe" | "answer")
}

/// "By closing the port, A put pressure on B": the means of an act is not its content.
fn is_means(sentence: &Sentence, verb: usize) -> bool {
    sentence.tokens[verb].deprel == Deprel::Advcl
        && sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma.eq_ignore_ascii_case("by"))
}

/// "the accusation that B backs …", taken for a relative clause.
fn is_that_clause(sentence: &Sentence, verb: usize) -> bool {
    sentence.tokens[verb].deprel == Deprel::AclRelcl
        && sentence.children(verb).any(|(_, t)| t.deprel == Deprel::Mark && t.lemma == "that")
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
