//! Projects.

use crate::cloud::telling::{AnswerPart, Need, Operand, ThingCondition, ThingTest, ValueForm, all, int};
use crate::cloud::tencent::actions::tells::need_project;
use crate::cloud::writing::{FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};

const PROJECT: Need = need_project("Id");

const SETTINGS: [FieldWrite; 4] =
    [sent("name", "Name"), sent("color_code", "ColorCode"), sent("logo", "Logo"), sent("mark", "Mark")];

/// A project that a call makes has no page; no action makes one.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Make(
            "projects",
            &[
                set("id", FieldValue::NewId(IdShape::Number)),
                set("corporation", FieldValue::Owner),
                set("created", FieldValue::Now),
            ],
        ),
        WriteStep::Set(&SETTINGS),
    ],
    answer: WriteAnswer::Part(AnswerPart::Object(&[("Id", int("id"))])),
};

pub static MODIFY: Writing = Writing {
    needs: &[PROJECT],
    steps: &[WriteStep::Set(&SETTINGS), WriteStep::Set(&[sent("seed", "Seed"), sent("panel_scope", "PanelScope")])],
    answer: WriteAnswer::Nothing,
};

const OF_PROJECT: ThingCondition =
    ThingCondition { paths: &["project"], form: ValueForm::Text, test: ThingTest::Is, with: Operand::Outer("id") };

/// Its members, data sources and the rules on its tables end with it; its pages cannot be asked for without it.
pub static DELETE: Writing = Writing {
    needs: &[PROJECT],
    steps: &[
        WriteStep::EndAll(all("members", &[OF_PROJECT])),
        WriteStep::EndAll(all("datasources", &[OF_PROJECT])),
        WriteStep::EndAll(all("table_permissions", &[OF_PROJECT])),
        WriteStep::End,
    ],
    answer: WriteAnswer::Nothing,
};
