//! Differences between vendors, actions and assumptions, as values.

/// The terms under which an action changes tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub extend_from: ExtendFrom,
    /// How many minutes ahead of now an extension may reach; `None`: any.
    pub max_ahead_minutes: Option<u32>,
    pub after_expiry: AfterEnd,
    /// Whether a ticket without uses left may still be extended.
    pub extend_used_up: AfterEnd,
    pub visit_order: VisitOrder,
    pub refused_visit: RefusedVisit,
    /// The edition of the API that is called, where each knows only the tickets it made; `None`: any.
    pub edition: Option<&'static str>,
}

/// The reason that a visit is refused for first when there are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitOrder {
    /// The ticket is for something else, or the target is closed.
    TargetFirst,
    /// No use is left.
    UsesFirst,
}

/// Whether a visit that is refused although the ticket is live takes a use of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedVisit {
    Free,
    TakesUse,
}

/// Where an extension counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtendFrom {
    OldExpiry,
    Now,
}

/// The answer of a command on a ticket that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterEnd {
    /// Success, as if nothing had ended.
    Accept,
    /// With a refusal.
    Refuse,
    /// With success and without effect; the answer says that nothing changed.
    Decline,
}

/// The fate of a live ticket when one for the same target and user is asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// Both live on, independent of each other.
    Independent,
    /// The old one is revoked.
    Replace,
    /// The old one is given out again with the new minutes added to its expiry.
    Accumulate,
}

impl Default for Terms {
    /// An extension adds to the old expiry, and not after it; only an admitted visit takes a use.
    fn default() -> Self {
        Self {
            extend_from: ExtendFrom::OldExpiry,
            max_ahead_minutes: None,
            after_expiry: AfterEnd::Refuse,
            extend_used_up: AfterEnd::Accept,
            visit_order: VisitOrder::TargetFirst,
            refused_visit: RefusedVisit::Free,
            edition: None,
        }
    }
}
