//! CreateTicket4Copilot and CreateTicket4AiPro: tickets that open an embed module of an assistant.

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE_2021, USER_ID, parse_account, parse_account_of};
use super::create_ticket::{TICKET_NUM, ask_ticket, render};
use super::{TICKETS, optional_row, required_row};
use crate::cloud::alibaba::assumptions::{UNNAMED_MODULE_USER, UnnamedModuleUserChoice};
use crate::cloud::catalog::{Action, Does, ParamKind, ParamRow, ParamRule, Reasons, TicketWork, ValueRange};
use crate::cloud::params::Args;
use crate::domain::{Ask, Assumptions, Evidence, Extras, IssueSubject, ModuleAsk, ModuleUser, Refusal, Terms};

pub static COPILOT: Action = Action {
    name: "CreateTicket4Copilot",
    versions: &["2022-01-01"],
    about: "Create an embed ticket for a Smart Q (copilot) embed module.",
    params: &COPILOT_PARAMS,
    does: issues(parse_copilot),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action; comments of the Python SDK 1.19.0",
};

pub static AI_PRO: Action = Action {
    name: "CreateTicket4AiPro",
    versions: &["2022-01-01"],
    about: "Create an embed ticket for the AI Pro assistant module.",
    params: &AI_PRO_PARAMS,
    does: issues(parse_ai_pro),
    reasons: Reasons::new(),
    evidence: Evidence::Assumed,
    source: "request class of the Python SDK 1.19.0; no page tells of it",
};

const fn issues(parse: fn(&Args<'_>, &Assumptions) -> Result<Ask, Refusal>) -> Does {
    Does::Tickets(TicketWork { family: TICKETS, terms: |_| Terms::default(), parse, render })
}

static COPILOT_PARAMS: [ParamRow; 6] =
    [module_row("CopilotId", "copilotId"), TICKET_NUM, USER_ID, ACCOUNT_NAME, ACCOUNT_TYPE_2021, EXPIRE_TIME];

static AI_PRO_PARAMS: [ParamRow; 8] = [
    module_row("AiProId", "aiProId"),
    TICKET_NUM,
    optional_row(
        "QuickBIUserId",
        "quickBIUserId",
        ParamKind::Text,
        ParamRule::Any,
        "Quick BI user id; goes before AccountName",
    ),
    ACCOUNT_NAME,
    ACCOUNT_TYPE_2021,
    EXPIRE_TIME,
    optional_row("SystemUid", "systemUid", ParamKind::Text, ParamRule::Any, "the customer's own id of the user"),
    optional_row("CustomParam", "customParam", ParamKind::Text, ParamRule::Any, "text for the module"),
];

const EXPIRE_TIME: ParamRow = optional_row(
    "ExpireTime",
    "expireTime",
    ParamKind::Int,
    ParamRule::Minutes(ValueRange::Fixed(0, 240)),
    "minutes, at most 240; default 240",
);

const fn module_row(name: &'static str, alias: &'static str) -> ParamRow {
    required_row(name, alias, ParamKind::Text, ParamRule::Any, "embed module to open")
}

fn parse_copilot(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let module = ask_module("copilot_modules", args.owned_text("CopilotId"), assumptions);
    Ok(ask_ticket(args, module, parse_account(args, assumptions)?, Extras::default()))
}

fn parse_ai_pro(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let module = ask_module("ai_pro_modules", args.owned_text("AiProId"), assumptions);
    let extras = Extras { config_param: args.owned_text("CustomParam"), ..Extras::default() };
    Ok(ask_ticket(args, module, parse_account_of("QuickBIUserId", args, assumptions)?, extras))
}

fn ask_module(kind: &'static str, module: Option<String>, assumptions: &Assumptions) -> IssueSubject {
    let unnamed = match assumptions.of(&UNNAMED_MODULE_USER) {
        UnnamedModuleUserChoice::Caller => ModuleUser::Caller,
        UnnamedModuleUserChoice::Maker => ModuleUser::Maker,
    };
    IssueSubject::Module(ModuleAsk { kind, module: module.unwrap_or_default(), unnamed })
}
