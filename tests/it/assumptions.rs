//! Every answer to every open question, shown end to end: what one choice does that the others do not.

use std::collections::BTreeSet;
use ticketbooth::cloud::catalog::to_rendered;

use serde_json::{Value, json};
use ticketbooth::call::{Call, Format, RawRequest};
use ticketbooth::cloud::{Stamp, alibaba, tencent, vendor_named};
use ticketbooth::domain::{Choice, Command, ExtendFrom, RequestId, Spelling, TargetHint, Terms, Timestamp};
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateClock, RateLimits, Settings};
use ticketbooth::emulator::{Backwards, Shift};
use ticketbooth::pipeline;
use ticketbooth::web;

use crate::kit::{
    self, NOON_UNIX, alibaba as quick_bi, alibaba_raw, assuming, code, open, raw, tencent as bi, tencent_raw, verdict,
};
use crate::signer;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const USER: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";

/// The row, one of its choices, and what the emulator does under that choice.
type Case = (&'static str, &'static str, fn(&Emulator) -> String, &'static str);

/// One case for each choice of each row: what is asked, and what comes of it.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("tencent.multi_token", "joined", three_tokens, "3 live tokens in BIToken"),
    ("tencent.multi_token", "first", three_tokens, "1 live tokens in BIToken"),
    ("tencent.token_num_cap", "100", a_hundred_and_one_tokens, "InvalidParameterValue"),
    ("tencent.token_num_cap", "none", a_hundred_and_one_tokens, "101 tokens"),
    ("tencent.lifetime_over_cap", "refuse", a_token_for_241_minutes, "InvalidParameterValue"),
    ("tencent.lifetime_over_cap", "clamp", a_token_for_241_minutes, "240 minutes"),
    ("tencent.user_token", "replace", two_tokens_of_one_user, "revoked, admitted"),
    ("tencent.user_token", "independent", two_tokens_of_one_user, "admitted, admitted"),
    ("tencent.extend_from", "now", a_token_of_30_minutes_extended, "30 minutes left"),
    ("tencent.extend_from", "expiry", a_token_of_30_minutes_extended, "60 minutes left"),
    ("tencent.extend_expired", "decline", an_expired_token_extended, "Result false, expired"),
    ("tencent.extend_expired", "refuse", an_expired_token_extended, "InvalidParameter.Embed, expired"),
    ("tencent.extend_expired", "revive", an_expired_token_extended, "Result true, admitted"),
    ("tencent.digits_as_integer", "refuse", a_project_id_as_json_text, "InvalidParameter"),
    ("tencent.digits_as_integer", "accept", a_project_id_as_json_text, "none"),
    ("tencent.replay", "accept", an_older_request_sent_twice, "none, none"),
    ("tencent.replay", "refuse", an_older_request_sent_twice, "none, AuthFailure.SignatureExpire"),
    ("tencent.raw_header_values", "accept", capital_letters_in_a_signed_header, "lower-cased: none, as sent: none"),
    ("tencent.raw_header_values", "refuse", capital_letters_in_a_signed_header,
        "lower-cased: none, as sent: AuthFailure.SignatureFailure"),
    ("tencent.plain_http", "accept", a_call_over_plain_http, "200 application/json"),
    ("tencent.plain_http", "refuse", a_call_over_plain_http, "403 text/plain"),
    ("tencent.time_zone", "utc+8", the_time_of_a_token, "2026-01-05 08:00:00"),
    ("tencent.time_zone", "utc", the_time_of_a_token, "2026-01-05 00:00:00"),
    ("tencent.visit_expired_text", "not_accessible", a_visit_with_an_expired_token, "expired: Page not accessible"),
    ("tencent.visit_expired_text", "out_of_validity", a_visit_with_an_expired_token, "expired: Out of validity range"),
    ("tencent.token_num_of_one", "ignore", two_tokens_of_a_type_that_makes_one, "none"),
    ("tencent.token_num_of_one", "refuse", two_tokens_of_a_type_that_makes_one, "InvalidParameter.Embed"),
    ("tencent.default_token_type", "by_user", tokens_without_a_type, "without a user: 100, with one: 200"),
    ("tencent.default_token_type", "100", tokens_without_a_type, "without a user: 100, with one: 100"),
    ("tencent.default_token_type", "200", tokens_without_a_type,
        "without a user: MissingParameter.MissingParam, with one: 200"),
    ("tencent.half_user", "refuse", a_token_for_half_a_user, "MissingParameter.MissingParam"),
    ("tencent.half_user", "unbound", a_token_for_half_a_user, "100"),
    ("tencent.default_scope", "by_page", tokens_without_a_scope, "with a page: page, without: panel"),
    ("tencent.default_scope", "panel", tokens_without_a_scope, "with a page: panel, without: panel"),
    ("tencent.default_scope", "refuse", tokens_without_a_scope,
        "with a page: MissingParameter.MissingParam, without: MissingParameter.MissingParam"),
    ("tencent.default_intention", "embed", a_token_for_a_whole_project, "InvalidParameter.Embed"),
    ("tencent.default_intention", "by_scope", a_token_for_a_whole_project, "chatBIEmbed"),
    ("tencent.bad_value_code", "value", values_out_of_range,
        "InvalidParameterValue, InvalidParameterValue, InvalidParameterValue, InvalidParameterValue"),
    ("tencent.bad_value_code", "parameter", values_out_of_range,
        "InvalidParameter, InvalidParameter, InvalidParameter, InvalidParameter"),
    ("tencent.bad_value_code", "embed", values_out_of_range,
        "InvalidParameter.Embed, InvalidParameter.Embed, InvalidParameter.Embed, InvalidParameter.Embed"),
    ("tencent.shape_code", "embed", a_filter_that_is_no_json, "InvalidParameter.Embed"),
    ("tencent.shape_code", "value", a_filter_that_is_no_json, "InvalidParameterValue"),
    ("tencent.absent_code", "service", a_token_for_no_project, "MissingParameter.MissingParam"),
    ("tencent.absent_code", "gateway", a_token_for_no_project, "MissingParameter"),
    ("tencent.unserved_action", "unsupported", an_action_without_behaviour, "UnsupportedOperation"),
    ("tencent.unserved_action", "unknown", an_action_without_behaviour, "InvalidAction"),
    ("tencent.row_id", "counter", ids_of_two_rows, "1, 2"),
    ("tencent.row_id", "random", ids_of_two_rows, "two numbers of nine digits"),
    ("tencent.row_author", "none", the_author_of_a_row, "null and null"),
    ("tencent.row_author", "caller", the_author_of_a_row,
        "\"AKIDlocaltest0000000000000000000000\" and \"AKIDlocaltest0000000000000000000000\""),
    ("tencent.bi_language", "header", a_refusal_in_both_languages, "en-US: Report embedding error., zh-CN: 报表嵌出类错误。"),
    ("tencent.bi_language", "english", a_refusal_in_both_languages,
        "en-US: Report embedding error., zh-CN: Report embedding error."),
    ("tencent.bi_language", "chinese", a_refusal_in_both_languages, "en-US: 报表嵌出类错误。, zh-CN: 报表嵌出类错误。"),
    ("tencent.unseen_texts", "describe", a_text_that_nobody_has_seen, "The product does not exist."),
    ("tencent.unseen_texts", "code", a_text_that_nobody_has_seen, "NoSuchProduct"),
    ("tencent.authorization_code", "authorization", malformed_authorizations,
        "date: AuthFailure.InvalidAuthorization, service: AuthFailure.InvalidAuthorization"),
    ("tencent.authorization_code", "signature", malformed_authorizations,
        "date: AuthFailure.SignatureFailure, service: AuthFailure.InvalidAuthorization"),
    ("tencent.no_authorization", "missing", a_call_without_authorization, "MissingParameter"),
    ("tencent.no_authorization", "malformed", a_call_without_authorization, "AuthFailure.InvalidAuthorization"),
    ("tencent.skipped_authorization", "malformed", a_call_that_skips_its_signature, "AuthFailure.InvalidAuthorization"),
    ("tencent.skipped_authorization", "missing", a_call_that_skips_its_signature, "MissingParameter"),
    ("tencent.multipart", "accept", a_multipart_call, "none"),
    ("tencent.multipart", "refuse", a_multipart_call, "InvalidParameter"),
    ("tencent.octet_stream", "json", a_call_of_raw_bytes, "none, InvalidParameter: Parameter error."),
    ("tencent.octet_stream", "refuse", a_call_of_raw_bytes,
        "InvalidParameter: Parameter error., InvalidParameter: Parameter error."),
    ("tencent.blanks_behind_signature", "ignore", a_signature_with_a_line_feed, "none, AuthFailure.SignatureFailure"),
    ("tencent.blanks_behind_signature", "refuse", a_signature_with_a_line_feed,
        "AuthFailure.SignatureFailure, AuthFailure.SignatureFailure"),
    ("tencent.action_case", "exact", an_action_in_lower_case, "InvalidAction"),
    ("tencent.action_case", "ignore", an_action_in_lower_case, "none"),
    ("tencent.other_paths", "accept", a_call_on_another_path, "200 application/json"),
    ("tencent.other_paths", "refuse", a_call_on_another_path, "404 text/plain"),
    ("tencent.rate_window", "fixed", fifteen_calls_in_each_of_two_seconds, "all of them come in"),
    ("tencent.rate_window", "sliding", fifteen_calls_in_each_of_two_seconds, "call 21 is refused"),
    ("tencent.throttled_count", "so_far", two_calls_over_the_limit, "`21`, `22`"),
    ("tencent.throttled_count", "first_over", two_calls_over_the_limit, "`21`, `21`"),
    ("tencent.refused_visit", "free", one_use_after_a_refused_visit, "wrong-target, admitted"),
    ("tencent.refused_visit", "takes_use", one_use_after_a_refused_visit, "wrong-target, used-up"),
    ("tencent.refused_visit_status", "200", the_status_of_a_refused_visit, "unknown-ticket: 200"),
    ("tencent.refused_visit_status", "403", the_status_of_a_refused_visit, "unknown-ticket: 403"),
    ("tencent.refused_visit_status", "404", the_status_of_a_refused_visit, "unknown-ticket: 404"),
    ("tencent.open_page", "ends", the_data_of_an_open_page_of_tencent, "6 rows, expired"),
    ("tencent.open_page", "stays", the_data_of_an_open_page_of_tencent, "6 rows, 6 rows"),
    ("tencent.prefetch", "free", a_page_of_tencent_that_is_loaded_ahead, "503, admitted"),
    ("tencent.prefetch", "takes_use", a_page_of_tencent_that_is_loaded_ahead, "200, used-up"),
    ("alibaba.open_page", "ends", the_data_of_an_open_page_of_alibaba, "6 rows, Authorize3rdTicket.Expired"),
    ("alibaba.open_page", "stays", the_data_of_an_open_page_of_alibaba, "6 rows, 6 rows"),
    ("alibaba.prefetch", "free", a_page_of_alibaba_that_is_loaded_ahead, "503, admitted"),
    ("alibaba.prefetch", "takes_use", a_page_of_alibaba_that_is_loaded_ahead, "200, used-up"),
    ("alibaba.unnamed_module_user", "caller", a_ticket_for_a_module_and_nobody, "46e537466d5e4a3aa1b2c3d4e92704c8"),
    ("alibaba.unnamed_module_user", "maker", a_ticket_for_a_module_and_nobody, "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e"),
    ("alibaba.member_deletion", "ends", the_deletion_of_a_member, "none"),
    ("alibaba.member_deletion", "refused", the_deletion_of_a_member, "Member.ExistInWorkspace.Error"),
    ("alibaba.signature_url_path", "by_kind", a_signed_link_of_a_dashboard, "/token3rd/dashboard/view/pc.htm"),
    ("alibaba.signature_url_path", "screen", a_signed_link_of_a_dashboard, "/token3rd/screen/view/pc.htm"),
    ("alibaba.signature_url_minutes", "240", the_minutes_of_a_signed_link, "240"),
    ("alibaba.signature_url_minutes", "120", the_minutes_of_a_signed_link, "120"),
    ("alibaba.signature_url_host", "with", the_beginning_of_a_signed_link, "http://127.0.0.1:4240"),
    ("alibaba.signature_url_host", "without", the_beginning_of_a_signed_link, ""),
    ("alibaba.signature_url_white_list", "listed", a_visit_by_a_signed_link, "admitted"),
    ("alibaba.signature_url_white_list", "unlisted", a_visit_by_a_signed_link, "links-not-allowed"),
    ("alibaba.create_ticket_cap", "240", a_ticket_for_129600_minutes, "Invalid.Parameter.Error"),
    ("alibaba.create_ticket_cap", "none", a_ticket_for_129600_minutes, "2026-04-05 08:00:00"),
    ("alibaba.zero_lifetime", "accept", a_ticket_for_no_time, "none, expired"),
    ("alibaba.zero_lifetime", "refuse", a_ticket_for_no_time, "Invalid.Parameter.Error, unknown-ticket"),
    ("alibaba.delay_base", "expiry", a_ticket_of_60_minutes_extended_by_30, "2026-01-05 09:30:00"),
    ("alibaba.delay_base", "now", a_ticket_of_60_minutes_extended_by_30, "2026-01-05 08:30:00"),
    ("alibaba.delay_cap", "none", a_full_ticket_extended_by_a_minute, "none"),
    ("alibaba.delay_cap", "240", a_full_ticket_extended_by_a_minute, "Invalid.Parameter.Error"),
    ("alibaba.extend_used_up", "accept", a_used_up_ticket_extended, "none"),
    ("alibaba.extend_used_up", "refuse", a_used_up_ticket_extended, "Authorize3rdTicket.Num.HasNoLeft"),
    ("alibaba.update_ticket_num", "remaining", two_uses_set_after_one_visit, "3 at most, 1 used"),
    ("alibaba.update_ticket_num", "maximum", two_uses_set_after_one_visit, "2 at most, 1 used"),
    ("alibaba.user_and_account", "user_id", a_ticket_for_an_id_and_an_account, USER),
    ("alibaba.user_and_account", "refuse", a_ticket_for_an_id_and_an_account, "Invalid.Parameter.Error"),
    ("alibaba.embed_token_limit", "off", tokens_of_one_user, "11 tokens"),
    ("alibaba.embed_token_limit", "1", tokens_of_one_user, "1 tokens, then Authorize3Rd.Token.ToMuch"),
    ("alibaba.embed_token_limit", "10", tokens_of_one_user, "10 tokens, then Authorize3Rd.Token.ToMuch"),
    ("alibaba.embed_token_limit", "100", a_hundred_and_one_tokens_of_one_user, "100 tokens, then Authorize3Rd.Token.ToMuch"),
    ("alibaba.default_format_v2", "xml", the_form_of_an_older_call, "text/xml;charset=utf-8"),
    ("alibaba.default_format_v2", "json", the_form_of_an_older_call, "application/json;charset=utf-8"),
    ("alibaba.default_format_acs3", "json", the_form_of_a_newer_call, "application/json;charset=utf-8"),
    ("alibaba.default_format_acs3", "xml", the_form_of_a_newer_call, "text/xml;charset=utf-8"),
    ("alibaba.time_zone", "utc+8", the_time_of_a_ticket, "2026-01-05 08:00:00"),
    ("alibaba.time_zone", "utc", the_time_of_a_ticket, "2026-01-05 00:00:00"),
    ("alibaba.mismatch_text", "mismatch", a_visit_of_another_work,
        "wrong-target: The report bound by ticket mismatch the actual report"),
    ("alibaba.mismatch_text", "not_exist", a_visit_of_another_work, "wrong-target: Ticket [] not exist"),
    ("alibaba.nonce_lifetime", "15m", one_nonce_after_sixteen_minutes, "none, none"),
    ("alibaba.nonce_lifetime", "24h", one_nonce_after_sixteen_minutes, "none, SignatureNonceUsed"),
    ("alibaba.acs3_nonce", "optional", a_newer_call_without_a_nonce, "none"),
    ("alibaba.acs3_nonce", "required", a_newer_call_without_a_nonce, "MissingSignatureNonce"),
    ("alibaba.nothing_named", "version", a_call_with_a_key_alone, "InvalidVersion, MissingVersion, MissingAction"),
    ("alibaba.nothing_named", "action", a_call_with_a_key_alone, "MissingAction, MissingVersion, MissingAction"),
    ("alibaba.no_authorization", "missing_key", a_call_of_nobody, "MissingAccessKeyId"),
    ("alibaba.no_authorization", "incomplete_signature", a_call_of_nobody, "IncompleteSignature"),
    ("alibaba.malformed_authorization", "incomplete_signature", headers_without_a_part,
        "IncompleteSignature, IncompleteSignature, IncompleteSignature"),
    ("alibaba.malformed_authorization", "missing_part", headers_without_a_part,
        "MissingSignatureMethod, MissingAccessKeyId, MissingSignature"),
    ("alibaba.body_hash", "signature_mismatch", another_body_than_was_signed, "SignatureDoesNotMatch"),
    ("alibaba.body_hash", "incomplete_signature", another_body_than_was_signed, "IncompleteSignature"),
    ("alibaba.wrong_type", "gateway", a_number_of_visits_in_letters, "InvalidTicketNum, InvalidTicketNum"),
    ("alibaba.wrong_type", "service", a_number_of_visits_in_letters, "Invalid.Parameter.Error, InvalidTicketNum"),
    ("alibaba.missing_param", "gateway", a_call_without_its_parameter, "MissingWorksId, MissingTicket"),
    ("alibaba.missing_param", "service", a_call_without_its_parameter, "System.Param.Empty, MissingTicket"),
    ("alibaba.field_names", "lower_camel", the_names_in_messages, "expireTime, accountType, [watermarkParam], globalParam"),
    ("alibaba.field_names", "as_sent", the_names_in_messages, "ExpireTime, AccountType, [WatermarkParam], GlobalParam"),
    ("alibaba.failed_load", "free", a_visit_after_a_failed_one, "wrong-target, admitted"),
    ("alibaba.failed_load", "takes_use", a_visit_after_a_failed_one, "wrong-target, used-up"),
    ("alibaba.error_view_status", "200", the_status_of_visits, "200 admitted, 200 used-up"),
    ("alibaba.error_view_status", "403", the_status_of_visits, "200 admitted, 403 used-up"),
    ("alibaba.visit_order", "target_first", a_used_up_ticket_for_another_work, "wrong-target"),
    ("alibaba.visit_order", "uses_first", a_used_up_ticket_for_another_work, "used-up"),
    ("alibaba.page_paths", "any", the_pages_that_open, "dashboard, analysis, dataForm"),
    ("alibaba.page_paths", "known", the_pages_that_open, "dashboard"),
    ("alibaba.recommend_product", "quickbi-public", the_product_of_an_error, "quickbi-public"),
    ("alibaba.recommend_product", "quickbi", the_product_of_an_error, "quickbi"),
    ("alibaba.xml_lists", "nested", a_list_as_xml, "<Result><Result>a</Result><Result>b</Result></Result>"),
    ("alibaba.xml_lists", "flat", a_list_as_xml, "<Result>a</Result><Result>b</Result>"),
    ("alibaba.v2_mismatch_text", "with_string", an_older_call_signed_wrong,
        "Specified signature is not matched with our calculation. server string to sign is:GET"),
    ("alibaba.v2_mismatch_text", "bare", an_older_call_signed_wrong,
        "Specified signature is not matched with our calculation."),
    ("alibaba.ticket_store", "shared", a_ticket_of_the_older_version, "none, none, admitted"),
    ("alibaba.ticket_store", "by_version", a_ticket_of_the_older_version, "none, Authorize3rdTicket.NotExist, admitted"),
    ("alibaba.options_method", "cors", a_question_before_a_call, "200, methods named"),
    ("alibaba.options_method", "plain", a_question_before_a_call, "200"),
    ("alibaba.options_method", "refuse", a_question_before_a_call, "UnsupportedHTTPMethod"),
    ("alibaba.head_method", "refuse", a_head_request, "UnsupportedHTTPMethod"),
    ("alibaba.head_method", "accept", a_head_request, "none"),
];

#[test]
fn every_choice_does_what_it_says() {
    for (name, choice, act, expected) in CASES {
        assert_eq!(act(&assuming(&[(name, choice)])), *expected, "{name}: {choice}");
    }
}

/// The answers that the cases consulted, as far as their own emulators remember.
pub fn consulted() -> BTreeSet<Choice> {
    let mut consulted = BTreeSet::new();
    for (name, choice, act, _) in CASES {
        let emulator = assuming(&[(name, choice)]);
        act(&emulator);
        let entries = emulator.default_sandbox().epoch().journal.extract().entries;
        consulted.extend(entries.iter().flat_map(|entry| entry.told.assumed_choices()));
    }
    consulted
}

#[test]
fn every_choice_of_every_assumption_has_a_case() {
    let mut missing: BTreeSet<(&str, &str)> =
        kit::assumptions().iter().flat_map(|row| row.choices.iter().map(|choice| (row.name, *choice))).collect();
    for (name, choice, ..) in CASES {
        assert!(missing.remove(&(name, choice)), "{name}: {choice} is no choice, or has two cases");
    }
    assert!(missing.is_empty(), "without a case: {missing:?}");
}

#[test]
fn no_two_choices_of_an_assumption_look_alike() {
    for row in kit::assumptions() {
        let of_row: Vec<&Case> = CASES.iter().filter(|case| case.0 == row.name).collect();
        let seen: BTreeSet<&str> = of_row.iter().map(|case| case.3).collect();
        assert_eq!(seen.len(), of_row.len(), "{}", row.name);
    }
}

#[test]
fn the_default_of_an_assumption_is_what_happens_without_a_choice() {
    let unsaid = || assuming(&[]);
    for row in kit::assumptions() {
        let (.., act, expected) = CASES.iter().find(|case| (case.0, case.1) == (row.name, row.default)).unwrap();
        assert_eq!(act(&unsaid()), *expected, "{}", row.name);
    }
}

// Tencent.

fn asked(more: Value) -> Value {
    let mut asked = json!({ "ProjectId": 117, "PageId": 11520 });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

fn of_user(kind: i64, more: Value) -> Value {
    let mut asked = asked(json!({ "TokenType": kind, "UserCorpId": "100022975249", "UserId": "100024664626" }));
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

fn token(emulator: &Emulator, asked: &Value) -> String {
    let response = bi(emulator, "CreateEmbedToken", asked);
    response["Data"]["BIToken"].as_str().unwrap_or_else(|| panic!("{response}")).to_owned()
}

fn visit(emulator: &Emulator, token: &str) -> String {
    verdict(&open(emulator, &page(token))).to_owned()
}

fn page(token: &str) -> String {
    format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}")
}

fn three_tokens(emulator: &Emulator) -> String {
    let joined = token(emulator, &of_user(300, json!({ "TokenNum": 3 })));
    let live = joined.split(',').filter(|token| visit(emulator, token) == "admitted").count();
    format!("{live} live tokens in BIToken")
}

fn a_hundred_and_one_tokens(emulator: &Emulator) -> String {
    let response = bi(emulator, "CreateEmbedToken", &of_user(300, json!({ "TokenNum": 101 })));
    match response["Data"]["TokenNum"].as_u64() {
        Some(count) => format!("{count} tokens"),
        None => code(&response).to_owned(),
    }
}

fn a_token_for_241_minutes(emulator: &Emulator) -> String {
    let response = bi(emulator, "CreateEmbedToken", &asked(json!({ "ExpireTime": "241" })));
    match response["Data"]["ExpireTime"].as_u64() {
        Some(minutes) => format!("{minutes} minutes"),
        None => code(&response).to_owned(),
    }
}

fn two_tokens_of_one_user(emulator: &Emulator) -> String {
    let [first, second] = [(); 2].map(|()| token(emulator, &of_user(200, json!({}))));
    format!("{}, {}", visit(emulator, &first), visit(emulator, &second))
}

fn a_token_of_30_minutes_extended(emulator: &Emulator) -> String {
    let token = token(emulator, &asked(json!({ "ExpireTime": "30" })));
    let extended = bi(emulator, "ApplyEmbedInterval", &json!({ "BIToken": token }));
    assert_eq!(extended["Data"]["Result"], true, "{extended}");
    let epoch = emulator.epoch_of_ticket(&token);
    let ticket = epoch.state.tickets.find_ticket(tencent::actions::FAMILY, &token).unwrap();
    format!("{} minutes left", (ticket.expires_at.unix_seconds() - NOON_UNIX) / 60)
}

/// A token that ended before now: its minute began an hour ago.
fn expired_token(emulator: &Emulator) -> String {
    let token = token(emulator, &asked(json!({})));
    let command = Command::Extend { minutes: Some(1), expected: TargetHint::default() };
    let terms = Terms { extend_from: ExtendFrom::Now, ..Terms::default() };
    let an_hour_ago = Timestamp::from_unix(NOON_UNIX - 3_600);
    let epoch = emulator.epoch_of_ticket(&token);
    epoch
        .state
        .tickets
        .act_on(tencent::actions::FAMILY, &token, &command, an_hour_ago, &terms, &mut Vec::new())
        .unwrap();
    token
}

fn an_expired_token_extended(emulator: &Emulator) -> String {
    let token = expired_token(emulator);
    let response = bi(emulator, "ApplyEmbedInterval", &json!({ "BIToken": token }));
    let said = match response["Data"]["Result"].as_bool() {
        Some(result) => format!("Result {result}"),
        None => code(&response).to_owned(),
    };
    format!("{said}, {}", visit(emulator, &token))
}

fn a_project_id_as_json_text(emulator: &Emulator) -> String {
    code(&bi(emulator, "CreateEmbedToken", &asked(json!({ "ProjectId": "117" })))).to_owned()
}

/// The same world behind a gateway that verifies.
fn strict(emulator: &Emulator) -> Emulator {
    let world = emulator.epoch_of_key("").world.as_ref().clone();
    kit::emulator(world, AuthMode::Strict, kit::NOON)
}

fn an_older_request_sent_twice(emulator: &Emulator) -> String {
    let emulator = strict(emulator);
    let request = signer::V1::at(NOON_UNIX).with("ProjectId", "117").with("Scope", "panel").get("CreateEmbedToken");
    let send = || code(&kit::json(&pipeline::serve(&emulator, &request))["Response"]).to_owned();
    format!("{}, {}", send(), send())
}

fn capital_letters_in_a_signed_header(emulator: &Emulator) -> String {
    let emulator = strict(emulator);
    let call = signer::Tc3 { content_type: "application/json; charset=UTF-8", ..signer::Tc3::at(NOON_UNIX) };
    let send = |call: signer::Tc3| {
        let request = call.post("CreateEmbedToken", &asked(json!({})).to_string());
        code(&kit::json(&pipeline::serve(&emulator, &request))["Response"]).to_owned()
    };
    let lower_cased = send(call.clone());
    format!("lower-cased: {lower_cased}, as sent: {}", send(signer::Tc3 { lower_case_values: false, ..call }))
}

fn a_call_over_plain_http(emulator: &Emulator) -> String {
    let reply = pipeline::serve(emulator, tencent_raw("CreateEmbedToken", &asked(json!({})).to_string()));
    format!("{} {}", reply.status, reply.header("content-type").unwrap())
}

fn the_time_of_a_token(emulator: &Emulator) -> String {
    let response = bi(emulator, "CreateEmbedToken", &asked(json!({})));
    response["Data"]["CreatedAt"].as_str().unwrap().to_owned()
}

fn a_visit_with_an_expired_token(emulator: &Emulator) -> String {
    shown(emulator, &page(&expired_token(emulator)), &["Page not accessible", "Out of validity range"])
}

/// The kind of a refused visit, and which of the texts its page shows.
fn shown(emulator: &Emulator, link: &str, texts: &[&str]) -> String {
    let reply = open(emulator, link);
    let page = String::from_utf8(reply.body.to_vec()).unwrap();
    let found: Vec<&str> = texts.iter().copied().filter(|text| page.contains(text)).collect();
    format!("{}: {}", verdict(&reply), found.join(" and "))
}

fn created(emulator: &Emulator, asked: &Value) -> Value {
    bi(emulator, "CreateEmbedToken", asked)
}

/// A field of the created token, or the code of the refusal.
fn field_or_code(response: &Value, name: &str) -> String {
    match &response["Data"][name] {
        Value::Null => code(response).to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn two_tokens_of_a_type_that_makes_one(emulator: &Emulator) -> String {
    code(&created(emulator, &of_user(200, json!({ "TokenNum": 2 })))).to_owned()
}

fn tokens_without_a_type(emulator: &Emulator) -> String {
    let user = json!({ "UserCorpId": "100022975249", "UserId": "100024664626" });
    let kind = |more: Value| field_or_code(&created(emulator, &asked(more)), "TokenType");
    format!("without a user: {}, with one: {}", kind(json!({})), kind(user))
}

fn a_token_for_half_a_user(emulator: &Emulator) -> String {
    field_or_code(&created(emulator, &asked(json!({ "UserId": "100024664626" }))), "TokenType")
}

fn tokens_without_a_scope(emulator: &Emulator) -> String {
    let scope = |asked: Value| field_or_code(&created(emulator, &asked), "Scope");
    format!("with a page: {}, without: {}", scope(asked(json!({}))), scope(json!({ "ProjectId": 117 })))
}

fn a_token_for_a_whole_project(emulator: &Emulator) -> String {
    let project = json!({ "ProjectId": 111, "PageId": null, "Scope": "project" });
    field_or_code(&created(emulator, &of_user(200, project)), "Intention")
}

fn values_out_of_range(emulator: &Emulator) -> String {
    let bad = [
        json!({ "ExpireTime": "abc" }),
        json!({ "Scope": "x" }),
        json!({ "TokenType": 101 }),
        json!({ "TicketNum": 100_000 }),
    ];
    bad.map(|more| code(&created(emulator, &asked(more))).to_owned()).join(", ")
}

fn a_filter_that_is_no_json(emulator: &Emulator) -> String {
    code(&created(emulator, &asked(json!({ "GlobalParam": "[{" })))).to_owned()
}

fn a_token_for_no_project(emulator: &Emulator) -> String {
    code(&created(emulator, &json!({}))).to_owned()
}

fn an_action_without_behaviour(emulator: &Emulator) -> String {
    let page = json!({ "ProjectId": "117", "PageId": "11520" });
    code(&bi(emulator, "ExportScreenPage", &page)).to_owned()
}

fn ids_of_two_rows(emulator: &Emulator) -> String {
    let [first, second] = [(); 2].map(|()| created(emulator, &asked(json!({})))["Data"]["Id"].to_string());
    if first != second && [&first, &second].iter().all(|id| id.len() == 9) {
        return "two numbers of nine digits".to_owned();
    }
    format!("{first}, {second}")
}

fn the_author_of_a_row(emulator: &Emulator) -> String {
    let row = created(emulator, &asked(json!({})))["Data"].take();
    format!("{} and {}", row["CreatedUser"], row["UpdatedUser"])
}

/// The `Response` to a request.
fn response(emulator: &Emulator, request: &RawRequest) -> Value {
    kit::json(&pipeline::serve(emulator, request))["Response"].take()
}

fn a_refusal_in_both_languages(emulator: &Emulator) -> String {
    let said = |language: &str| {
        let mut request = tencent_raw("CreateEmbedToken", r#"{"ProjectId":1}"#);
        request.headers.push("x-tc-language", language);
        let message = response(emulator, &request)["Error"]["Message"].take();
        format!("{language}: {}", message.as_str().unwrap())
    };
    ["en-US", "zh-CN"].map(said).join(", ")
}

fn a_text_that_nobody_has_seen(emulator: &Emulator) -> String {
    let headers =
        [("host", "cvm.tencentcloudapi.com"), ("x-tc-action", "CreateEmbedToken"), ("x-tc-version", "2022-01-05")];
    let message = response(emulator, &raw("POST", "/", &headers, b"{}"))["Error"]["Message"].take();
    message.as_str().unwrap().to_owned()
}

fn malformed_authorizations(emulator: &Emulator) -> String {
    let emulator = strict(emulator);
    let code_of = |call: signer::Tc3| {
        code(&response(&emulator, &call.post("CreateEmbedToken", &asked(json!({})).to_string()))).to_owned()
    };
    let date = code_of(signer::Tc3 { date: Some("2026-01-04"), ..signer::Tc3::at(NOON_UNIX) });
    let host = "bi.tencentcloudapi.com";
    let service = code_of(signer::Tc3 { host, service: "sms", ..signer::Tc3::at(NOON_UNIX) });
    format!("date: {date}, service: {service}")
}

/// The code for a call whose time is right and whose proof is this header.
fn authorized_by(emulator: &Emulator, authorization: Option<&str>) -> String {
    let mut request = tencent_raw("CreateEmbedToken", &asked(json!({})).to_string());
    request.headers.push("x-tc-timestamp", NOON_UNIX.to_string());
    if let Some(line) = authorization {
        request.headers.push("authorization", line);
    }
    code(&response(&strict(emulator), &request)).to_owned()
}

fn a_call_without_authorization(emulator: &Emulator) -> String {
    authorized_by(emulator, None)
}

fn a_call_that_skips_its_signature(emulator: &Emulator) -> String {
    authorized_by(emulator, Some("SKIP"))
}

fn a_multipart_call(emulator: &Emulator) -> String {
    let part = |name: &str, value: &str| {
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = format!("{}{}--cut--\r\n", part("ProjectId", "117"), part("PageId", "11520"));
    let headers = [
        ("host", "127.0.0.1:4240"),
        ("content-type", "multipart/form-data; boundary=cut"),
        ("x-tc-action", "CreateEmbedToken"),
        ("x-tc-version", "2022-01-05"),
    ];
    code(&response(emulator, &raw("POST", "/", &headers, body.as_bytes()))).to_owned()
}

/// A JSON object as raw bytes, and raw bytes that are none.
fn a_call_of_raw_bytes(emulator: &Emulator) -> String {
    let call = |body: &str| {
        let mut request = tencent_raw("CreateEmbedToken", body);
        request.headers = request
            .headers
            .iter()
            .map(|(name, value)| (name.to_owned(), value.replace("application/json", "application/octet-stream")))
            .collect();
        let response = response(emulator, &request);
        match response["Error"]["Message"].as_str() {
            Some(message) => format!("{}: {message}", code(&response)),
            None => code(&response).to_owned(),
        }
    };
    [call("{\"ProjectId\": 117, \"PageId\": 11520}"), call("\0\u{1}raw")].join(", ")
}

/// What is behind the signature, and the same in front of it.
fn a_signature_with_a_line_feed(emulator: &Emulator) -> String {
    let strict = strict(emulator);
    let call = |nonce: &str, before: &str, behind: &str| {
        let signed = signer::V1::at(NOON_UNIX).with("ProjectId", "117").with("Nonce", nonce).get("CreateEmbedToken");
        let (rest, signature) = signed.target.split_once("Signature=").expect("it is signed");
        let target = format!("{rest}Signature={before}{signature}{behind}");
        let request = RawRequest { target: target.into(), ..signed.clone() };
        assert_eq!(code(&response(emulator, &request)), "none", "who verifies nothing takes either");
        code(&response(&strict, &request)).to_owned()
    };
    [call("1", "", "%0A"), call("2", "%0A", "")].join(", ")
}

fn an_action_in_lower_case(emulator: &Emulator) -> String {
    code(&bi(emulator, "createembedtoken", &asked(json!({})))).to_owned()
}

fn a_call_on_another_path(emulator: &Emulator) -> String {
    let mut request = tencent_raw("CreateEmbedToken", &asked(json!({})).to_string());
    request.target = "/v3/api".into();
    let reply = pipeline::serve(emulator, &request);
    format!("{} {}", reply.status, reply.header("content-type").unwrap())
}

/// The same world behind a gateway that limits the rate.
fn limited(emulator: &Emulator) -> Emulator {
    Emulator::new(Settings {
        auth: AuthMode::Off,
        auth_clock: AuthClock::World,
        clock: Some(kit::NOON.parse().unwrap()),
        rate_limits: RateLimits::Vendor,
        rate_clock: RateClock::World,
        ..Settings::new(emulator.epoch_of_key("").world.as_ref().clone())
    })
}

fn fifteen_calls_in_each_of_two_seconds(emulator: &Emulator) -> String {
    let emulator = limited(emulator);
    let a_second_ago = Timestamp::from_unix(NOON_UNIX - 1);
    for _ in 0..15 {
        emulator.epoch_of_key("").state.rates.count_call("", "CreateEmbedToken", a_second_ago);
    }
    for call in 16..=30 {
        if code(&created(&emulator, &asked(json!({})))) == "RequestLimitExceeded" {
            return format!("call {call} is refused");
        }
    }
    "all of them come in".to_owned()
}

fn two_calls_over_the_limit(emulator: &Emulator) -> String {
    let emulator = limited(emulator);
    let messages = (0..22).map(|_| created(&emulator, &asked(json!({})))["Error"]["Message"].take());
    let counts = messages.filter_map(|message| Some(format!("`{}`", message.as_str()?.split('`').nth(1)?)));
    counts.collect::<Vec<_>>().join(", ")
}

fn one_use_after_a_refused_visit(emulator: &Emulator) -> String {
    let token = token(emulator, &asked(json!({ "TicketNum": 1 })));
    let elsewhere = page(&token).replace("pageId=11520", "pageId=41001");
    format!("{}, {}", verdict(&open(emulator, &elsewhere)), visit(emulator, &token))
}

fn the_status_of_a_refused_visit(emulator: &Emulator) -> String {
    let reply = open(emulator, &page("never-made"));
    format!("{}: {}", verdict(&reply), reply.status)
}

// Alibaba.

fn call(emulator: &Emulator, action: &str, params: &[(&str, &str)]) -> Value {
    quick_bi(emulator, "2022-01-01", action, params).1
}

fn ticket(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    let body = call(emulator, "CreateTicket", &[&[("WorksId", WORK)], params].concat());
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn info(emulator: &Emulator, ticket: &str) -> Value {
    call(emulator, "QueryTicketInfo", &[("Ticket", ticket)])["Result"].take()
}

fn invalid_time(emulator: &Emulator, ticket: &str) -> String {
    info(emulator, ticket)["InvalidTime"].as_str().unwrap().to_owned()
}

fn dashboard(ticket: &str) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}")
}

fn a_ticket_for_129600_minutes(emulator: &Emulator) -> String {
    let body = call(emulator, "CreateTicket", &[("WorksId", WORK), ("ExpireTime", "129600")]);
    match body["Result"].as_str() {
        Some(ticket) => invalid_time(emulator, ticket),
        None => code(&body).to_owned(),
    }
}

fn a_ticket_for_no_time(emulator: &Emulator) -> String {
    let body = call(emulator, "CreateTicket", &[("WorksId", WORK), ("ExpireTime", "0")]);
    let link = dashboard(body["Result"].as_str().unwrap_or("never-made"));
    format!("{}, {}", code(&body), verdict(&open(emulator, &link)))
}

fn a_ticket_of_60_minutes_extended_by_30(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[("ExpireTime", "60")]);
    let body = call(emulator, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "30")]);
    assert_eq!(body["Result"], true, "{body}");
    invalid_time(emulator, &ticket)
}

fn a_full_ticket_extended_by_a_minute(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[("ExpireTime", "240")]);
    code(&call(emulator, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "1")])).to_owned()
}

fn a_used_up_ticket_extended(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    assert_eq!(verdict(&open(emulator, &dashboard(&ticket))), "admitted");
    code(&call(emulator, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "1")])).to_owned()
}

fn two_uses_set_after_one_visit(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[("TicketNum", "5")]);
    assert_eq!(verdict(&open(emulator, &dashboard(&ticket))), "admitted");
    let body = call(emulator, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "2")]);
    assert_eq!(body["Result"], true, "{body}");
    let info = info(emulator, &ticket);
    format!("{} at most, {} used", info["MaxTicketNum"], info["UsedTicketNum"])
}

fn a_ticket_for_an_id_and_an_account(emulator: &Emulator) -> String {
    let both = [("UserId", USER), ("AccountName", "wangwu:zhangsan"), ("AccountType", "5")];
    let body = call(emulator, "CreateTicket", &[&[("WorksId", WORK)], &both[..]].concat());
    match body["Result"].as_str() {
        Some(ticket) => info(emulator, ticket)["UserId"].as_str().unwrap().to_owned(),
        None => code(&body).to_owned(),
    }
}

fn tokens_of_one_user(emulator: &Emulator) -> String {
    tokens(emulator, 11)
}

fn a_hundred_and_one_tokens_of_one_user(emulator: &Emulator) -> String {
    tokens(emulator, 101)
}

/// How many tokens for as many works the user is given, and what ends it.
fn tokens(emulator: &Emulator, wanted: usize) -> String {
    let emulator = kit::emulator(with_works(wanted, emulator), AuthMode::Off, kit::NOON);
    for made in 0..wanted {
        let params = [("WorksId", &*format!("work-{made}")), ("UserId", USER)];
        let (_, body) = quick_bi(&emulator, "2021-03-25", "CreateEmbedToken", &params);
        if body["Success"] != true {
            return format!("{made} tokens, then {}", code(&body));
        }
    }
    format!("{wanted} tokens")
}

/// The demo world with so many more works, under the same assumptions.
fn with_works(count: usize, emulator: &Emulator) -> ticketbooth::world::World {
    let text = kit::read("fixtures/demo.yaml");
    let (before, after) = text.split_once("      works:\n").expect("the demo world has works");
    let works: String = (0..count)
        .map(|n| {
            format!(
                "        - {{ id: work-{n}, name: Work {n}, type: dashboard, workspace: workspace-demo, owner: {USER} }}\n"
            )
        })
        .collect();
    let text = format!("{before}      works:\n{works}{after}");
    let mut world = ticketbooth::world::World::load("more.yaml", &text, &kit::assumptions())
        .unwrap_or_else(|problems| panic!("{problems}"));
    world.assumptions = emulator.epoch_of_key("").world.assumptions.clone();
    world
}

fn the_form_of_an_older_call(emulator: &Emulator) -> String {
    let mut request = alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]);
    request.target = request.target.replace("&Format=JSON", "").into();
    pipeline::serve(emulator, &request).header("content-type").unwrap().to_owned()
}

fn the_form_of_a_newer_call(emulator: &Emulator) -> String {
    let headers = [("host", "127.0.0.1"), ("x-acs-action", "CreateTicket"), ("x-acs-version", "2022-01-01")];
    let request = raw("POST", &format!("/?WorksId={WORK}"), &headers, b"");
    pipeline::serve(emulator, &request).header("content-type").unwrap().to_owned()
}

fn the_time_of_a_ticket(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    info(emulator, &ticket)["RegisterTime"].as_str().unwrap().to_owned()
}

fn a_visit_of_another_work(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    let link = format!("/token3rd/report/view.htm?id=workbook-demo&accessTicket={ticket}");
    shown(emulator, &link, &["The report bound by ticket mismatch the actual report", "Ticket [] not exist"])
}

/// The code of the answer that a gateway which verifies gives.
fn verified(emulator: &Emulator, request: &RawRequest) -> String {
    code(&kit::json(&pipeline::serve(&strict(emulator), request))).to_owned()
}

fn one_nonce_after_sixteen_minutes(emulator: &Emulator) -> String {
    let emulator = Emulator::new(Settings {
        auth: AuthMode::Strict,
        // A signature's own time counts, so that two of them can lie apart.
        auth_clock: AuthClock::Off,
        clock: Some(kit::NOON.parse().unwrap()),
        rate_limits: RateLimits::Off,
        ..Settings::new(emulator.epoch_of_key("").world.as_ref().clone())
    });
    let send = |unix| {
        let request = signer::Rpc::at(unix).with("WorksId", WORK).get("CreateTicket");
        code(&kit::json(&pipeline::serve(&emulator, &request))).to_owned()
    };
    format!("{}, {}", send(NOON_UNIX), send(NOON_UNIX + 16 * 60))
}

fn newer(nonce: Option<&'static str>) -> RawRequest {
    signer::Acs3 { nonce, ..signer::Acs3::at(NOON_UNIX) }.post("CreateTicket", &[("WorksId", WORK)])
}

fn a_newer_call_without_a_nonce(emulator: &Emulator) -> String {
    verified(emulator, &newer(None))
}

/// A key alone, and then with either of action and version.
fn a_call_with_a_key_alone(emulator: &Emulator) -> String {
    let call = |more: &str| {
        let target = format!("/?Format=JSON&AccessKeyId=LTAIlocaltest000000000000{more}");
        code(&kit::json(&pipeline::serve(emulator, raw("GET", &target, &[("host", "127.0.0.1")], b"")))).to_owned()
    };
    ["", "&Action=CreateTicket", "&Version=2022-01-01"].map(call).join(", ")
}

fn a_call_of_nobody(emulator: &Emulator) -> String {
    verified(emulator, &alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]))
}

fn headers_without_a_part(emulator: &Emulator) -> String {
    const NAMES: &str = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-version";
    let whole = format!("ACS3-HMAC-SHA256 Credential=key,SignedHeaders={NAMES},Signature=0");
    let without = |part: &str| {
        let headers = [
            ("host", "127.0.0.1"),
            ("x-acs-action", "CreateTicket"),
            ("x-acs-version", "2022-01-01"),
            ("authorization", &*whole.replace(part, "")),
        ];
        verified(emulator, &raw("POST", "/", &headers, b""))
    };
    ["ACS3-HMAC-SHA256 ", "Credential=key,", ",Signature=0"].map(without).join(", ")
}

fn another_body_than_was_signed(emulator: &Emulator) -> String {
    verified(emulator, &RawRequest { body: bytes::Bytes::from_static(b"{}"), ..newer(Some("1")) })
}

fn a_number_of_visits_in_letters(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    let created = call(emulator, "CreateTicket", &[("WorksId", WORK), ("TicketNum", "two")]);
    let updated = call(emulator, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "two")]);
    format!("{}, {}", code(&created), code(&updated))
}

fn a_call_without_its_parameter(emulator: &Emulator) -> String {
    let [created, asked] = ["CreateTicket", "QueryTicketInfo"].map(|action| call(emulator, action, &[]));
    format!("{}, {}", code(&created), code(&asked))
}

fn the_names_in_messages(emulator: &Emulator) -> String {
    let too_long = "x".repeat(51);
    let wrong: [&[(&str, &str)]; 4] = [
        &[("ExpireTime", "-1")],
        &[("AccountName", "wangwu")],
        &[("WatermarkParam", &too_long)],
        &[("GlobalParam", "[1]")],
    ];
    let name = |params: &[(&str, &str)]| {
        let body = call(emulator, "CreateTicket", &[&[("WorksId", WORK)], params].concat());
        let message = body["Message"].as_str().unwrap().replace(" parameter.", "").replace("invalid:", "invalid: ");
        message.split(' ').next_back().unwrap().trim_end_matches('.').to_owned()
    };
    wrong.map(name).join(", ")
}

fn workbook(ticket: &str) -> String {
    format!("/token3rd/report/view.htm?id=workbook-demo&accessTicket={ticket}")
}

fn a_visit_after_a_failed_one(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    [workbook(&ticket), dashboard(&ticket)].map(|link| verdict(&open(emulator, &link)).to_owned()).join(", ")
}

fn the_status_of_visits(emulator: &Emulator) -> String {
    let link = dashboard(&ticket(emulator, &[]));
    let visit = |()| {
        let reply = open(emulator, &link);
        format!("{} {}", reply.status, verdict(&reply))
    };
    [(); 2].map(visit).join(", ")
}

fn a_used_up_ticket_for_another_work(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[]);
    assert_eq!(verdict(&open(emulator, &dashboard(&ticket))), "admitted");
    verdict(&open(emulator, &workbook(&ticket))).to_owned()
}

/// What a data call of the open page gets, and the same after its ticket has expired.
fn data_before_and_after_the_end(emulator: &Emulator, link: &str, data: &str) -> String {
    let opened = open(emulator, link);
    let session = opened.header("set-cookie").unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    let body = json!({ "Token": session }).to_string();
    let fetch = || {
        let request = raw("POST", data, &[("x-ticketbooth-session", &session)], body.as_bytes());
        let answer = kit::json(&web::serve_page(emulator, request).unwrap());
        let rows = answer["data"]["value"]["rows"].as_array().or_else(|| answer["Response"]["Data"]["rows"].as_array());
        let code = || answer["code"].as_str().or_else(|| answer["Response"]["Error"]["Code"].as_str()).unwrap();
        rows.map_or_else(|| code().to_owned(), |rows| format!("{} rows", rows.len()))
    };
    let before = fetch();
    emulator.default_sandbox().shift_clock(Shift::Advance(241 * 60), Backwards::Refused).unwrap();
    format!("{before}, {}", fetch())
}

fn the_data_of_an_open_page_of_tencent(emulator: &Emulator) -> String {
    data_before_and_after_the_end(emulator, &page(&token(emulator, &asked(json!({})))), "/api/v1/share/page/data")
}

fn the_data_of_an_open_page_of_alibaba(emulator: &Emulator) -> String {
    data_before_and_after_the_end(emulator, &dashboard(&ticket(emulator, &[])), "/api/v2/olap/query")
}

/// The status for a browser that loads the page of one use ahead of time, and the verdict of the visit after it.
fn loaded_ahead(emulator: &Emulator, link: &str) -> String {
    let request = raw("GET", link, &[("host", "127.0.0.1:4240"), ("sec-purpose", "prefetch")], b"");
    let ahead = web::serve_page(emulator, request).unwrap();
    format!("{}, {}", ahead.status, verdict(&open(emulator, link)))
}

fn a_page_of_tencent_that_is_loaded_ahead(emulator: &Emulator) -> String {
    loaded_ahead(emulator, &page(&token(emulator, &asked(json!({ "TicketNum": 1 })))))
}

fn a_page_of_alibaba_that_is_loaded_ahead(emulator: &Emulator) -> String {
    loaded_ahead(emulator, &dashboard(&ticket(emulator, &[])))
}

fn the_pages_that_open(emulator: &Emulator) -> String {
    let ticket = ticket(emulator, &[("TicketNum", "3")]);
    let links = [
        ("dashboard", format!("dashboard/view/pc.htm?pageId={WORK}&")),
        ("analysis", format!("analysis/view/pc.htm?id={WORK}&")),
        ("dataForm", format!("dataForm/view/{WORK}?")),
    ];
    let opens = |(_, link): &(&str, String)| {
        let target = format!("/token3rd/{link}accessTicket={ticket}");
        let reply = web::serve_page(emulator, raw("GET", &target, &[("host", "127.0.0.1:4240")], b""));
        reply.is_some_and(|reply| verdict(&reply) == "admitted")
    };
    links.into_iter().filter(opens).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

fn the_product_of_an_error(emulator: &Emulator) -> String {
    let body = call(emulator, "QueryTicketInfo", &[("Ticket", "nothing")]);
    let link = body["Recommend"].as_str().unwrap();
    link.split("&product=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

/// No served action answers with a list, so its envelope is asked.
fn a_list_as_xml(emulator: &Emulator) -> String {
    let epoch = emulator.epoch_of_key("");
    let stamp = Stamp {
        request_id: RequestId::new(uuid::Uuid::nil(), Spelling::Upper),
        host: "127.0.0.1",
        assumptions: &epoch.world.assumptions,
    };
    let call = Call { action: Some("QueryWorks".into()), format: Some(Format::Xml), ..Call::default() };
    let reply = (vendor_named(alibaba::NAME).unwrap().answers.envelope)(&stamp, &call, Ok(&to_rendered(&["a", "b"])));
    let body = String::from_utf8(reply.body.to_vec()).unwrap();
    let (from, to) = (body.find("<Result>").unwrap(), body.find("<Success>").unwrap());
    body[from..to].to_owned()
}

fn an_older_call_signed_wrong(emulator: &Emulator) -> String {
    let rpc = signer::Rpc { secret: "wrong", ..signer::Rpc::at(NOON_UNIX) };
    let body = kit::json(&pipeline::serve(&strict(emulator), rpc.with("WorksId", WORK).get("CreateTicket")));
    assert_eq!(code(&body), "SignatureDoesNotMatch");
    body["Message"].as_str().unwrap().split('&').next().unwrap().to_owned()
}

fn a_ticket_of_the_older_version(emulator: &Emulator) -> String {
    let (_, made) = quick_bi(emulator, "2021-03-25", "CreateTicket", &[("WorksId", WORK)]);
    let ticket = made["Result"].as_str().unwrap();
    let ask = |version| quick_bi(emulator, version, "QueryTicketInfo", &[("Ticket", ticket)]).1;
    let codes = ["2021-03-25", "2022-01-01"].map(|version| code(&ask(version)).to_owned());
    format!("{}, {}", codes.join(", "), verdict(&open(emulator, &dashboard(ticket))))
}

fn a_question_before_a_call(emulator: &Emulator) -> String {
    let request = RawRequest { method: "OPTIONS".into(), ..newer(Some("1")) };
    let reply = pipeline::serve(emulator, &request);
    match reply.header("access-control-allow-methods") {
        _ if !reply.body.is_empty() => code(&kit::json(&reply)).to_owned(),
        Some(_) => format!("{}, methods named", reply.status),
        None => reply.status.to_string(),
    }
}

fn a_head_request(emulator: &Emulator) -> String {
    let request = alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]);
    let reply = pipeline::serve(emulator, &RawRequest { method: "HEAD".into(), ..request });
    code(&kit::json(&reply)).to_owned()
}

#[test]
fn every_assumption_carries_the_name_of_its_vendor() {
    for vendor in [tencent::NAME, alibaba::NAME] {
        let rows = vendor_named(vendor).unwrap().catalog.assumptions;
        assert!(rows.iter().all(|row| row.name.starts_with(&format!("{vendor}."))), "{vendor}");
    }
}

fn a_ticket_for_a_module_and_nobody(emulator: &Emulator) -> String {
    let (_, body) =
        crate::kit::alibaba(emulator, "2022-01-01", "CreateTicket4Copilot", &[("CopilotId", "copilot-demo")]);
    let ticket = body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned();
    let (_, body) = crate::kit::alibaba(emulator, "2022-01-01", "QueryTicketInfo", &[("Ticket", &ticket)]);
    body["Result"]["UserId"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn signed_link(emulator: &Emulator) -> String {
    let (_, body) = quick_bi(emulator, "2021-03-25", "BuildSignatureUrl", &[("WorksId", WORK)]);
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// Path and query, without the host in front of them.
fn path_of_signed_link(emulator: &Emulator) -> String {
    let link = signed_link(emulator);
    link[link.find("/token3rd").unwrap()..].to_owned()
}

fn a_signed_link_of_a_dashboard(emulator: &Emulator) -> String {
    path_of_signed_link(emulator).split_once('?').unwrap().0.to_owned()
}

fn the_minutes_of_a_signed_link(emulator: &Emulator) -> String {
    let link = signed_link(emulator);
    link.split_once("validityTime=").unwrap().1.split_once('&').unwrap().0.to_owned()
}

fn the_beginning_of_a_signed_link(emulator: &Emulator) -> String {
    signed_link(emulator).split_once("/token3rd").unwrap().0.to_owned()
}

fn a_visit_by_a_signed_link(emulator: &Emulator) -> String {
    verdict(&open(emulator, &path_of_signed_link(emulator))).to_owned()
}

fn the_deletion_of_a_member(emulator: &Emulator) -> String {
    let user = ("UserId", "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e");
    let member = [user, ("WorkspaceId", "workspace-demo"), ("RoleId", "30")];
    let (status, body) = crate::kit::alibaba(emulator, "2022-01-01", "AddUserToWorkspace", &member);
    assert_eq!(status, 200, "{body}");
    let (_, body) = crate::kit::alibaba(emulator, "2022-01-01", "DeleteUser", &[user]);
    crate::kit::code(&body).to_owned()
}
