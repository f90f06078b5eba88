//! Every fact of a ceasefire as a row; what somebody says, a row for each who says it.

use std::collections::BTreeMap;

use analysis::ceasefires::Ceasefire;
use analysis::ceasefires::breaches::Ground;
use analysis::ceasefires::moment::Moment;
use analysis::ceasefires::voice::Voice;
use model::ClaimId;

use super::group;
use crate::said::ids;

pub(super) const COLUMNS: [&str; 16] = [
    "ceasefire",
    "parties",
    "fact",
    "what",
    "stance",
    "from",
    "to",
    "who",
    "attitude",
    "status",
    "published",
    "copy",
    "words",
    "why",
    "claims",
    "incidents",
];

/// A fact, as far as it is known.
#[derive(Default)]
struct Fact<'a> {
    kind: &'a str,
    what: &'a str,
    stance: &'a str,
    from: String,
    to: String,
    voice: Option<&'a Voice>,
    words: Option<&'a str>,
    why: String,
    claims: String,
    incidents: String,
}

impl<'a> Fact<'a> {
    fn of(fact: &'a str, what: &'a str) -> Self {
        Self { kind: fact, what, ..Self::default() }
    }

    fn at(self, moment: Option<Moment>) -> Self {
        let end = |w: model::When| w.to_string();
        let (from, to) = moment.map_or_else(Default::default, |m| (end(m.from), end(m.to)));
        Self { from, to, ..self }
    }

    fn by(self, voice: &'a Voice) -> Self {
        Self { voice: Some(voice), claims: ids(&voice.claims), ..self }
    }
}

pub(super) fn of(c: &Ceasefire, words: &BTreeMap<ClaimId, String>) -> Vec<Vec<String>> {
    let mut facts: Vec<Fact> = Vec::new();
    for (fact, reckoned) in [("begins", &c.clock.begins), ("until", &c.clock.until)] {
        let one = |r: &analysis::ceasefires::clock::Reckoned| Fact {
            why: r.why.clone(),
            claims: ids(&r.claims),
            ..Fact::of(fact, "").at(Some(r.at))
        };
        facts.extend(reckoned.as_ref().map(one));
    }
    facts.extend(c.timeline.iter().map(|change| Fact {
        why: change.why.clone(),
        claims: ids(&change.claims),
        ..Fact::of("state", change.state.words()).at(Some(change.at))
    }));
    for s in &c.clock.statements {
        let told =
            |v| Fact { stance: s.stance.words(), ..Fact::of("statement", s.act.words()).at(s.at.or(s.until)).by(v) };
        facts.extend(s.voices.iter().map(told));
    }
    for b in &c.breaches {
        let breach =
            |stance| Fact { stance, incidents: ids(&b.incidents), ..Fact::of("breach", b.position.words()).at(b.at) };
        for ground in &b.grounds {
            match ground {
                Ground::Stated { accusers } => facts.extend(accusers.iter().map(|v| breach("said").by(v))),
                Ground::ByDefinition { why } => facts.push(Fact { why: why.clone(), ..breach("by definition") }),
            }
        }
        facts.extend(b.denied_by.iter().map(|v| breach("denied").by(v)));
        facts.extend(b.accused_say.iter().map(|w| Fact {
            words: Some(&w.words),
            claims: w.claim.to_string(),
            ..breach("said by the accused").by(&w.by)
        }));
    }
    facts.extend(c.by_others.iter().map(|o| Fact {
        why: format!("{} against {}", group(o), o.against.join(" ")),
        incidents: o.incident.to_string(),
        ..Fact::of("by others", o.position.words()).at(Some(o.at))
    }));
    for (fact, quiet) in [("quiet before", &c.quiet_before), ("quiet after", &c.quiet_after)] {
        facts.extend(quiet.as_ref().map(|q| Fact {
            from: q.from.to_string(),
            to: q.to.to_string(),
            why: q.words.clone(),
            incidents: q.bounded_by.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..Fact::of(fact, "")
        }));
    }
    let why = [Some(c.outcome.why.as_str()), c.outcome.doubt.as_deref()];
    facts.push(Fact {
        why: why.into_iter().flatten().collect::<Vec<_>>().join(" "),
        claims: ids(&c.outcome.claims),
        incidents: ids(&c.outcome.incidents),
        ..Fact::of("end", c.outcome.end.map_or("not ended", |e| e.words())).at(c.outcome.at)
    });
    facts.into_iter().map(|f| row(c, f, words)).collect()
}

fn row(c: &Ceasefire, fact: Fact, words: &BTreeMap<ClaimId, String>) -> Vec<String> {
    let voice = fact.voice;
    let first = voice.and_then(|v| v.claims.first()).and_then(|id| words.get(id)).map(String::as_str);
    let parties: Vec<&str> = c.parties.iter().map(|p| p.key.as_str()).collect();
    vec![
        c.id.to_string(),
        parties.join(" "),
        fact.kind.to_owned(),
        fact.what.to_owned(),
        fact.stance.to_owned(),
        fact.from,
        fact.to,
        voice.map(|v| v.who.clone()).unwrap_or_default(),
        voice.map(|v| v.attitude.to_string()).unwrap_or_default(),
        voice.map(|v| v.status.to_string()).unwrap_or_default(),
        voice.and_then(|v| v.published).map(|p| p.to_string()).unwrap_or_default(),
        voice.map(|v| v.copy.to_string()).unwrap_or_default(),
        fact.words.or(first).unwrap_or_default().to_owned(),
        fact.why,
        fact.claims,
        fact.incidents,
    ]
}
