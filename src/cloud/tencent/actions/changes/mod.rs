//! The actions that change things, as rows: what each takes, and what becomes of the things.
//!
//! Parameters are those of the service model of the vendor's CLI, 3.1.189.1.

mod projects;

use super::VERSIONS;
use crate::cloud::table::{action_rows, flag, int, need_nat, need_text, text, writes};

action_rows! {
    ROWS, COUNT:
    writes("CreateProject", VERSIONS, "Create a project.", &[need_text("Name"), need_text("ColorCode"), text("Logo"), text("Mark"), flag("IsApply"), int("DefaultPanelType"), text("ManagePlatform")], &projects::CREATE),
    writes("ModifyProject", VERSIONS, "Change a project.", &[need_nat("Id"), text("Name"), text("ColorCode"), text("Logo"), text("Mark"), flag("IsApply"), text("Seed"), int("DefaultPanelType"), text("PanelScope"), text("ManagePlatform")], &projects::MODIFY),
    writes("DeleteProject", VERSIONS, "Delete a project.", &[need_nat("Id"), text("Seed"), int("DefaultPanelType")], &projects::DELETE),
}
