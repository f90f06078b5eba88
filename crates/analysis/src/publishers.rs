//! Who publishes: outlets, wires and official channels, their owners, and the state or party they speak for.
//!
//! The table is `data/publishers/publishers.tsv`, embedded here. Ownership is asked as of a day; without one, as it stands
//! now. [`Publishers::tie`] names what two publishers share; that nothing is known to be shared is
//! [`Publishers::independent`]. The table cannot say whether one report relays another: for that,
//! [`Publishers::relayed_wire`] reads the credit in a report's text. A name that several outlets bear leads to none.

mod credits;
mod keys;
mod table;
#[cfg(test)]
mod tests;
mod ties;

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use jiff::civil::Date;
use model::{CountryCode, PartyId};

pub use table::TableError;
pub use ties::Tie;

/// A publisher's id in the table. Only the table makes them, so that each has its row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublisherId(PartyId);

impl PublisherId {
    /// The id as it is printed. Where the party catalogue knows the outlet as a party, it is that party's.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for PublisherId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the source.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in the table.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}

words!(
    /// What kind of publisher it is.
    Kind {
        /// Sells or hands its reports to others.
        Wire = "wire",
        /// A newspaper and its site.
        Newspaper = "newspaper",
        /// Radio or television and its site.
        Broadcaster = "broadcaster",
        /// A magazine.
        Magazine = "magazine",
        /// A site.
        Online = "online",
        /// Research, data, human rights.
        ThinkTank = "think_tank",
        /// A channel of a ministry, an army, an armed group or an organisation.
        Official = "official",
        /// Owns outlets and publishes nothing.
        Company = "company",
    }
);

words!(
    /// Who decides over its line.
    Control {
        /// Property of a state.
        StateOwned = "state_owned",
        /// The state sets the line, whoever owns it.
        StateControlled = "state_controlled",
        /// Paid for by the public, with its own board by law.
        PublicService = "public_service",
        /// A political movement or armed group.
        Party = "party",
        /// Neither state nor party.
        Independent = "independent",
        /// Not known.
        Unknown = "unknown",
    }
);

impl Control {
    /// Whether a state decides.
    pub fn is_of_state(self) -> bool {
        matches!(self, Self::StateOwned | Self::StateControlled)
    }
}

/// Who held a publisher over a stretch of time, both ends inclusive and open where `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The owner.
    pub owner: Option<PublisherId>,
    /// The state that owns, controls or funds it; `control` says which.
    pub state: Option<CountryCode>,
    /// Who decides over its line.
    pub control: Control,
    /// The party for which it speaks.
    pub party: Option<PartyId>,
    /// Where the fact is commonly to be read.
    pub source: String,
}

/// A publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Its id.
    pub id: PublisherId,
    /// Its name.
    pub name: String,
    /// Other names by which it is known.
    pub other_names: Vec<String>,
    /// Domains of its site, with a path where one site holds several publishers.
    pub domains: Vec<String>,
    /// What kind it is.
    pub kind: Kind,
    /// Who held it when, in the order of time; one at least.
    pub tenures: Vec<Tenure>,
}

impl Publisher {
    /// Who holds it on a day; without one, who holds it now, or held it last. `None` where that time is not known.
    pub fn at(&self, date: Option<Date>) -> Option<&Tenure> {
        match date {
            None => self.tenures.last(),
            Some(day) => {
                self.tenures.iter().find(|t| t.from.is_none_or(|from| from <= day) && t.to.is_none_or(|to| day <= to))
            }
        }
    }
}

/// Every publisher that is known.
#[derive(Clone, Debug)]
pub struct Publishers {
    all: Vec<Publisher>,
    by_id: HashMap<PublisherId, usize>,
    /// Keys of names, with all that bear them.
    names: HashMap<String, Vec<usize>>,
    /// Domains, with the path where one is given.
    domains: HashMap<String, usize>,
    /// Names by which reports credit a wire, letter by letter.
    wires: HashMap<String, Vec<usize>>,
}

static EMBEDDED: LazyLock<Publishers> = LazyLock::new(|| {
    Publishers::from_tsv("publishers.tsv", include_str!("../../../data/publishers/publishers.tsv"))
        .unwrap_or_else(|e| panic!("the embedded table of publishers is broken, which its tests prevent: {e}"))
});

impl Publishers {
    /// The table that comes with the program, read once.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A table in the columns of `publishers.tsv`; `table` is its name in errors.
    pub fn from_tsv(table: &str, text: &str) -> Result<Self, TableError> {
        let all = table::read(table, text)?;
        let mut out = Self {
            by_id: all.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect(),
            names: HashMap::new(),
            domains: HashMap::new(),
            wires: HashMap::new(),
            all: Vec::new(),
        };
        for (i, publisher) in all.iter().enumerate() {
            for name in std::iter::once(&publisher.name).chain(&publisher.other_names) {
                let bearers = out.names.entry(keys::name(name)).or_default();
                if !bearers.contains(&i) {
                    bearers.push(i);
                }
                if publisher.kind == Kind::Wire {
                    out.wires.entry(name.clone()).or_default().push(i);
                }
            }
            for domain in &publisher.domains {
                out.domains.insert(domain.clone(), i);
            }
        }
        out.all = all;
        Ok(out)
    }

    /// Every publisher, in the order of the table.
    pub fn all(&self) -> &[Publisher] {
        &self.all
    }

    /// The publisher with this id.
    pub fn get(&self, id: &PublisherId) -> &Publisher {
        &self.all[self.by_id[id]]
    }

    /// The publisher whose id is this text, as an answer or a party of the catalogue has it.
    pub fn by_id(&self, id: &str) -> Option<&Publisher> {
        let id = PartyId::new(id).ok()?;
        self.by_id.get(&PublisherId(id)).map(|&i| &self.all[i])
    }

    /// The one publisher of this name; case, accents, punctuation and a leading "The" do not count.
    pub fn by_name(&self, name: &str) -> Option<&Publisher> {
        match self.named(name) {
            [one] => Some(&self.all[*one]),
            _ => None,
        }
    }

    /// The publisher at this address: its domain, one above it, or a path on it.
    pub fn by_url(&self, url: &str) -> Option<&Publisher> {
        keys::places_of(url).iter().find_map(|place| self.domains.get(place)).map(|&i| &self.all[i])
    }

    /// The publisher of a document. The name decides where one publisher bears it; the address where several do, or no
    /// name leads anywhere; the date where both leave several, if one alone is known to have been there.
    pub fn find(&self, publisher: Option<&str>, url: Option<&str>, date: Option<Date>) -> Option<&Publisher> {
        let at = url.and_then(|url| self.by_url(url));
        let named = publisher.map_or(&[][..], |name| self.named(name));
        match named {
            [] => {
                // A document may give its site in the publisher's field.
                let site = publisher.filter(|name| name.contains('.')).and_then(|name| self.by_url(name));
                at.or(site)
            }
            [one] => Some(&self.all[*one]),
            several => at.filter(|p| several.iter().any(|&i| self.all[i].id == p.id)).or_else(|| {
                let mut there =
                    several.iter().map(|&i| &self.all[i]).filter(|p| date.is_some() && p.at(date).is_some());
                there.next().filter(|_| there.next().is_none())
            }),
        }
    }

    /// The party for which it speaks on a day.
    pub fn speaks_for_at(&self, id: &PublisherId, date: Option<Date>) -> Option<&PartyId> {
        self.get(id).at(date)?.party.as_ref()
    }

    /// The party for which it speaks now.
    pub fn speaks_for(&self, id: &PublisherId) -> Option<&PartyId> {
        self.speaks_for_at(id, None)
    }

    /// Whether others print its reports.
    pub fn is_wire(&self, id: &PublisherId) -> bool {
        self.get(id).kind == Kind::Wire
    }

    fn named(&self, name: &str) -> &[usize] {
        self.names.get(&keys::name(name)).map_or(&[], Vec::as_slice)
    }
}
