//! A ticket: the right to open one target some number of times until some second.

use std::fmt;

use uuid::Uuid;

use super::{Target, Timestamp, User};

/// 128 random bits and the form in which the vendor writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketId {
    /// The highest byte first, so that they need no more room than they have digits.
    bits: [u8; 16],
    form: IdForm,
}

/// The form of an id; both are lower-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdForm {
    /// `ccd3428c-3a41-4c6a-a608-26bae29dffee`
    Uuid,
    /// `040e6f79d334448380ea3b1c7206c070`
    Hex,
}

impl TicketId {
    pub const fn new(bits: u128, form: IdForm) -> Self {
        Self { bits: bits.to_be_bytes(), form }
    }

    pub const fn to_bits(self) -> u128 {
        u128::from_be_bytes(self.bits)
    }

    /// The bits, the highest byte first.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.bits
    }

    /// The id that is written exactly as `text`, if there can be one.
    pub fn parse(text: &str) -> Option<Self> {
        let form = match text.len() {
            uuid::fmt::Hyphenated::LENGTH => IdForm::Uuid,
            uuid::fmt::Simple::LENGTH => IdForm::Hex,
            _ => return None,
        };
        let id = Self::new(Uuid::try_parse(text).ok()?.as_u128(), form);
        // Upper case parses too, but is not how the id is written.
        (id.write_digits(&mut IdText::default()) == text).then_some(id)
    }

    /// The id as it is written, in the room that is given for it.
    fn write_digits<'t>(&self, room: &'t mut IdText) -> &'t str {
        let id = Uuid::from_bytes(self.bits);
        match self.form {
            IdForm::Hex => id.as_simple().encode_lower(&mut room.0),
            IdForm::Uuid => id.as_hyphenated().encode_lower(&mut room.0),
        }
    }
}

/// Room for an id of either form.
struct IdText([u8; uuid::fmt::Hyphenated::LENGTH]);

impl Default for IdText {
    fn default() -> Self {
        Self([0; uuid::fmt::Hyphenated::LENGTH])
    }
}

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.write_digits(&mut IdText::default()))
    }
}

/// The kind of ticket, as `vendor.kind`: a ticket is only known to the actions of its own family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Family(&'static (&'static str, &'static str));

impl Family {
    /// The family of this vendor and kind.
    pub const fn new(name: &'static (&'static str, &'static str)) -> Self {
        Self(name)
    }

    pub const fn vendor(self) -> &'static str {
        self.0.0
    }

    pub const fn kind(self) -> &'static str {
        self.0.1
    }
}

worded! {
    /// The status of a ticket at one moment. It is read, never stored.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum TicketStatus {
        Live = "live",
        Expired = "expired",
        UsedUp = "used-up",
        Revoked = "revoked",
    }
}

/// The right to open one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub family: Family,
    /// The vendor's row number, counted from 1 in each family of a sandbox.
    pub serial: u64,
    pub target: Target,
    /// `None`: bound to nobody.
    pub user: Option<User>,
    /// How often it may be used in all; `None`: without limit.
    pub max_uses: Option<u32>,
    pub used: u32,
    /// The minutes it was issued for, which some vendors extend by.
    /// No vendor gives more than 240.
    pub lifetime_minutes: u16,
    pub issued_at: Timestamp,
    pub updated_at: Timestamp,
    /// The first second at which it is no longer valid.
    pub expires_at: Timestamp,
    pub revoked: bool,
    /// Rare fields, apart so that most tickets stay small.
    pub extras: Option<Box<Extras>>,
}

const _: () = assert!(size_of::<Ticket>() <= 128, "a million tickets are to be had");

/// Rare fields of a ticket: texts for its page, and the edition that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// JSON text of filters that the visitor cannot change, verbatim.
    pub global_param: Option<String>,
    pub watermark: Option<String>,
    /// JSON text of display settings, verbatim.
    pub config_param: Option<String>,
    /// A spare text that is only echoed.
    pub spare: Option<String>,
    /// The edition of the API that made the ticket, where no other may touch it.
    pub edition: Option<&'static str>,
}

impl Ticket {
    /// The status of the ticket at `now`. Of several, the one that nothing can undo wins.
    pub fn status_at(&self, now: Timestamp) -> TicketStatus {
        if self.revoked {
            TicketStatus::Revoked
        } else if now >= self.expires_at {
            TicketStatus::Expired
        } else if self.uses_left() == Some(0) {
            TicketStatus::UsedUp
        } else {
            TicketStatus::Live
        }
    }

    /// The state of the ticket at `now`, apart from its target.
    pub fn state_at(&self, now: Timestamp) -> TicketState {
        TicketState {
            id: self.id,
            status: self.status_at(now),
            used: self.used,
            uses_left: self.uses_left(),
            expires_at: self.expires_at,
        }
    }

    /// Uses that are left; `None`: without limit.
    pub fn uses_left(&self) -> Option<u32> {
        self.max_uses.map(|max| max.saturating_sub(self.used))
    }
}

/// The state of a ticket at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketState {
    pub id: TicketId,
    pub status: TicketStatus,
    pub used: u32,
    /// `None`: without limit.
    pub uses_left: Option<u32>,
    pub expires_at: Timestamp,
}

/// The change that a call made to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// `None`: the call issued it.
    pub before: Option<TicketState>,
    pub after: TicketState,
}
