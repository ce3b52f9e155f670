//! What kind of thing a code is about, in words that are the same for all vendors.

/// The class of an error code: what a client that gets it should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It may pass by itself: the same call can succeed later.
    Fleeting,
    /// The key, its token, its signature or its permissions.
    Auth,
    /// The time of the signature.
    Clock,
    /// The nonce of the signature.
    Nonce,
    /// The request: its form, its action or its parameters.
    Request,
    /// What is there: organization, works, users, tickets.
    State,
}

impl Class {
    pub const ALL: &'static [Self] =
        &[Self::Fleeting, Self::Auth, Self::Clock, Self::Nonce, Self::Request, Self::State];

    /// The word in lists and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fleeting => "fleeting",
            Self::Auth => "auth",
            Self::Clock => "clock",
            Self::Nonce => "nonce",
            Self::Request => "request",
            Self::State => "state",
        }
    }
}
