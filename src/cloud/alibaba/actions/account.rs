//! The three parameters that name the user a ticket acts as, the same in every creating action.

use super::optional_row;
use crate::cloud::alibaba::assumptions::{USER_AND_ACCOUNT, UserAndAccountChoice};
use crate::cloud::catalog::{ParamKind, ParamRow, ParamRule};
use crate::cloud::params::Args;
use crate::domain::{AccountAsk, Assumptions, Refusal};

pub const USER_ID: ParamRow = optional_row(
    "UserId",
    "userId",
    ParamKind::Text,
    ParamRule::Any,
    "Quick BI user id; goes before AccountName; absent with it: the owner of the work",
);

pub const ACCOUNT_NAME: ParamRow = optional_row(
    "AccountName",
    "accountName",
    ParamKind::Text,
    ParamRule::Any,
    "account: `main`, or `main:sub` for a RAM user",
);

/// The kinds of account that the newer page lists: cloud, Quick BI, DingTalk, RAM, WeCom, Feishu.
pub const ACCOUNT_TYPE: ParamRow = account_type(&[1, 3, 4, 5, 9, 10]);

/// The older page also lists third-party accounts, 6.
pub const ACCOUNT_TYPE_2021: ParamRow = account_type(&[1, 3, 4, 5, 6, 9, 10]);

const fn account_type(known: &'static [i64]) -> ParamRow {
    optional_row(
        "AccountType",
        "accountType",
        ParamKind::Int,
        ParamRule::OneOf(known),
        "kind of the account; needed with AccountName",
    )
}

/// The user that was named, if any.
pub fn parse_account(args: &Args<'_>, assumptions: &Assumptions) -> Result<AccountAsk, Refusal> {
    parse_account_of("UserId", args, assumptions)
}

/// The same where another parameter has the id of the user.
pub fn parse_account_of(id: &str, args: &Args<'_>, assumptions: &Assumptions) -> Result<AccountAsk, Refusal> {
    match (args.owned_text(id), args.owned_text("AccountName")) {
        (Some(_), Some(_)) if assumptions.holds(&USER_AND_ACCOUNT, UserAndAccountChoice::Refuse) => {
            Err(Refusal::ParamConflict { name: "accountName" })
        }
        (Some(id), _) => Ok(AccountAsk::Id { organization: None, id }),
        (None, Some(name)) => {
            let kind =
                args.int("AccountType").ok_or(Refusal::ParamEmpty { name: "AccountType", field: "accountType" })?;
            Ok(AccountAsk::Name { name, kind })
        }
        (None, None) => Ok(AccountAsk::Unnamed),
    }
}
