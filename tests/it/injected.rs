//! Errors that a rule orders without arguments: whatever their text has to name, it names something.

use ticketbooth::call::Language;
use ticketbooth::cloud::catalog::{Action, Does, ErrorRow, ErrorScope, VISIT};
use ticketbooth::cloud::words::{Spoken, speak, speak_on_page};
use ticketbooth::cloud::{Denial, InjectedError, PageWords, Stamp, Vendor, VisitAsk, vendors};
use ticketbooth::domain::{Assumptions, RequestId, TargetHint};
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;
use ticketbooth::world::World;

use crate::kit::{alibaba_raw, json, raw, ruled};

/// The facts that a message has in the places of its template.
fn filled_facts<'t>(template: &'t str, message: &str) -> Option<Vec<(&'t str, String)>> {
    let mut facts = Vec::new();
    let (first, mut template) = template.split_at(template.find('{').unwrap_or(template.len()));
    let mut message = message.strip_prefix(first)?;
    while let Some((name, rest)) = template.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        let (literal, next) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        let end = if literal.is_empty() { message.len() } else { message.find(literal)? };
        facts.push((name, message[..end].to_owned()));
        (message, template) = (&message[end + literal.len()..], next);
    }
    Some(facts)
}

/// Complaints about what a client would read.
fn look_at(row: &ErrorRow, language: Language, code: &str, message: &str) -> Vec<String> {
    let text = row.texts.first().map_or(row.code, |text| text.in_language(language));
    let mut complaints = Vec::new();
    // A vendor may keep its text back and say the code.
    let of_text = filled_facts(text, message).or_else(|| (message == code).then(Vec::new));
    for facts in [of_text, filled_facts(row.code, code)] {
        let Some(facts) = facts else {
            complaints.push(format!("{code}: {message:?} is not of {text:?}"));
            continue;
        };
        let is_word = |name: &str, value: &str| value.trim().is_empty() || value == name || value.contains(['{', '}']);
        let wrong = facts.iter().filter(|(name, value)| *name != "string_to_sign" && is_word(name, value));
        complaints.extend(wrong.map(|(name, value)| format!("{code}: {{{name}}} became {value:?}: {message}")));
    }
    complaints
}

fn languages_of(vendor: &Vendor) -> &'static [Language] {
    if vendor.name == "tencent" { &[Language::English, Language::Chinese] } else { &[Language::English] }
}

/// The actions that can give the code. What the gateway says is the same for all, so one of each kind stands for the others.
fn actions_of(vendor: &Vendor, row: &ErrorRow) -> Vec<&'static Action> {
    let all = || vendor.catalog.actions.iter().chain(vendor.catalog.others).copied();
    if row.scope != ErrorScope::Gateway {
        return all().filter(|action| row.scope.covers_action(action.name)).collect();
    }
    let on_tickets = all().filter(|action| action.family().is_some());
    let tells = all().find(|action| matches!(action.does, Does::Tells(_)));
    on_tickets.chain(tells).chain(all().find(|action| matches!(action.does, Does::Nothing))).collect()
}

#[test]
fn an_error_that_a_rule_orders_names_no_placeholder() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for vendor in vendors() {
        for row in vendor.catalog.errors.iter().filter(|row| row.scope != ErrorScope::Visit) {
            for action in actions_of(vendor, row) {
                let target = format!("{}.{}", vendor.name, action.name);
                let rule = serde_json::json!([{ "id": "r", "on": target, "then": { "error": row.code } }]);
                let emulator = ruled(AuthMode::Off, &rule.to_string());
                for language in languages_of(vendor) {
                    let request = if vendor.name == "tencent" {
                        let wanted = if *language == Language::Chinese { "zh-CN" } else { "en-US" };
                        let headers = [
                            ("host", "127.0.0.1:4240"),
                            ("content-type", "application/json"),
                            ("x-tc-action", action.name),
                            ("x-tc-version", action.versions[0]),
                            ("x-tc-language", wanted),
                        ];
                        raw("POST", "/", &headers, b"{}")
                    } else {
                        alibaba_raw(action.versions[0], action.name, &[])
                    };
                    let body = json(&pipeline::serve(&emulator, request));
                    let error = if vendor.name == "tencent" { &body["Response"]["Error"] } else { &body };
                    let (code, message) = (error["Code"].as_str().unwrap(), error["Message"].as_str().unwrap());
                    wrong.extend(look_at(row, *language, code, message).iter().map(|line| format!("{target}: {line}")));
                    count += 1;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    println!("{count} ordered errors");
    assert!(count > 750, "{count}");
}

/// The actions that are known and not served, and the pages: rules apply to them too.
#[test]
fn nor_does_one_of_an_unserved_action_or_of_a_page() {
    let (world, assumptions) = (World::demo(), Assumptions::default());
    let mut wrong = Vec::new();
    for vendor in vendors() {
        let request_id = RequestId::new(uuid::Uuid::from_u128(7), vendor.answers.spelling);
        let stamp = Stamp { request_id, host: "127.0.0.1:4240", assumptions: &assumptions };
        for (row, language) in vendor
            .catalog
            .errors
            .iter()
            .flat_map(|row| languages_of(vendor).iter().map(move |language| (row, *language)))
        {
            let denial = || Denial::Injected(InjectedError::of_row(row));
            if row.scope == ErrorScope::Gateway {
                let action = vendor
                    .catalog
                    .known_actions
                    .iter()
                    .find(|known| !vendor.catalog.actions.iter().any(|served| served.name == known.name));
                let Some(known) = action else { continue };
                let spoken = Spoken {
                    action: known.name,
                    version: known.versions[0],
                    language,
                    stamp: &stamp,
                    of: None,
                    world: &world,
                };
                let said = speak(vendor, denial(), &spoken);
                wrong.extend(look_at(row, language, &said.code, &said.message));
            }
            if row.scope == ErrorScope::Gateway || row.scope.covers_action(VISIT) {
                let asked = TargetHint::default();
                let ask = VisitAsk { ticket: None, family: vendor.catalog.actions[0].family().unwrap(), asked };
                let page = PageWords { request_id, world: &world, ask: &ask, language, assumptions: &assumptions };
                let said = speak_on_page(vendor, denial(), &page);
                wrong.extend(look_at(row, language, &said.code, &said.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
