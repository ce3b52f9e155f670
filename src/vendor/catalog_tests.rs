//! Walks the tables of every vendor, so that one bad row fails by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{CALL_FACTS, ErrorRow, KnownAction, Scope, Status, Text, VISIT, fill, row_for};
use crate::domain::{Assumption, Evidence, Reason};
use crate::vendor::{alibaba, tencent};

struct Tables {
    vendor: &'static str,
    errors: &'static [&'static ErrorRow],
    known: &'static [KnownAction],
    assumptions: &'static [&'static Assumption],
    /// The actions whose rows stand here.
    served: &'static [&'static str],
    /// What any call can be refused for.
    any: &'static [Reason],
    /// What one action can be refused for beyond that.
    own: &'static [(&'static str, &'static [Reason])],
}

const TENCENT: Tables = Tables {
    vendor: "tencent",
    errors: tencent::errors::ERRORS,
    known: tencent::known::KNOWN,
    assumptions: tencent::assumptions::ASSUMPTIONS,
    served: &["CreateEmbedToken", "ApplyEmbedInterval", "ClearEmbedToken"],
    any: &[
        Reason::MethodUnsupported,
        Reason::TooLarge,
        Reason::TooLargeForScheme,
        Reason::BodyMalformed,
        Reason::PieceMalformed,
        Reason::MultipartMalformed,
        Reason::CommonMissing,
        Reason::CommonType,
        Reason::ProductUnknown,
        Reason::VersionUnknown,
        Reason::ActionUnknown,
        Reason::ActionUnserved,
        Reason::RegionInvalid,
        Reason::AuthorizationMalformed,
        Reason::TimestampFormat,
        Reason::TimestampExpired,
        Reason::KeyUnknown,
        Reason::KeyDisabled,
        Reason::KeyUnfit,
        Reason::SessionTokenMissing,
        Reason::SessionTokenMalformed,
        Reason::SessionTokenMismatch,
        Reason::SessionTokenExpired,
        Reason::SignatureMismatch,
        Reason::CanonicalMismatch,
        Reason::NonceUsed,
        Reason::Throttled,
        Reason::AddressDenied,
        Reason::AddressNotAllowed,
        Reason::PolicyDenied,
        Reason::ParamUnknown,
        Reason::ParamMissing,
        Reason::ParamType,
        Reason::ParamInvalid,
        Reason::ParamUnfit,
        Reason::ParamTooLong,
        Reason::UsesOutOfRange,
        Reason::LifetimeOutOfRange,
        Reason::LifetimeTooLong,
    ],
    own: &[
        ("CreateEmbedToken", &[Reason::UserUnknown, Reason::UserForeign]),
        ("CreateEmbedToken", EMBED),
        ("ApplyEmbedInterval", EMBED),
        ("ClearEmbedToken", EMBED),
    ],
};

/// What each of Tencent's embed actions can be refused for.
const EMBED: &[Reason] = &[
    Reason::ParamEmpty,
    Reason::ParamShape,
    Reason::ParamNotArray,
    Reason::ParamConflict,
    Reason::ProjectUnknown,
    Reason::PageUnknown,
    Reason::EmbeddingOff,
    Reason::OrganizationUnknown,
    Reason::CallerNotAdmin,
    Reason::EditionUnfit,
    Reason::TicketUnknown,
    Reason::TicketRevoked,
    Reason::TicketExpired,
    Reason::TicketUsedUp,
    Reason::TargetMismatch,
];

const ALIBABA: Tables = Tables {
    vendor: "alibaba",
    errors: alibaba::errors::ERRORS,
    known: alibaba::known::KNOWN,
    assumptions: alibaba::assumptions::ASSUMPTIONS,
    served: &[
        "CreateTicket",
        "DelayTicketExpireTime",
        "DeleteTicket",
        "UpdateTicketNum",
        "QueryTicketInfo",
        "CreateEmbedToken",
        "DelayEmbedToken",
        "QueryEmbedTokenInfo",
        "DeleteEmbedToken",
    ],
    any: &[
        Reason::MethodUnsupported,
        Reason::TooLarge,
        Reason::BodyMalformed,
        Reason::PieceMalformed,
        Reason::MultipartMalformed,
        Reason::FormatUnknown,
        Reason::CommonMissing,
        Reason::CommonType,
        Reason::ProductUnknown,
        Reason::VersionUnknown,
        Reason::ActionUnknown,
        Reason::ActionUnserved,
        Reason::AuthorizationMalformed,
        Reason::SignatureMethodUnknown,
        Reason::SignatureVersionUnknown,
        Reason::TimestampFormat,
        Reason::TimestampExpired,
        Reason::KeyUnknown,
        Reason::KeyDisabled,
        Reason::KeyUnfit,
        Reason::SessionTokenMissing,
        Reason::SessionTokenMalformed,
        Reason::SessionTokenMismatch,
        Reason::SessionTokenExpired,
        Reason::SignatureMismatch,
        Reason::CanonicalMismatch,
        Reason::NonceUsed,
        Reason::Throttled,
        Reason::AddressDenied,
        Reason::AddressNotAllowed,
        Reason::PolicyDenied,
        Reason::ParamMissing,
        Reason::ParamType,
        Reason::ParamEmpty,
        Reason::OrganizationUnknown,
        Reason::InstanceMissing,
        Reason::InstanceExpired,
        Reason::EditionUnfit,
        Reason::CallerNotAdmin,
        Reason::CallerNotWorkspaceAdmin,
        Reason::CallerNotAuthorized,
        Reason::CallerInvalid,
    ],
    own: &[
        ("CreateTicket", CREATION),
        (
            "CreateTicket",
            &[
                Reason::UsesOutOfRange,
                Reason::ParamTooLong,
                Reason::ParamShape,
                Reason::ParamNotArray,
                Reason::ComponentUnknown,
                Reason::WatermarkUnsupported,
                Reason::FeatureMissing,
            ],
        ),
        ("DelayTicketExpireTime", &[Reason::LifetimeOutOfRange, Reason::LifetimeTooLong, Reason::TicketUsedUp]),
        ("DelayTicketExpireTime", GONE),
        ("DeleteTicket", GONE),
        ("UpdateTicketNum", &[Reason::UsesOutOfRange]),
        ("UpdateTicketNum", GONE),
        ("QueryTicketInfo", GONE),
        ("CreateEmbedToken", CREATION),
        ("CreateEmbedToken", &[Reason::TooManyTickets]),
        ("DelayEmbedToken", &[Reason::LifetimeOutOfRange, Reason::LifetimeTooLong]),
        ("DelayEmbedToken", GONE),
        ("QueryEmbedTokenInfo", GONE),
        ("DeleteEmbedToken", GONE),
    ],
};

/// What can be wrong with a work and a person for whom something is to be made.
const CREATION: &[Reason] = &[
    Reason::LifetimeOutOfRange,
    Reason::ParamInvalid,
    Reason::ParamConflict,
    Reason::WorkUnknown,
    Reason::DashboardUnknown,
    Reason::EmbeddingOff,
    Reason::DatasetGone,
    Reason::DatasourceGone,
    Reason::WorkspaceForeign,
    Reason::UserUnknown,
    Reason::UserForeign,
    Reason::UserDuplicate,
];

const GONE: &[Reason] = &[Reason::TicketUnknown, Reason::TicketRevoked, Reason::TicketExpired];

const VENDORS: [&Tables; 2] = [&TENCENT, &ALIBABA];

/// A list of codes as it stands on one page of a vendor: status, code and message in a line.
struct Page {
    tables: &'static Tables,
    /// `None`: the list of the gateway.
    action: Option<&'static str>,
    /// The status of business errors in the version whose page it is.
    of_version: u16,
    lines: &'static str,
}

const PAGES: [Page; 6] = [
    Page {
        tables: &TENCENT,
        action: None,
        of_version: 200,
        lines: include_str!("../../tests/catalogue/tencent-common.txt"),
    },
    Page {
        tables: &TENCENT,
        action: Some("CreateEmbedToken"),
        of_version: 200,
        lines: include_str!("../../tests/catalogue/tencent-CreateEmbedToken.txt"),
    },
    Page {
        tables: &TENCENT,
        action: Some("ApplyEmbedInterval"),
        of_version: 200,
        lines: include_str!("../../tests/catalogue/tencent-ApplyEmbedInterval.txt"),
    },
    Page {
        tables: &ALIBABA,
        action: Some("CreateEmbedToken"),
        of_version: 500,
        lines: include_str!("../../tests/catalogue/alibaba-CreateEmbedToken.txt"),
    },
    Page {
        tables: &ALIBABA,
        action: Some("CreateTicket"),
        of_version: 400,
        lines: include_str!("../../tests/catalogue/alibaba-CreateTicket.txt"),
    },
    Page {
        tables: &ALIBABA,
        action: Some("DelayTicketExpireTime"),
        of_version: 400,
        lines: include_str!("../../tests/catalogue/alibaba-DelayTicketExpireTime.txt"),
    },
];

impl Page {
    /// Status, code and, where the page prints one, message.
    fn listed(&self) -> impl Iterator<Item = (u16, &'static str, Option<&'static str>)> {
        self.lines.lines().map(|line| {
            let mut cells = line.split('\t');
            let status = cells.next().unwrap().parse().unwrap();
            (status, cells.next().unwrap(), cells.next())
        })
    }

    fn name(&self) -> String {
        format!("{}.{}", self.tables.vendor, self.action.unwrap_or("*"))
    }
}

#[test]
fn a_code_has_one_row_among_calls_and_one_among_visits() {
    for tables in VENDORS {
        let mut seen = BTreeSet::new();
        for row in tables.errors {
            assert!(seen.insert((row.scope == Scope::Visit, row.code)), "{} has {} twice", tables.vendor, row.code);
        }
    }
}

#[test]
fn every_row_says_something_and_names_its_source() {
    for tables in VENDORS {
        for row in tables.errors {
            let name = format!("{} {}", tables.vendor, row.code);
            assert!(!row.texts.is_empty() && !row.source.is_empty(), "{name} is bare");
            for text in row.texts {
                assert!(!text.english.is_empty() && text.chinese != Some(""), "{name} has an empty text");
                let twins = text.reasons.iter().collect::<BTreeSet<_>>().len();
                assert_eq!(twins, text.reasons.len(), "{name} names a reason twice");
            }
        }
        println!("{}: {}", tables.vendor, statistics(tables));
    }
}

fn statistics(tables: &Tables) -> String {
    let texts = || tables.errors.iter().flat_map(|row| row.texts);
    let rows = |class: fn(&Scope) -> bool| tables.errors.iter().filter(|row| class(&row.scope)).count();
    let graded = |evidence: Evidence| texts().filter(|text| text.evidence == evidence).count();
    let reasons: BTreeSet<_> = texts().flat_map(|text| text.reasons).collect();
    format!(
        "{} rows ({} gateway, {} action, {} visit), {} texts ({} documented, {} seen, {} assumed), {} of {} reasons, \
         {} known actions, {} assumptions",
        tables.errors.len(),
        rows(|scope| *scope == Scope::Gateway),
        rows(|scope| matches!(scope, Scope::Actions(_))),
        rows(|scope| *scope == Scope::Visit),
        texts().count(),
        graded(Evidence::Documented),
        graded(Evidence::Seen),
        graded(Evidence::Assumed),
        reasons.len(),
        Reason::ALL.len(),
        tables.known.len(),
        tables.assumptions.len(),
    )
}

#[test]
fn every_placeholder_is_a_fact_that_all_reasons_of_its_text_carry() {
    for tables in VENDORS {
        for row in tables.errors {
            for text in row.texts {
                for words in [Some(row.code), Some(text.english), text.chinese].into_iter().flatten() {
                    for placeholder in placeholders(words) {
                        assert!(
                            is_fact(placeholder, text),
                            "{} {}: {{{placeholder}}} is no fact of every reason in {:?}",
                            tables.vendor,
                            row.code,
                            text.reasons
                        );
                    }
                }
            }
        }
    }
}

/// A text without reasons takes its values from a rule, yet by the name of some fact.
fn is_fact(placeholder: &str, text: &Text) -> bool {
    let carried = |reason: &Reason| reason.facts().contains(&placeholder);
    let scripted = text.reasons.is_empty() && Reason::ALL.iter().any(carried);
    let certain = !text.reasons.is_empty() && text.reasons.iter().all(carried);
    CALL_FACTS.contains(&placeholder) || scripted || certain
}

fn placeholders(words: &str) -> Vec<&str> {
    words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_languages_of_a_text_quote_the_same_facts() {
    for tables in VENDORS {
        for text in tables.errors.iter().flat_map(|row| row.texts) {
            if let Some(chinese) = text.chinese {
                assert_eq!(placeholders(text.english), placeholders(chinese), "{}: {chinese}", tables.vendor);
            }
        }
    }
}

#[test]
fn a_reason_ends_in_at_most_one_text_of_the_action_and_one_of_the_gateway() {
    for tables in VENDORS {
        for action in tables.served.iter().chain([&VISIT]) {
            for reason in Reason::ALL {
                let ends = |own: bool| {
                    let rows = tables.errors.iter().filter(|row| (row.scope != Scope::Gateway) == own);
                    let texts = rows.filter(|row| row.scope.covers(action)).flat_map(|row| row.texts);
                    texts.filter(|text| text.reasons.contains(reason)).count()
                };
                let name = format!("{}.{action} {}", tables.vendor, reason.name());
                assert!(ends(true) <= 1, "{name} ends in {} rows of its own", ends(true));
                assert!(ends(false) <= 1, "{name} ends in {} rows of the gateway", ends(false));
            }
        }
    }
}

#[test]
fn whatever_a_call_can_be_refused_for_has_a_row() {
    for tables in VENDORS {
        let any = tables.served.iter().flat_map(|action| tables.any.iter().map(move |reason| (*action, *reason)));
        let own = tables.own.iter().flat_map(|(action, reasons)| reasons.iter().map(move |reason| (*action, *reason)));
        for (action, reason) in any.chain(own) {
            let found = row_for(tables.errors, action, reason);
            assert!(found.is_some(), "{}.{action} has no row for {}", tables.vendor, reason.name());
        }
    }
}

#[test]
fn what_only_one_action_can_be_refused_for_is_no_matter_of_the_gateway() {
    for (action, reasons) in ALIBABA.own {
        for reason in *reasons {
            let (row, _) = row_for(ALIBABA.errors, action, *reason).unwrap();
            assert_eq!(row.status, Status::OfVersion, "{action} answers {} with {}", reason.name(), row.code);
        }
    }
}

#[test]
fn every_kind_of_refused_visit_has_a_text_of_the_page() {
    for tables in VENDORS {
        for reason in Reason::ALL.iter().filter(|reason| reason.visit_kind().is_some()) {
            // The console of Quick BI sets no validity period and opens no chats.
            let elsewhere = [Reason::OutsideValidity, Reason::ChatEmbeddingOff];
            if tables.vendor == "alibaba" && elsewhere.contains(reason) {
                continue;
            }
            let row = row_for(tables.errors, VISIT, *reason).map(|(row, _)| row);
            let shown = row.is_some_and(|row| row.scope == Scope::Visit);
            assert!(shown, "{} shows nothing for {}", tables.vendor, reason.name());
        }
    }
}

#[test]
fn a_page_without_codes_is_refused_under_the_kinds_of_a_refused_visit() {
    for row in TENCENT.errors.iter().filter(|row| row.scope == Scope::Visit) {
        for kind in row.texts.iter().flat_map(|text| text.reasons).filter_map(|reason| reason.visit_kind()) {
            assert!(row.code.starts_with(kind), "{kind} and {}", row.code);
        }
    }
}

#[test]
fn every_code_of_a_vendor_page_has_a_row_with_its_status_and_message() {
    for page in &PAGES {
        for (status, code, message) in page.listed() {
            let name = format!("{} {code}", page.name());
            let row = page.tables.errors.iter().find(|row| row.code == code && covers(row, page));
            let row = row.unwrap_or_else(|| panic!("{name} has no row"));
            let answered = match row.status {
                Status::Fixed(fixed) => fixed,
                Status::OfVersion => page.of_version,
            };
            assert_eq!(answered, status, "{name}");
            let said = |message: &str| row.texts.iter().any(|text| as_printed(text.english) == message);
            assert!(message.is_none_or(said), "{name} does not say {message:?}");
        }
    }
}

fn covers(row: &ErrorRow, page: &Page) -> bool {
    page.action.map_or(row.scope == Scope::Gateway, |action| row.scope.covers(action))
}

/// The text as a page prints it: with `%s` where a fact goes.
fn as_printed(template: &str) -> String {
    let mut printed = template.to_owned();
    for placeholder in placeholders(template) {
        printed = printed.replace(&format!("{{{placeholder}}}"), "%s");
    }
    printed
}

#[test]
fn an_action_gives_no_code_that_its_page_does_not_list() {
    for page in &PAGES {
        let Some(action) = page.action else { continue };
        let listed: BTreeSet<_> = page.listed().map(|(_, code, _)| code).collect();
        for row in page.tables.errors.iter().filter(|row| row.scope != Scope::Gateway && row.scope.covers(action)) {
            assert!(listed.contains(row.code), "{} does not list {}", page.name(), row.code);
        }
    }
}

#[test]
fn the_lists_of_the_pages_are_as_long_as_the_pages() {
    let lengths: BTreeMap<_, _> = PAGES.iter().map(|page| (page.name(), page.listed().count())).collect();
    let told = lengths.iter().map(|(name, length)| format!("{name} {length}")).collect::<Vec<_>>().join(", ");
    assert_eq!(
        told,
        "alibaba.CreateEmbedToken 13, alibaba.CreateTicket 30, alibaba.DelayTicketExpireTime 23, tencent.* 38, \
         tencent.ApplyEmbedInterval 16, tencent.CreateEmbedToken 17"
    );
}

#[test]
fn a_code_spelt_out_agrees_with_the_rule_for_missing_names() {
    let rule = ALIBABA.errors.iter().find(|row| row.code == "Missing{name}").unwrap();
    let spelt = ["Action", "Version", "AccessKeyId", "Signature", "SignatureNonce", "Timestamp", "SecurityToken"];
    for name in spelt {
        let filled = |template| fill(template, |fact| (fact == "name").then(|| name.to_owned()));
        let code = filled(rule.code);
        let row = ALIBABA.errors.iter().find(|row| row.code == code).unwrap_or_else(|| panic!("{code} has no row"));
        assert_eq!(row.texts[0].english, filled(rule.texts[0].english));
        assert_eq!(row.status, rule.status, "{code}");
    }
}

#[test]
fn a_scope_names_known_actions_only() {
    for tables in VENDORS {
        for row in tables.errors {
            let Scope::Actions(actions) = row.scope else { continue };
            assert!(!actions.is_empty(), "{} covers nothing", row.code);
            for action in actions {
                assert!(tables.served.contains(action), "{} names {action}", row.code);
                assert!(tables.known.iter().any(|known| known.name == *action), "{action} is not known");
            }
        }
    }
}

#[test]
fn every_action_is_known_once_with_its_versions_in_order() {
    for (tables, length) in VENDORS.into_iter().zip([55, 157]) {
        assert_eq!(tables.known.len(), length);
        assert!(tables.known.is_sorted_by(|one, next| one.name < next.name), "{} is not in order", tables.vendor);
        for known in tables.known {
            let ordered = known.versions.is_sorted_by(|one, next| one < next);
            assert!(!known.versions.is_empty() && ordered, "{} {:?}", known.name, known.versions);
        }
    }
}

#[test]
fn every_assumption_has_a_name_of_its_vendor_a_choice_and_a_reason() {
    for tables in VENDORS {
        let mut names = BTreeSet::new();
        for row in tables.assumptions {
            assert!(names.insert(row.name), "{} stands there twice", row.name);
            assert!(row.name.starts_with(&format!("{}.", tables.vendor)), "{} is of no vendor", row.name);
            let choices: BTreeSet<_> = row.choices.iter().collect();
            assert!(choices.len() == row.choices.len() && choices.len() > 1, "{} has no choice", row.name);
            assert_eq!(row.choices.first(), Some(&row.default), "{} does not begin with its default", row.name);
            assert!(row.reason.ends_with('.'), "{} has no reason", row.name);
        }
    }
}
