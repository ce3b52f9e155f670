//! Users of the corporation and their roles in it.

use super::people::{DETAILS, FITTING_ITEMS, KNOWN_ROLES, ROLES, SOMEBODY, enroll, people, refuse_without};
use crate::cloud::telling::{AnswerPart, Constant, Need, ThingCondition, all};
use crate::cloud::tencent::actions::tells::of_outer;
use crate::cloud::writing::{FieldWrite, WriteAnswer, WriteStep, Writing};
use crate::domain::{Reason, Refusal};

const USER: Need =
    Need { param: "UserId", kind: "users", by: &["id"], among: &[], unknown: |user| Refusal::UserUntold { user } };

/// The number in the answer is that of the vendor's sample; nothing tells what it counts.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        FITTING_ITEMS,
        SOMEBODY,
        KNOWN_ROLES,
        WriteStep::Do(|edit| {
            for person in people(edit) {
                enroll(edit, &person, &[ROLES]);
            }
        }),
    ],
    answer: WriteAnswer::Part(AnswerPart::Object(&[("Id", AnswerPart::Constant(Constant::Int(1)))])),
};

const CHANGES: [FieldWrite; 8] =
    [DETAILS[0], DETAILS[1], DETAILS[2], DETAILS[3], DETAILS[4], DETAILS[5], DETAILS[6], ROLES];

/// The work of two actions; the later one takes groups of users besides. The ways to sign in are not kept: no action tells
/// them.
pub static MODIFY: Writing = Writing {
    needs: &[USER],
    steps: &[
        WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "UserId")),
        FITTING_ITEMS,
        KNOWN_ROLES,
        WriteStep::Set(&CHANGES),
    ],
    answer: WriteAnswer::Nothing,
};

const OF_USER: ThingCondition = of_outer(&["user"]);

/// Memberships of projects and of groups end with the user; the projects that somebody made stay.
pub static DELETE: Writing = Writing {
    needs: &[USER],
    steps: &[
        WriteStep::EndAll(all("members", &[OF_USER])),
        WriteStep::EndAll(all("group_members", &[OF_USER])),
        WriteStep::End,
    ],
    answer: WriteAnswer::Nothing,
};
