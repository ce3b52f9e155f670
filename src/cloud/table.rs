//! The pieces of which rows of many actions are made.

use super::catalog::{Action, Does, ParamKind, ParamRow, ParamRule, Reasons};
use super::telling::Telling;
use super::writing::Writing;
use crate::domain::Evidence;

/// A parameter whose messages call it by its name on the wire.
pub const fn param(name: &'static str, kind: ParamKind, rule: ParamRule, about: &'static str) -> ParamRow {
    ParamRow { name, alias: name, kind, required: false, rule, about }
}

const fn required(row: ParamRow) -> ParamRow {
    ParamRow { required: true, ..row }
}

macro_rules! kinds_of_params {
    ($($name:ident, $need:ident: $kind:ident;)*) => {
        $(
            #[doc = concat!("A parameter of the kind `", stringify!($kind), "`.")]
            pub const fn $name(name: &'static str) -> ParamRow {
                param(name, ParamKind::$kind, ParamRule::Any, "")
            }

            #[doc = concat!("A required parameter of the kind `", stringify!($kind), "`.")]
            pub const fn $need(name: &'static str) -> ParamRow {
                required($name(name))
            }
        )*
    };
}

kinds_of_params! {
    text, need_text: Text;
    int, need_int: Int;
    nat, need_nat: Nat;
    flag, need_flag: Bool;
    list, need_list: List;
    object, need_object: Object;
}

/// A table of actions, and how many they are.
macro_rules! action_rows {
    ($rows:ident, $count:ident: $($row:expr),* $(,)?) => {
        pub const $count: usize = [$(stringify!($row)),*].len();
        pub static $rows: [$crate::cloud::catalog::Action; $count] = [$($row),*];
    };
}
pub(crate) use action_rows;

/// An action that tells of things.
pub const fn tells(
    name: &'static str,
    versions: &'static [&'static str],
    about: &'static str,
    params: &'static [ParamRow],
    telling: &'static Telling,
) -> Action {
    action(name, versions, about, params, Does::Tells(telling))
}

/// An action that changes things.
pub const fn writes(
    name: &'static str,
    versions: &'static [&'static str],
    about: &'static str,
    params: &'static [ParamRow],
    writing: &'static Writing,
) -> Action {
    action(name, versions, about, params, Does::Writes(writing))
}

/// An action that is not served.
pub const fn other(
    name: &'static str,
    versions: &'static [&'static str],
    about: &'static str,
    params: &'static [ParamRow],
) -> Action {
    action(name, versions, about, params, Does::Nothing)
}

const fn action(
    name: &'static str,
    versions: &'static [&'static str],
    about: &'static str,
    params: &'static [ParamRow],
    does: Does,
) -> Action {
    let (evidence, source) = (Evidence::Documented, "models of the vendor's SDKs, and its pages");
    Action { name, versions, about, params, does, reasons: Reasons::new(), evidence, source }
}

/// The names of the actions of a table.
pub const fn names<const N: usize>(rows: &'static [Action; N]) -> [&'static str; N] {
    let mut all = [""; N];
    let mut place = 0;
    while place < N {
        all[place] = rows[place].name;
        place += 1;
    }
    all
}

/// Rows that stand by themselves, and those of tables behind them.
pub const fn join_rows<const N: usize>(
    first: &[&'static Action],
    tables: &[&'static [Action]],
) -> [&'static Action; N] {
    let mut all = [first_row(first, tables); N];
    let mut place = 0;
    while place < first.len() {
        all[place] = first[place];
        place += 1;
    }
    let mut table = 0;
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            all[place] = &tables[table][row];
            (place, row) = (place + 1, row + 1);
        }
        table += 1;
    }
    all
}

const fn first_row(first: &[&'static Action], tables: &[&'static [Action]]) -> &'static Action {
    if first.is_empty() { &tables[0][0] } else { first[0] }
}
