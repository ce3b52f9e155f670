//! Walks the tables of every vendor, so that one bad row fails by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ticketbooth::cloud::catalog::{
    Action, CALL_FACTS, Does, ErrorRow, ErrorScope, ErrorText, ParamRule, StatusRule, VISIT, fill_template, row_for,
};
use ticketbooth::cloud::writing::{WriteStep, Writing};
use ticketbooth::cloud::{Vendor, vendor_named, vendors};
use ticketbooth::domain::{Evidence, Reason};

use crate::kit::read;

/// A list of codes as it stands on one page of a vendor: status, code and message in a line.
struct Page {
    vendor: &'static str,
    /// `None`: the list of the gateway.
    action: Option<&'static str>,
    /// The status of business errors in the version whose page it is.
    of_version: u16,
    lines: &'static str,
}

const PAGES: [Page; 6] = [
    Page { vendor: "tencent", action: None, of_version: 200, lines: include_str!("../catalogue/tencent-common.txt") },
    Page {
        vendor: "tencent",
        action: Some("CreateEmbedToken"),
        of_version: 200,
        lines: include_str!("../catalogue/tencent-CreateEmbedToken.txt"),
    },
    Page {
        vendor: "tencent",
        action: Some("ApplyEmbedInterval"),
        of_version: 200,
        lines: include_str!("../catalogue/tencent-ApplyEmbedInterval.txt"),
    },
    Page {
        vendor: "alibaba",
        action: Some("CreateEmbedToken"),
        of_version: 500,
        lines: include_str!("../catalogue/alibaba-CreateEmbedToken.txt"),
    },
    Page {
        vendor: "alibaba",
        action: Some("CreateTicket"),
        of_version: 400,
        lines: include_str!("../catalogue/alibaba-CreateTicket.txt"),
    },
    Page {
        vendor: "alibaba",
        action: Some("DelayTicketExpireTime"),
        of_version: 400,
        lines: include_str!("../catalogue/alibaba-DelayTicketExpireTime.txt"),
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

    fn errors(&self) -> &'static [&'static ErrorRow] {
        vendor_named(self.vendor).unwrap().catalog.errors
    }

    fn name(&self) -> String {
        format!("{}.{}", self.vendor, self.action.unwrap_or("*"))
    }
}

#[test]
fn a_code_has_one_row_among_calls_and_one_among_visits() {
    for vendor in vendors() {
        let mut seen = BTreeSet::new();
        for row in vendor.catalog.errors {
            assert!(seen.insert((row.scope == ErrorScope::Visit, row.code)), "{} has {} twice", vendor.name, row.code);
        }
    }
}

#[test]
fn every_row_says_something_and_names_its_source() {
    for vendor in vendors() {
        for row in vendor.catalog.errors {
            let name = format!("{} {}", vendor.name, row.code);
            assert!(!row.texts.is_empty() && !row.source.is_empty(), "{name} is bare");
            for text in row.texts {
                assert!(!text.english.is_empty() && text.chinese != Some(""), "{name} has an empty text");
                let twins = text.reasons.iter().collect::<BTreeSet<_>>().len();
                assert_eq!(twins, text.reasons.len(), "{name} names a reason twice");
            }
        }
        println!("{}: {}", vendor.name, statistics(vendor));
    }
}

fn statistics(vendor: &Vendor) -> String {
    let texts = || vendor.catalog.errors.iter().flat_map(|row| row.texts);
    let rows = |class: fn(&ErrorScope) -> bool| vendor.catalog.errors.iter().filter(|row| class(&row.scope)).count();
    let graded = |evidence: Evidence| texts().filter(|text| text.evidence == evidence).count();
    let reasons: BTreeSet<_> = texts().flat_map(|text| text.reasons).collect();
    format!(
        "{} rows ({} gateway, {} action, {} visit), {} texts ({} documented, {} seen, {} assumed), {} of {} reasons, \
         {} known actions, {} assumptions",
        vendor.catalog.errors.len(),
        rows(|scope| *scope == ErrorScope::Gateway),
        rows(|scope| matches!(scope, ErrorScope::Actions(_))),
        rows(|scope| *scope == ErrorScope::Visit),
        texts().count(),
        graded(Evidence::Documented),
        graded(Evidence::Seen),
        graded(Evidence::Assumed),
        reasons.len(),
        Reason::ALL.len(),
        vendor.catalog.known_actions.len(),
        vendor.catalog.assumptions.len(),
    )
}

#[test]
fn every_placeholder_is_a_fact_that_all_reasons_of_its_text_carry() {
    for vendor in vendors() {
        for row in vendor.catalog.errors {
            for text in row.texts {
                for words in [Some(row.code), Some(text.english), text.chinese].into_iter().flatten() {
                    for placeholder in placeholders(words) {
                        assert!(
                            is_fact(placeholder, text),
                            "{} {}: {{{placeholder}}} is no fact of every reason in {:?}",
                            vendor.name,
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
fn is_fact(placeholder: &str, text: &ErrorText) -> bool {
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
    for vendor in vendors() {
        for text in vendor.catalog.errors.iter().flat_map(|row| row.texts) {
            if let Some(chinese) = text.chinese {
                assert_eq!(placeholders(text.english), placeholders(chinese), "{}: {chinese}", vendor.name);
            }
        }
    }
}

/// What an action gives for things that are not there when its list has no code for them.
const STAND_IN: (&str, &str) = ("tencent", "UnauthorizedOperation.Authorize");

#[test]
fn a_reason_ends_in_at_most_one_text_of_the_action_and_one_of_the_gateway() {
    for vendor in vendors() {
        for action in vendor.catalog.rows().map(|action| action.name).chain([VISIT]) {
            let is_about_tickets = vendor.catalog.row_named(action).is_none_or(|row| row.family().is_some());
            // Only a ticket can be for a user of another organization; to the others nobody else's users are there.
            for reason in Reason::ALL.iter().filter(|reason| is_about_tickets || **reason != Reason::UserForeign) {
                // Behind the rows for which it stands in: the first one answers.
                let stands_in = |row: &&&ErrorRow| {
                    let is_it = (vendor.name, row.code) == STAND_IN;
                    is_it
                        && row_for(vendor.catalog.errors, action, *reason)
                            .is_some_and(|(first, _)| first.code != row.code)
                };
                let ends = |own: bool| {
                    let rows = vendor.catalog.errors.iter().filter(|row| (row.scope != ErrorScope::Gateway) == own);
                    let rows = rows.filter(|row| !stands_in(row));
                    let texts = rows.filter(|row| row.scope.covers_action(action)).flat_map(|row| row.texts);
                    texts.filter(|text| text.reasons.contains(reason)).count()
                };
                let name = format!("{}.{action} {}", vendor.name, reason.name());
                assert!(ends(true) <= 1, "{name} ends in {} rows of its own", ends(true));
                assert!(ends(false) <= 1, "{name} ends in {} rows of the gateway", ends(false));
            }
        }
    }
}

/// The reasons for which the code of this file refuses.
fn refused_in(text: &str) -> BTreeSet<Reason> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let words = code.split("Refusal::").skip(1).map(|rest| {
        let word: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        Reason::ALL.iter().copied().find(|reason| reason.name() == word)
    });
    words.flatten().collect()
}

/// What the reading of parameters by their rows can refuse.
fn refused_by_rows(vendor: &str, action: &Action) -> BTreeSet<Reason> {
    let of_rule = |rule: &ParamRule| match rule {
        ParamRule::Any => None,
        ParamRule::Minutes(_) => Some(Reason::LifetimeOutOfRange),
        ParamRule::Uses(_) => Some(Reason::UsesOutOfRange),
        ParamRule::Number(_) if matches!(action.does, Does::Tells(_) | Does::Writes(_)) => Some(Reason::ParamUnfit),
        ParamRule::Number(_) | ParamRule::OneOf(_) | ParamRule::Word(_) => Some(Reason::ParamInvalid),
        ParamRule::Chars(_) => Some(Reason::ParamTooLong),
    };
    let rules = action.params.iter().filter_map(|row| of_rule(&row.rule));
    // Tencent knows every name that a call may have.
    let always = [Reason::ParamMissing, Reason::ParamType];
    // To Tencent a blank is nothing, and only actions on tickets want one parameter because of another.
    let empty = (vendor != "tencent" || action.family().is_some()).then_some(Reason::ParamEmpty);
    let unknown = (vendor == "tencent").then_some(Reason::ParamUnknown);
    rules.chain(always).chain(empty).chain(unknown).collect()
}

/// The file of an action, and those beside it that it names.
fn refused_in_action(vendor: &str, action: &Action) -> BTreeSet<Reason> {
    let folder = format!("src/cloud/{vendor}/actions");
    let files = fs::read_dir(crate::kit::repository(&folder)).unwrap();
    let row = format!("name: \"{}\",", action.name);
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap()).filter(|name| name.ends_with(".rs"));
    let file = names.into_iter().find(|name| read(&format!("{folder}/{name}")).contains(&row)).expect(action.name);
    let text = read(&format!("{folder}/{file}"));
    // In a file of several actions, what follows a row up to the next one is of that action.
    let pieces: Vec<&str> = text.split("pub static ").filter(|piece| piece.contains("name: \"")).collect();
    let is_shared = pieces.iter().any(|piece| !piece.contains(&row));
    let own: String = pieces.into_iter().filter(|piece| !is_shared || piece.contains(&row)).collect();
    let shared = ["account", "global_param"]
        .into_iter()
        .filter(|shared| own.contains(&format!("{shared}(")) || own.contains(&format!("{shared}::")));
    let files = shared.map(|shared| format!("{folder}/{shared}.rs")).chain([format!("{folder}/mod.rs")]);
    let others = files.filter(|path| crate::kit::repository(path).exists()).flat_map(|path| refused_in(&read(&path)));
    others.chain(refused_in(&own)).collect()
}

/// What can be the matter with the ticket that an action is about, by what it does to it.
fn refused_for_the_ticket(action: &str) -> &'static [Reason] {
    const GONE: &[Reason] = &[Reason::TicketUnknown, Reason::TicketRevoked, Reason::TicketExpired];
    match action {
        "DelayTicketExpireTime" => &[
            Reason::TicketUnknown,
            Reason::TicketRevoked,
            Reason::TicketExpired,
            Reason::TicketUsedUp,
            Reason::LifetimeTooLong,
        ],
        "DelayEmbedToken" => {
            &[Reason::TicketUnknown, Reason::TicketRevoked, Reason::TicketExpired, Reason::LifetimeTooLong]
        }
        "ApplyEmbedInterval" | "ClearEmbedToken" => &[
            Reason::TicketUnknown,
            Reason::TicketRevoked,
            Reason::TicketExpired,
            Reason::TicketUsedUp,
            Reason::TargetMismatch,
        ],
        "DeleteTicket" | "UpdateTicketNum" | "QueryTicketInfo" | "QueryEmbedTokenInfo" | "DeleteEmbedToken" => GONE,
        _ => &[],
    }
}

/// A refusal without a row would have no words. The reasons are read from the code that refuses, so that a new
/// one needs no second list.
#[test]
fn whatever_a_call_can_be_refused_for_has_a_row() {
    let mut walked = 0;
    for vendor in vendors() {
        let name = vendor.name;
        let gates =
            ["src/gateway.rs".to_owned(), format!("src/cloud/{name}/checks.rs"), "src/cloud/vendor.rs".to_owned()];
        let gates: BTreeSet<Reason> = gates
            .iter()
            .flat_map(|file| refused_in(&read(file)))
            .chain(refused_in(&read("src/cloud/tencent/read.rs")))
            .chain([Reason::ActionUnserved])
            .collect();
        assert!(gates.len() > 20, "the gateway's files are read");
        for action in vendor.catalog.rows() {
            let own = match &action.does {
                Does::Tickets(_) => refused_in_action(name, action),
                Does::Writes(writing) => refused_in_writing(writing),
                Does::Tells(telling) => {
                    telling.needs.iter().map(|need| (need.unknown)(String::new()).reason()).collect()
                }
                Does::Nothing => BTreeSet::new(),
            };
            let ticket = refused_for_the_ticket(action.name).iter().copied();
            for reason in gates.iter().copied().chain(own).chain(refused_by_rows(name, action)).chain(ticket) {
                let found = row_for(vendor.catalog.errors, action.name, reason);
                assert!(found.is_some(), "{name}.{} has no row for {}", action.name, reason.name());
                walked += 1;
            }
        }
    }
    assert!(walked > 400, "{walked}");
}

fn refused_in_writing(writing: &Writing) -> BTreeSet<Reason> {
    let in_steps = writing.steps.iter().filter_map(|step| match step {
        WriteStep::SetEach(need, _) | WriteStep::MakeEach(need, ..) => Some((need.unknown)(String::new()).reason()),
        // A check has its reason beside it, so that a row that is missing here is seen.
        WriteStep::Check(reason, _) => Some(*reason),
        _ => None,
    });
    in_steps.chain(writing.needs.iter().map(|need| (need.unknown)(String::new()).reason())).collect()
}

/// Clients of one version tell a business error by its status.
#[test]
fn a_code_of_some_actions_only_has_the_status_of_its_version() {
    for row in
        vendor_named("alibaba").unwrap().catalog.errors.iter().filter(|row| matches!(row.scope, ErrorScope::Actions(_)))
    {
        assert_eq!(row.status, StatusRule::OfVersion, "{}", row.code);
    }
}

#[test]
fn every_kind_of_refused_visit_has_a_text_of_the_page() {
    for vendor in vendors() {
        for reason in Reason::ALL.iter().filter(|reason| reason.visit_kind().is_some()) {
            // The console of Quick BI sets no validity period and opens no chats; Tencent has no signed links.
            let elsewhere = match vendor.name {
                "alibaba" => [Reason::OutsideValidity, Reason::ChatEmbeddingOff],
                _ => [Reason::LinkAltered, Reason::LinksNotAllowed],
            };
            if elsewhere.contains(reason) {
                continue;
            }
            let row = row_for(vendor.catalog.errors, VISIT, *reason).map(|(row, _)| row);
            let shown = row.is_some_and(|row| row.scope == ErrorScope::Visit);
            assert!(shown, "{} shows nothing for {}", vendor.name, reason.name());
        }
    }
}

#[test]
fn a_page_without_codes_is_refused_under_the_kinds_of_a_refused_visit() {
    for row in vendor_named("tencent").unwrap().catalog.errors.iter().filter(|row| row.scope == ErrorScope::Visit) {
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
            let row = page.errors().iter().find(|row| row.code == code && covers(row, page));
            let row = row.unwrap_or_else(|| panic!("{name} has no row"));
            let answered = match row.status {
                StatusRule::Fixed(fixed) => fixed,
                StatusRule::OfVersion => page.of_version,
            };
            assert_eq!(answered, status, "{name}");
            let said = |message: &str| row.texts.iter().any(|text| as_printed(text.english) == message);
            assert!(message.is_none_or(said), "{name} does not say {message:?}");
        }
    }
}

fn covers(row: &ErrorRow, page: &Page) -> bool {
    page.action.map_or(row.scope == ErrorScope::Gateway, |action| row.scope.covers_action(action))
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
        for row in
            page.errors().iter().filter(|row| row.scope != ErrorScope::Gateway && row.scope.covers_action(action))
        {
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
    let rule = vendor_named("alibaba").unwrap().catalog.errors.iter().find(|row| row.code == "Missing{name}").unwrap();
    let spelt = ["Action", "Version", "AccessKeyId", "Signature", "SignatureNonce", "Timestamp", "SecurityToken"];
    for name in spelt {
        let filled = |template| fill_template(template, |fact| (fact == "name").then(|| name.to_owned()));
        let code = filled(rule.code);
        let row = vendor_named("alibaba")
            .unwrap()
            .catalog
            .errors
            .iter()
            .find(|row| row.code == code)
            .unwrap_or_else(|| panic!("{code} has no row"));
        assert_eq!(row.texts[0].english, filled(rule.texts[0].english));
        assert_eq!(row.status, rule.status, "{code}");
    }
}

#[test]
fn a_scope_names_known_actions_only() {
    for vendor in vendors() {
        for row in vendor.catalog.errors {
            let ErrorScope::Actions(sets) = row.scope else { continue };
            assert!(!sets.concat().is_empty(), "{} covers nothing", row.code);
            for action in &sets.concat() {
                assert!(
                    vendor.catalog.actions.iter().chain(vendor.catalog.others).any(|row| row.name == *action),
                    "{} names {action}",
                    row.code
                );
                assert!(
                    vendor.catalog.known_actions.iter().any(|known| known.name == *action),
                    "{action} is not known"
                );
            }
        }
    }
}

#[test]
fn every_action_is_known_once_with_its_versions_in_order() {
    for (vendor, length) in vendors().iter().zip([55, 158]) {
        assert_eq!(vendor.catalog.known_actions.len(), length);
        assert!(
            vendor.catalog.known_actions.is_sorted_by(|one, next| one.name < next.name),
            "{} is not in order",
            vendor.name
        );
        for known in vendor.catalog.known_actions {
            let ordered = known.versions.is_sorted_by(|one, next| one < next);
            assert!(!known.versions.is_empty() && ordered, "{} {:?}", known.name, known.versions);
        }
    }
}

#[test]
fn every_assumption_has_a_name_of_its_vendor_a_choice_and_a_reason() {
    for vendor in vendors() {
        let mut names = BTreeSet::new();
        for row in vendor.catalog.assumptions {
            assert!(names.insert(row.name), "{} stands there twice", row.name);
            assert!(row.name.starts_with(&format!("{}.", vendor.name)), "{} is of no vendor", row.name);
            let choices: BTreeSet<_> = row.choices.iter().collect();
            assert!(choices.len() == row.choices.len() && choices.len() > 1, "{} has no choice", row.name);
            assert_eq!(row.choices.first(), Some(&row.default), "{} does not begin with its default", row.name);
            assert!(row.reason.ends_with('.'), "{} has no reason", row.name);
        }
    }
}

#[test]
fn every_assumption_says_how_an_account_settles_it() {
    for row in vendors().iter().flat_map(|vendor| vendor.catalog.assumptions.iter()) {
        let settle = row.settle;
        assert!(settle.ends_with('.') && settle.len() > 40, "{}: {settle:?}", row.name);
        let quoted: BTreeSet<&str> = settle.split('`').skip(1).step_by(2).collect();
        let told = row.choices.iter().filter(|choice| quoted.contains(*choice)).count();
        // An experiment tells every choice from the others; who knows of none says why.
        assert!(told == row.choices.len() || settle.contains("obody"), "{} leaves out a choice: {settle}", row.name);
        let known = |word: &&str| !word.contains('_') || row.choices.contains(word);
        assert!(quoted.iter().all(known), "{} names a choice that it does not have: {settle}", row.name);
    }
}
