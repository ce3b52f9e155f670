//! The assumptions about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence, Side};

switch! {
    pub static CREATE_TICKET_CAP: CreateTicketCapChoice { Minutes240 = "240", Unlimited = "none" } = Assumption {
        name: "alibaba.create_ticket_cap",
        default: "240",
        effect: "The longest ExpireTime of CreateTicket, in minutes.",
        reason: "The 2021 page caps ExpireTime at 240 minutes and newer ones leave the cap out; code in public asks for \
                 weeks.",
        settle: "Ask CreateTicket for ExpireTime 300: an error means `240`, a ticket means `none`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static UNNAMED_MODULE_USER: UnnamedModuleUserChoice { Caller = "caller", Maker = "maker" } = Assumption {
        name: "alibaba.unnamed_module_user",
        default: "caller",
        effect: "Whose the tickets of CreateTicket4Copilot and CreateTicket4AiPro are where no user is named.",
        reason: "The newest SDK says the caller, the English page says the owner.",
        settle: "Create a ticket for a module that somebody else made, and ask QueryTicketInfo for its UserId: your own means \
                 `caller`, that of whoever made the module means `maker`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ZERO_LIFETIME: ZeroLifetimeChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "alibaba.zero_lifetime",
        default: "accept",
        effect: "Whether CreateTicket takes an ExpireTime of 0.",
        reason: "CreateTicket names no lower bound and an extension may be 0 minutes, so a ticket of 0 minutes is made and \
                 ends at once.",
        settle: "Ask CreateTicket for ExpireTime 0: a ticket means `accept`, an error means `refuse`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DELAY_BASE: DelayBaseChoice { Expiry = "expiry", Now = "now" } = Assumption {
        name: "alibaba.delay_base",
        default: "expiry",
        effect: "The time from which DelayTicketExpireTime counts its minutes.",
        reason: "The page speaks of time to be added, and its sample ticket lives longer than one extension from now \
                 could reach.",
        settle: "Create a ticket of 60 minutes, extend it by 30 at once, and read InvalidTime with QueryTicketInfo: \
                 90 minutes after the creation means `expiry`, an end 30 minutes from the call, or no change, means \
                 `now`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DELAY_CAP: DelayCapChoice { Unlimited = "none", Minutes240 = "240" } = Assumption {
        name: "alibaba.delay_cap",
        default: "none",
        effect: "How far beyond now an extension may move the end of a ticket, in minutes.",
        reason: "Each call adds at most 240 minutes; a sample ticket of twenty days speaks against a bound on their sum.",
        settle: "Create a ticket of 240 minutes and call DelayTicketExpireTime with 240 twice: two answers without \
                 an error, and an InvalidTime 12 hours away, mean `none`, an error or an end 4 hours away means \
                 `240`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static EXTEND_USED_UP: ExtendUsedUpChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "alibaba.extend_used_up",
        default: "accept",
        effect: "Whether a ticket that is used up can be extended.",
        reason: "Only expired tickets are said to be beyond extension, though the list of the action has the code for a \
                 used-up one.",
        settle: "Create a ticket with TicketNum 1, open it once, and call DelayTicketExpireTime with it: a success \
                 means `accept`, an error means `refuse`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static UPDATE_TICKET_NUM: UpdateTicketNumChoice { Remaining = "remaining", Maximum = "maximum" } = Assumption {
        name: "alibaba.update_ticket_num",
        default: "remaining",
        effect: "What the TicketNum of UpdateTicketNum counts: the visits that remain, or all of them.",
        reason: "TicketNum may be 99998 here and 99999 at creation, which fits visits left better than a total.",
        settle: "Create a ticket with TicketNum 5, open it twice, set TicketNum to 3 with UpdateTicketNum, and count \
                 how often it still opens: three times means `remaining`, once means `maximum`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static USER_AND_ACCOUNT: UserAndAccountChoice { UserId = "user_id", Refuse = "refuse" } = Assumption {
        name: "alibaba.user_and_account",
        default: "user_id",
        effect: "What becomes of a call that names UserId and AccountName.",
        reason: "Only one of UserId and AccountName is to be given and no code is named for both, so the id goes first.",
        settle: "Ask CreateTicket for a ticket with the UserId of one member and the AccountName of another: a \
                 ticket that shows the data of the first means `user_id`, an error means `refuse`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static EMBED_TOKEN_LIMIT: EmbedTokenLimitChoice { Off = "off", One = "1", Ten = "10", Hundred = "100" } = Assumption {
        name: "alibaba.embed_token_limit",
        default: "off",
        effect: "How many live embed tokens one user may have.",
        reason: "There is a code for too many live tokens of one user and no page says how many that is.",
        settle: "Create embed tokens for one UserId until the error about too many of them comes, and let each live: \
                 the number that went through is the limit (`1`, `10`, `100`), and no error after 101 means `off`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DEFAULT_FORMAT_V2: DefaultFormatV2Choice { Xml = "xml", Json = "json" } = Assumption {
        name: "alibaba.default_format_v2",
        default: "xml",
        effect: "The form of the answer to an older call without Format.",
        reason: "The vendor's page on results names XML for calls without Format; pages of a few other products say JSON.",
        settle: "Send a call that is signed with HMAC-SHA1 and has no Format: a body that begins with `<` means \
                 `xml`, one that begins with `{` means `json`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DEFAULT_FORMAT_ACS3: DefaultFormatAcs3Choice { Json = "json", Xml = "xml" } = Assumption {
        name: "alibaba.default_format_acs3",
        default: "json",
        effect: "The form of the answer to a newer call without Accept.",
        reason: "The newer SDKs ask for JSON in Accept themselves; without any word the same is taken.",
        settle: "Send a call that is signed with ACS3-HMAC-SHA256 and has no Accept header: a body that begins with \
                 `{` means `json`, one that begins with `<` means `xml`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static TIME_ZONE: AlibabaTimeZoneChoice { Utc8 = "utc+8", Utc = "utc" } = Assumption {
        name: "alibaba.time_zone",
        default: "utc+8",
        effect: "The time zone of RegisterTime and InvalidTime.",
        reason: "RegisterTime and InvalidTime carry no zone and no page names one; the service is at home in UTC+8.",
        settle: "Create a ticket, and compare RegisterTime of QueryTicketInfo with the Date header of the same \
                 answer: eight hours ahead means `utc+8`, the same hour means `utc`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static MISMATCH_TEXT: MismatchTextChoice { Mismatch = "mismatch", NotExist = "not_exist" } = Assumption {
        name: "alibaba.mismatch_text",
        default: "mismatch",
        effect: "The text of the page for a ticket of another work.",
        reason: "Visitors with the ticket of another work saw the text about the mismatch, and also the one about an \
                 unknown ticket with empty brackets.",
        settle: "Put the ticket of one work into the link of another and read the page: a text about a ticket that \
                 does not fit the work means `mismatch`, one about a ticket that does not exist means `not_exist`.",
        evidence: Evidence::Seen,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static NONCE_LIFETIME: NonceLifetimeChoice { QuarterHour = "15m", Day = "24h" } = Assumption {
        name: "alibaba.nonce_lifetime",
        default: "15m",
        effect: "How long a nonce is remembered.",
        reason: "The vendor refuses a nonce that was seen before and names no time after which it forgets it; 15 \
                 minutes is how long the request itself stays good.",
        settle: "Sign two calls with one nonce and fresh times 20 minutes apart: a success of the second means \
                 `15m`, an error about the nonce means `24h`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ACS3_NONCE: Acs3NonceChoice { Optional = "optional", Required = "required" } = Assumption {
        name: "alibaba.acs3_nonce",
        default: "optional",
        effect: "Whether a newer call needs a nonce.",
        reason: "The page of the newer signature calls the nonce optional, while every official client sends one.",
        settle: "Send an ACS3 call without x-acs-signature-nonce that is signed right: a success means `optional`, \
                 an error means `required`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static NOTHING_NAMED: NothingNamedChoice { Version = "version", Action = "action" } = Assumption {
        name: "alibaba.nothing_named",
        default: "version",
        effect: "The code of a call with a key and neither action nor version.",
        reason: "A call with an access key alone was seen to be answered with the code of an invalid version; that the action \
                 is missed first is the other reading of the rules.",
        settle: "Send a GET with AccessKeyId alone and read Code: the one about an invalid version means `version`, the one \
                 about a missing action means `action`.",
        evidence: Evidence::Seen,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static NO_AUTHORIZATION: AlibabaNoAuthorizationChoice { MissingKey = "missing_key", IncompleteSignature = "incomplete_signature" } = Assumption {
        name: "alibaba.no_authorization",
        default: "missing_key",
        effect: "The code of a newer call without any credential.",
        reason: "A thread shows the code for a missing key on a newer call without any credential; whether each \
                 gateway says so is open.",
        settle: "Send an ACS3 call without Authorization and read Code: the one about a missing access key means \
                 `missing_key`, the one about an incomplete signature means `incomplete_signature`.",
        evidence: Evidence::Seen,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static MALFORMED_AUTHORIZATION: MalformedAuthorizationChoice { IncompleteSignature = "incomplete_signature", MissingPart = "missing_part" } = Assumption {
        name: "alibaba.malformed_authorization",
        default: "incomplete_signature",
        effect: "The code of an Authorization without one of its parts.",
        reason: "There is a code for signatures of a wrong form; the alternative names the part that is not \
                 there.",
        settle: "Send an ACS3 call whose Authorization lacks its SignedHeaders part and read Code: the one about an \
                 incomplete signature means `incomplete_signature`, one that names the part means `missing_part`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static BODY_HASH: BodyHashChoice { SignatureMismatch = "signature_mismatch", IncompleteSignature = "incomplete_signature" } = Assumption {
        name: "alibaba.body_hash",
        default: "signature_mismatch",
        effect: "The code of a body whose digest is not the one that was sent.",
        reason: "No code is named for a body that is not the one whose digest was sent; such a call was signed \
                 for another body.",
        settle: "Sign an ACS3 call with x-acs-content-sha256 of one body, send another body, and read Code: the one \
                 about a signature that does not match means `signature_mismatch`, the one about an incomplete \
                 signature means `incomplete_signature`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static WRONG_TYPE: WrongTypeChoice { Gateway = "gateway", Service = "service" } = Assumption {
        name: "alibaba.wrong_type",
        default: "gateway",
        effect: "The code of a parameter that cannot be read as its type.",
        reason: "The gateway has a code for each parameter that cannot be read, the service behind it one for \
                 all; which of them sees the value first is open. An action that does not list the service's code \
                 keeps the gateway's.",
        settle: "Ask CreateTicket for TicketNum `many` and read Code: one that names TicketNum means `gateway`, the \
                 general one for parameters means `service`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static MISSING_PARAM: MissingParamChoice { Gateway = "gateway", Service = "service" } = Assumption {
        name: "alibaba.missing_param",
        default: "gateway",
        effect: "The code of a call without a parameter that it needs.",
        reason: "The gateway has a code for each required parameter, and the lists of some actions have the \
                 service's code for an empty one as well. An action that does not list that keeps the gateway's.",
        settle: "Call DelayTicketExpireTime without Ticket and read Code: one that names the parameter means \
                 `gateway`, the general one for parameters means `service`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static FIELD_NAMES: FieldNamesChoice { LowerCamel = "lower_camel", AsSent = "as_sent" } = Assumption {
        name: "alibaba.field_names",
        default: "lower_camel",
        effect: "How messages spell the names of parameters.",
        reason: "The pages print a placeholder where the name of a parameter goes, so whether it is the service's \
                 own spelling or that of the request is not shown.",
        settle: "Provoke an error of the service whose message names a parameter, as an ExpireTime out of range, and \
                 read the name: `expireTime` means `lower_camel`, `ExpireTime` means `as_sent`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static FAILED_LOAD: FailedLoadChoice { Free = "free", TakesUse = "takes_use" } = Assumption {
        name: "alibaba.failed_load",
        default: "free",
        effect: "Whether a refused visit takes one use of its ticket.",
        reason: "Each access takes one use; whether one that ends in an error view is an access is not said.",
        settle: "Create a ticket with TicketNum 1, open it once in the link of another work, then in its own: a page \
                 that opens means `free`, one about a used-up ticket means `takes_use`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ERROR_VIEW_STATUS: ErrorViewStatusChoice { Status200 = "200", Status403 = "403" } = Assumption {
        name: "alibaba.error_view_status",
        default: "200",
        effect: "The HTTP status of an error view.",
        reason: "The texts of the error views stand in public, the HTTP status they come with does not.",
        settle: "Open a link with a ticket that was deleted, and read the HTTP status of the page that shows the \
                 error: 200 means `200`, 403 means `403`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static VISIT_ORDER: VisitOrderChoice { TargetFirst = "target_first", UsesFirst = "uses_first" } = Assumption {
        name: "alibaba.visit_order",
        default: "target_first",
        effect: "What is said of a used-up ticket in the link of another work.",
        reason: "Of a ticket that is used up and stands in the link of another work, no source tells which of the \
                 two the page complains about.",
        settle: "Use up a ticket with TicketNum 1, then open it in the link of another work: a text about the other \
                 work means `target_first`, one about the number of visits means `uses_first`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static PAGE_PATHS: PagePathsChoice { Any = "any", Known = "known" } = Assumption {
        name: "alibaba.page_paths",
        default: "any",
        effect: "Whether pages open under paths that are not public.",
        reason: "The paths of dashboards, workbooks, screens and retrieval pages are public; those of ad-hoc \
                 analysis and data entry are not, so any path in their place opens.",
        settle: "Nobody settles this for all works, since it is about paths that we do not know: copy the link of an \
                 analysis or a data entry from the console, and if its path opens here under `known`, you need `any` \
                 no more.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Emulator,
    };
}

switch! {
    pub static RECOMMEND_PRODUCT: RecommendProductChoice { QuickbiPublic = "quickbi-public", Quickbi = "quickbi" } = Assumption {
        name: "alibaba.recommend_product",
        default: "quickbi-public",
        effect: "The product in the link of Recommend.",
        reason: "The link for troubleshooting carries a product, and its name for Quick BI is not documented; the \
                 API goes by the longer one.",
        settle: "Read the product in the link of Recommend in any error of Quick BI: `quickbi-public` or `quickbi`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static XML_LISTS: XmlListsChoice { Nested = "nested", Flat = "flat" } = Assumption {
        name: "alibaba.xml_lists",
        default: "nested",
        effect: "How a list stands in an answer in XML.",
        reason: "No answer of Quick BI with a list was seen as XML: each item repeats the name of its field, \
                 inside an element of that name or without one.",
        settle: "Call with Format XML an action that answers with a list, and look at its items: an element of the \
                 list's name with items of the same name inside means `nested`, items without one around them mean \
                 `flat`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static V2_MISMATCH_TEXT: V2MismatchTextChoice { WithString = "with_string", Bare = "bare" } = Assumption {
        name: "alibaba.v2_mismatch_text",
        default: "with_string",
        effect: "Whether the message of a wrong older signature quotes the string that was signed.",
        reason: "Threads quote the text with the string that the gateway signed, and the classic Python client \
                 relies on its colon; the alternative ends before it.",
        settle: "Send an HMAC-SHA1 call that is signed with a wrong secret and read Message: a text that ends with \
                 the string to sign means `with_string`, one without it means `bare`.",
        evidence: Evidence::Seen,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static TICKET_STORE: TicketStoreChoice { Shared = "shared", ByVersion = "by_version" } = Assumption {
        name: "alibaba.ticket_store",
        default: "shared",
        effect: "Whether both versions of the API see the same tickets.",
        reason: "The ticket actions exist in both versions, and no page says whether one finds the tickets of the \
                 other.",
        settle: "Create a ticket with version 2022-01-01 and ask for it with QueryTicketInfo of 2021-03-25: its data \
                 mean `shared`, an error about an unknown ticket means `by_version`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static OPTIONS_METHOD: OptionsMethodChoice { Cors = "cors", Plain = "plain", Refuse = "refuse" } = Assumption {
        name: "alibaba.options_method",
        default: "cors",
        effect: "The answer to an OPTIONS request.",
        reason: "Older gateways named the allowed methods, OPTIONS among them, in headers on their answers; what \
                 a question before a call gets today is not shown.",
        settle: "Send OPTIONS / to the public endpoint: an empty success with Access-Control-Allow headers means \
                 `cors`, one without them means `plain`, an error means `refuse`.",
        evidence: Evidence::Seen,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static HEAD_METHOD: HeadMethodChoice { Refuse = "refuse", Accept = "accept" } = Assumption {
        name: "alibaba.head_method",
        default: "refuse",
        effect: "Whether a HEAD request is served.",
        reason: "HEAD is not among the methods that the gateway named as allowed, and no answer to one is public.",
        settle: "Send a call that is signed for HEAD: status 200 means `accept`, an error status means `refuse`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

impl EmbedTokenLimitChoice {
    /// The most live tokens that one user may have; `None`: any number.
    pub const fn most(self) -> Option<u32> {
        match self {
            Self::Off => None,
            Self::One => Some(1),
            Self::Ten => Some(10),
            Self::Hundred => Some(100),
        }
    }
}

switch! {
    pub static OPEN_PAGE: OpenPageChoice { Ends = "ends", Stays = "stays" } = Assumption {
        name: "alibaba.open_page",
        default: "ends",
        effect: "Whether an open page gets no more data once its ticket has expired or was revoked.",
        reason: "A page gets its data with a session of its own; whether that ends with the ticket is not public.",
        settle: "Open a link whose ticket lives for a minute, wait two minutes, and change a filter of the page: an error \
                 means `ends`, new figures mean `stays`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static PREFETCH: PrefetchChoice { Free = "free", TakesUse = "takes_use" } = Assumption {
        name: "alibaba.prefetch",
        default: "free",
        effect: "Whether a page that a browser loads ahead of time, and says so, takes a use of its ticket.",
        reason: "Nobody has opened anything yet, and the browser loads the page again when somebody does; whether the \
                 vendor looks at the header that says so is not known.",
        settle: "Request the link of a ticket of one use with `Sec-Purpose: prefetch`, then open it in a browser: a page \
                 that opens means `free`, a refusal means `takes_use`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static MEMBER_DELETION: MemberDeletionChoice { Ends = "ends", Refused = "refused" } = Assumption {
        name: "alibaba.member_deletion",
        default: "ends",
        effect: "Whether DeleteUser ends the memberships of a user, or refuses a user who is a member of a workspace.",
        reason: "The page says that what the user owns in workspaces goes to a successor or to the owner of the workspace, \
                 which would never happen if members were refused; its list still has the code that refuses them.",
        settle: "Add a user, add him to a workspace, and call DeleteUser: a success means `ends`, the code \
                 Member.ExistInWorkspace.Error means `refused`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SIGNATURE_URL_PATH: SignatureUrlPathChoice { ByKind = "by_kind", Screen = "screen" } = Assumption {
        name: "alibaba.signature_url_path",
        default: "by_kind",
        effect: "The path in the address of BuildSignatureUrl: that of the kind of the work, or always that of a data screen.",
        reason: "The one address in public is that of a data screen, and the pages of tickets have a path for each kind.",
        settle: "Ask BuildSignatureUrl for a dashboard: a path under /token3rd/dashboard means `by_kind`, one under \
                 /token3rd/screen means `screen`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SIGNATURE_URL_MINUTES: SignatureUrlMinutesChoice { Minutes240 = "240", Minutes120 = "120" } = Assumption {
        name: "alibaba.signature_url_minutes",
        default: "240",
        effect: "How long an address of BuildSignatureUrl opens when the call has no ExpireMin, in minutes.",
        reason: "Tickets have a default of 240 minutes; the one address in public has a validityTime of 120, which its \
                 call may have asked for.",
        settle: "Call BuildSignatureUrl without ExpireMin and read validityTime in the address: it is the choice, `240` or \
                 `120`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SIGNATURE_URL_HOST: SignatureUrlHostChoice { With = "with", Without = "without" } = Assumption {
        name: "alibaba.signature_url_host",
        default: "with",
        effect: "Whether BuildSignatureUrl answers with a whole address or with path and query, when the call has no WithHost.",
        reason: "The model has WithHost as a text that need not be sent, and no page tells of it; an address with a host is \
                 of use to everybody.",
        settle: "Call BuildSignatureUrl without WithHost: a result that begins with https:// means `with`, one that begins \
                 with / means `without`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SIGNATURE_URL_WHITE_LIST: SignatureUrlWhiteListChoice { Listed = "listed", Unlisted = "unlisted" } = Assumption {
        name: "alibaba.signature_url_white_list",
        default: "listed",
        effect: "Whether the organizations of the world are on the vendor's list of those that may use addresses of \
                 BuildSignatureUrl; the page of one that is not refuses.",
        reason: "A help article quotes the refusal and says that the vendor keeps a list; who is on it is not told.",
        settle: "Open an address of BuildSignatureUrl: a report means `listed`, the text `your accessid is not allowed to \
                 use signature` means `unlisted`.",
        evidence: Evidence::Documented,
        speaks_of: Side::Cloud,
    };
}

pub static ASSUMPTIONS: &[&Assumption] = &[
    &CREATE_TICKET_CAP.row,
    &UNNAMED_MODULE_USER.row,
    &ZERO_LIFETIME.row,
    &DELAY_BASE.row,
    &DELAY_CAP.row,
    &EXTEND_USED_UP.row,
    &UPDATE_TICKET_NUM.row,
    &USER_AND_ACCOUNT.row,
    &EMBED_TOKEN_LIMIT.row,
    &DEFAULT_FORMAT_V2.row,
    &DEFAULT_FORMAT_ACS3.row,
    &TIME_ZONE.row,
    &MISMATCH_TEXT.row,
    &NONCE_LIFETIME.row,
    &ACS3_NONCE.row,
    &NOTHING_NAMED.row,
    &NO_AUTHORIZATION.row,
    &MALFORMED_AUTHORIZATION.row,
    &BODY_HASH.row,
    &WRONG_TYPE.row,
    &MISSING_PARAM.row,
    &FIELD_NAMES.row,
    &FAILED_LOAD.row,
    &ERROR_VIEW_STATUS.row,
    &VISIT_ORDER.row,
    &PAGE_PATHS.row,
    &RECOMMEND_PRODUCT.row,
    &XML_LISTS.row,
    &V2_MISMATCH_TEXT.row,
    &TICKET_STORE.row,
    &OPTIONS_METHOD.row,
    &HEAD_METHOD.row,
    &OPEN_PAGE.row,
    &PREFETCH.row,
    &MEMBER_DELETION.row,
    &SIGNATURE_URL_PATH.row,
    &SIGNATURE_URL_MINUTES.row,
    &SIGNATURE_URL_HOST.row,
    &SIGNATURE_URL_WHITE_LIST.row,
];
