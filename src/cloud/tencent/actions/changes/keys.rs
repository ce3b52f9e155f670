//! API keys of the product's own.

use crate::cloud::telling::{AnswerPart, Constant};
use crate::cloud::tencent::actions::tells::rights::{API_KEY, API_KEY_OF_CALL};
use crate::cloud::writing::{FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};

const KIND: &str = "api_keys";

const CHANGES: [FieldWrite; 3] =
    [sent("default_user", "DefaultUser"), set("modified", FieldValue::Now), set("modified_by", FieldValue::Caller)];

/// Calls with a key act as a user that there is.
const KNOWN_USER: WriteStep = WriteStep::Check(Reason::UserUntold, |edit| {
    let user = edit.sent("DefaultUser");
    let is_known = user.is_empty() || edit.look().things.find("users", &user).is_some();
    (!is_known).then_some(Refusal::UserUntold { user })
});

/// A key for nobody in particular acts as whoever made it.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        KNOWN_USER,
        WriteStep::Make(
            KIND,
            &[
                set("id", FieldValue::NewId(IdShape::Number)),
                set("corporation", FieldValue::Owner),
                set("key", FieldValue::NewId(IdShape::Hex)),
                set("default_user", FieldValue::Caller),
                sent("default_user", "DefaultUser"),
                set("created_by", FieldValue::Caller),
                set("created", FieldValue::Now),
            ],
        ),
    ],
    answer: WriteAnswer::Part(AnswerPart::Object(API_KEY)),
};

pub static MODIFY: Writing = Writing {
    needs: &[API_KEY_OF_CALL],
    steps: &[KNOWN_USER, WriteStep::Set(&CHANGES)],
    answer: WriteAnswer::Part(AnswerPart::Object(API_KEY)),
};

/// The answer is the word of the vendor's sample.
pub static DELETE: Writing = Writing {
    needs: &[API_KEY_OF_CALL],
    steps: &[WriteStep::End],
    answer: WriteAnswer::Part(AnswerPart::Constant(Constant::Text("success"))),
};
