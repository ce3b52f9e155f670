//! The three parameters that name the user a ticket acts as, the same in every creating action.

use super::optional;
use crate::domain::{AccountAsk, Assumptions, Refusal};
use crate::vendor::alibaba::assumptions::USER_AND_ACCOUNT;
use crate::vendor::catalog::{Kind, ParamRow, Rule};
use crate::vendor::params::Args;

pub const USER_ID: ParamRow = optional(
    "UserId",
    "userId",
    Kind::Text,
    Rule::Any,
    "Quick BI user id; goes before AccountName; absent with it: the owner of the work",
);

pub const ACCOUNT_NAME: ParamRow =
    optional("AccountName", "accountName", Kind::Text, Rule::Any, "account: `main`, or `main:sub` for a RAM user");

/// The kinds of account that the newer page lists: cloud, Quick BI, DingTalk, RAM, WeCom, Feishu.
pub const ACCOUNT_TYPE: ParamRow = account_type(&[1, 3, 4, 5, 9, 10]);

/// The older page also lists third-party accounts, 6.
pub const ACCOUNT_TYPE_2021: ParamRow = account_type(&[1, 3, 4, 5, 6, 9, 10]);

const fn account_type(known: &'static [i64]) -> ParamRow {
    optional(
        "AccountType",
        "accountType",
        Kind::Int,
        Rule::OneOf(known),
        "kind of the account; needed with AccountName",
    )
}

/// The user that was named, if any.
pub fn account(args: &Args<'_>, assumptions: &Assumptions) -> Result<AccountAsk, Refusal> {
    match (args.owned("UserId"), args.owned("AccountName")) {
        (Some(_), Some(_)) if assumptions.is(&USER_AND_ACCOUNT, "refuse") => {
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
