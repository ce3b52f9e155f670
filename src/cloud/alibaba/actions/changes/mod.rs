//! The actions that change things, as rows: what each takes, and what becomes of the things.
//!
//! Names, versions and parameters are those of the vendor's Python SDKs, 1.4.0 to 2.0.0 and 1.19.0 of the newer line.

mod works;

use crate::cloud::table::{action_rows, need_flag, need_text, writes};

const CURRENT: &str = "2022-01-01";

action_rows! {
    ROWS, COUNT:
    writes("UpdateEmbeddedStatus", &["2020-08-07", CURRENT], "Enable or disable embedding for works.", &[need_flag("ThirdPartAuthFlag"), need_text("WorksId")], &works::SWITCH_EMBEDDING),
}
