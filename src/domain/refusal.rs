//! Why something was refused: a reason with its facts, in nobody's words.
//!
//! No code, status or text stands here. A vendor's error rows say which code a [`Reason`] ends in
//! and fill the facts into its message.

/// Declares [`Refusal`] and its fieldless twin [`Reason`] from one list, so that the two cannot
/// drift apart and every fact can be read by its name.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($fact:ident: $kind:ty),* },)*) => {
        /// A reason for refusing, with the facts that a message may quote.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Refusal { $($(#[$doc])* $name { $($fact: $kind),* },)* }

        /// A reason without its facts, for tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// Every reason there is, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as written in tables and documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// The facts that every refusal for this reason carries.
            pub const fn facts(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($fact)),*],)* }
            }
        }

        impl Refusal {
            pub const fn reason(&self) -> Reason {
                match self { $(Self::$name { .. } => Reason::$name,)* }
            }

            /// The fact of this name, as text.
            pub fn fact(&self, name: &str) -> Option<String> {
                match self {
                    $(Self::$name { $($fact),* } => {
                        $(if name == stringify!($fact) { return Some($fact.to_string()); })*
                        None
                    })*
                }
            }
        }
    };
}

refusals! {
    // The request as such.
    MethodUnsupported { method: String },
    TooLarge { limit: u64 },
    /// Too large for the older signature, though not for the newer one.
    TooLargeForScheme { limit: u64 },
    BodyMalformed {},
    /// A piece of a query or form has no `=`.
    PieceMalformed {},
    MultipartMalformed {},
    /// The body is of a kind that no action of the product takes, or not what such a body would have to be.
    MediaTypeUnfit { media_type: String },
    FormatUnknown { format: String },
    CommonMissing { name: &'static str },
    CommonType { name: &'static str },
    ProductUnknown {},
    VersionUnknown { version: String },
    ActionUnknown { action: String },
    /// The vendor has the action and this emulator does not serve it.
    ActionUnserved { action: String },
    RegionInvalid { region: String },
    // Who is asking.
    AuthorizationMalformed { piece: &'static str },
    SignatureMethodUnknown { method: String },
    SignatureVersionUnknown { version: String },
    TimestampFormat {},
    TimestampExpired {},
    KeyUnknown { key: String },
    KeyDisabled { key: String },
    /// The key exists but is not of the kind that may call this API.
    KeyUnfit { key: String },
    SessionTokenMissing {},
    SessionTokenMalformed {},
    SessionTokenMismatch {},
    SessionTokenExpired {},
    SignatureMismatch { string_to_sign: String },
    /// The same, told without what was signed.
    SignatureMismatchUntold {},
    /// The same for a scheme that signs a canonical request.
    CanonicalMismatch { string_to_sign: String, canonical_request: String },
    NonceUsed { nonce: String },
    Throttled { count: u64, limit: u64 },
    AddressDenied { address: String },
    AddressNotAllowed { address: String },
    /// The account's access policy does not grant the action to this key.
    PolicyDenied { action: String },
    // Parameters of the action.
    ParamUnknown { name: String },
    ParamMissing { name: &'static str },
    ParamType { name: String, expected: &'static str },
    ParamInvalid { name: &'static str },
    /// The same where nothing but a wrong parameter is told.
    ParamUnfit { name: &'static str },
    /// Blank, or absent although another parameter calls for it: its name on the wire, and the name that
    /// the service behind the gateway has for it.
    ParamEmpty { name: &'static str, field: &'static str },
    ParamTooLong { name: &'static str, limit: usize },
    /// A text that should hold JSON of a certain shape does not.
    ParamShape { name: &'static str },
    ParamNotArray { name: &'static str },
    /// Two parameters contradict each other.
    ParamConflict { name: &'static str },
    UsesOutOfRange { uses: String },
    LifetimeOutOfRange { name: &'static str },
    LifetimeTooLong { minutes: i64, limit: i64 },
    // The world.
    OrganizationUnknown {},
    InstanceMissing {},
    InstanceExpired {},
    EditionUnfit {},
    FeatureMissing { feature: &'static str },
    CallerNotAdmin {},
    CallerNotWorkspaceAdmin {},
    CallerNotAuthorized {},
    CallerInvalid {},
    ObjectForbidden {},
    WorkUnknown { work: String },
    /// The work is missed in the lineage, whose text is one of its own.
    LineageUnknown { work: String },
    /// A user that an action shall tell of; a ticket for one is refused otherwise.
    UserUntold { user: String },
    /// The same of a project.
    ProjectUntold { project: String },
    /// The same of a page.
    PageUntold { page: String },
    /// The same of an API key of a corporation.
    ApiKeyUntold { key: String },
    WorkspaceUnknown { workspace: String },
    /// The user is there, and not in the workspace.
    MemberUnknown { user: String },
    /// The same in a project.
    ProjectMemberUnknown { user: String },
    GroupUnknown { group: String },
    /// The group that another one shall stand in.
    ParentGroupUnknown { group: String },
    GroupTaken { group: String },
    NameTaken { name: String },
    /// A user who shall join a group.
    JoinerUnknown { user: String },
    /// A user who shall have a right to a menu.
    ReceiverUnknown { user: String },
    TagUnknown { tag: String },
    /// The user cannot go while a workspace has him as a member.
    StillMember { user: String },
    /// The user cannot go from a workspace that is his.
    WorkspaceOwned { user: String },
    /// Nothing of somebody who goes can be handed over to this user.
    SuccessorUnfit { user: String },
    AlreadyMember { user: String },
    /// A visitor of the organization shall have a role in a workspace that visitors do not have.
    VisitorMember { user: String },
    /// The portal has no such menu.
    MenuUnknown { menu: String, portal: String },
    /// Nobody can have a right to a folder.
    FolderMenu { menu: String },
    /// The data set has no such rule.
    RuleUnknown { rule: String },
    /// The rule is another data set's.
    RuleForeign {},
    /// The data set is another organization's.
    DatasetForeign { dataset: String },
    RoleUnknown { role: String },
    DatasetUnknown { dataset: String },
    DatasourceUnknown { datasource: String },
    DashboardUnknown { work: String },
    WorkspaceForeign { work: String },
    EmbeddingOff {},
    /// More works would be embedded than the organization may embed.
    EmbeddingQuota {},
    /// The same of a page that is a chat, which says it in a text of its own.
    ChatEmbeddingOff {},
    DatasetGone { dataset: String },
    DatasourceGone { datasource: String },
    ComponentUnknown { component: String },
    WatermarkUnsupported {},
    UserUnknown { user: String },
    UserForeign { user: String },
    UserDuplicate { user: String },
    ProjectUnknown { project: String },
    PageUnknown { page: String },
    OutsideValidity {},
    // The ticket.
    TicketUnknown { ticket: String },
    TicketRevoked { ticket: String },
    TicketExpired { ticket: String },
    TicketUsedUp { ticket: String },
    TargetMismatch { ticket: String },
    TooManyTickets { limit: u64 },
    /// A parameter of a signed link is not as it was given out.
    LinkAltered { ticket: String, name: &'static str },
    /// The organization may not use signed links.
    LinksNotAllowed {},
    // The visit.
    TicketMissing {},
    /// A data call of an open page without the session that the visit made.
    SessionMissing { path: String },
}

impl Reason {
    /// The word that a refused visit carries in its header and page, where this reason can refuse one.
    pub const fn visit_kind(self) -> Option<&'static str> {
        match self {
            Self::TicketMissing => Some("no-ticket"),
            Self::TicketUnknown => Some("unknown-ticket"),
            Self::TicketRevoked => Some("revoked"),
            Self::TicketExpired => Some("expired"),
            Self::TicketUsedUp => Some("used-up"),
            Self::TargetMismatch => Some("wrong-target"),
            Self::LinkAltered => Some("altered-link"),
            Self::LinksNotAllowed => Some("links-not-allowed"),
            Self::EmbeddingOff | Self::ChatEmbeddingOff => Some("embedding-off"),
            Self::OutsideValidity => Some("outside-validity"),
            _ => None,
        }
    }
}
