//! Who may read a work, and who it is shared with.

use serde_json::Value;

use super::works::DIRECTORY;
use super::{ADMINISTRATOR, PAGES, USER, WORK, by_param, by_param_as, keyword, need, spelling};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Look, Need, Telling, ThingCondition, ValueForm, all, int, leaf, text, that, time_in,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in, text_in};

pub static READABLE: Telling = Telling {
    needs: &[WORK, USER],
    answer: AnswerPart::Computed(AnswerType::Bool, |look, work| {
        let user = look.things.find("users", &look.args.display("UserId")?)?;
        Some(Value::from(may_read(look, user, work)))
    }),
};

/// Whether a user may read a work: its owner, an administrator, a member of its workspace, and whoever it is shared with.
/// No page says it in one place, so this is what all of them together mean.
fn may_read(look: &Look<'_>, user: &Thing, work: &Thing) -> bool {
    let id = text_in(user, "id");
    let is_member = |workspace: &str| {
        let mut members = look.things.all("members");
        members.any(|member| text_in(member, "workspace") == workspace && text_in(member, "user") == id)
    };
    let is_for_reader = |share: &Thing| {
        let receiver = text_in(share, "receiver");
        match text_in(share, "to") {
            "user" => receiver == id,
            "group" => list_in(user, "groups").iter().any(|group| group == receiver),
            "workspace" => is_member(receiver),
            _ => true,
        }
    };
    text_in(work, "owner") == id
        || list_in(user, "roles").iter().any(|role| *role == ADMINISTRATOR)
        || is_member(text_in(work, "workspace"))
        || shares_of(look, work).any(is_for_reader)
}

/// The shares of a work that have not ended.
fn shares_of<'a>(look: &Look<'a>, work: &'a Thing) -> impl Iterator<Item = &'a Thing> + use<'a> {
    let (look, work) = (*look, text_in(work, "id"));
    look.things.all("shares").filter(move |share| text_in(share, "work") == work && lasts(&look, share))
}

fn lasts(look: &Look<'_>, share: &Thing) -> bool {
    share.get("until").and_then(time_in).is_none_or(|until| look.now < until)
}

pub(super) fn reader_may(look: &Look<'_>, work: &Thing) -> bool {
    let user = look.args.display("UserId").and_then(|id| look.things.find("users", &id));
    user.is_some_and(|user| may_read(look, user, work))
}

const MAY_READ: ThingCondition = that(reader_may);

static READABLE_WORK: AnswerPart = AnswerPart::Object(&[
    ("WorksId", text("id")),
    ("WorkName", text("name")),
    ("WorkType", leaf("type", ValueForm::Words(spelling::IN_LISTS))),
    ("Status", int("status")),
    ("ThirdPartAuthFlag", leaf("embedding", ValueForm::Flag)),
    ("Description", text("description")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("OwnerId", text("owner")),
    ("OwnerName", text("owner.account")),
    ("ModifyName", text("modified_by.account")),
    ("CreateTime", leaf("created", ValueForm::MillisText)),
    ("ModifyTime", leaf("modified", ValueForm::MillisText)),
    ("SecurityLevel", text("security_level")),
    ("Directory", AnswerPart::Inside("directory", &DIRECTORY)),
]);

pub static READABLES: Telling =
    Telling { needs: &[USER], answer: AnswerPart::Each(all("works", &[MAY_READ]), &READABLE_WORK) };

pub static READABLES_V2: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Each(
        all(
            "works",
            &[
                MAY_READ,
                by_param_as(&["type"], ValueForm::Words(spelling::IN_LISTS), "WorkType"),
                by_param(&["workspace"], "WorkspaceId"),
            ],
        ),
        &READABLE_WORK,
    ),
};

// --- shares and favourites -----------------------------------------------------------------------------------------

const REPORT: Need = need("ReportId", "works", &["id"], |work| Refusal::WorkUnknown { work });

/// Numbers of the kinds of receivers, as the vendor counts them.
const RECEIVERS: &[(&str, i64)] = &[("user", 0), ("group", 1), ("organization", 2), ("workspace", 3)];

/// Shares that have ended are in no list.
pub static SHARES: Telling = Telling {
    needs: &[REPORT],
    answer: AnswerPart::Each(all("shares", &[by_param(&["work"], "ReportId"), that(lasts)]), &SHARE),
};

static SHARE: AnswerPart = AnswerPart::Object(&[
    ("ShareId", text("id")),
    ("ReportId", text("work")),
    ("ShareType", leaf("work.type", ValueForm::Words(spelling::IN_SHARES))),
    ("ShareToType", AnswerPart::Computed(AnswerType::Int, receiver_kind)),
    ("ShareToId", text("receiver")),
    ("ShareToName", AnswerPart::Computed(AnswerType::Text, receiver_name)),
    ("AuthPoint", int("points")),
    ("ExpireDate", leaf("until", ValueForm::Millis)),
]);

pub(super) fn receiver_kind(_: &Look<'_>, share: &Thing) -> Option<Value> {
    let to = share.get("to")?.as_str()?;
    RECEIVERS.iter().find(|(name, _)| *name == to).map(|(_, number)| Value::from(*number))
}

pub(super) fn receiver_name(look: &Look<'_>, share: &Thing) -> Option<Value> {
    let (kind, field) = match share.get("to")?.as_str()? {
        "user" => ("users", "account"),
        "group" => ("user_groups", "name"),
        "workspace" => ("workspaces", "name"),
        _ => return None,
    };
    look.things.find(kind, share.get("receiver")?.as_str()?)?.get(field).cloned()
}

const SHARED_WITH: ThingCondition = that(is_shared_with_user);

/// Whether a work is shared with the user by name.
fn is_shared_with_user(look: &Look<'_>, work: &Thing) -> bool {
    let Some(user) = look.args.display("UserId") else { return false };
    shares_of(look, work).any(|share| text_in(share, "to") == "user" && text_in(share, "receiver") == &*user)
}

pub static SHARES_TO_USER: Telling =
    Telling { needs: &[USER], answer: AnswerPart::Each(all("works", &[SHARED_WITH]), &READABLE_WORK) };

pub static COLLECTIONS: Telling =
    Telling { needs: &[USER], answer: AnswerPart::Each(all("favorites", &[by_param(&["user"], "UserId")]), &FAVORITE) };

static FAVORITE: AnswerPart = AnswerPart::Object(&[
    ("FavoriteId", int("id")),
    ("WorksId", text("work")),
    ("WorksName", text("work.name")),
    ("WorksType", leaf("work.type", ValueForm::Words(spelling::IN_COLLECTIONS))),
    ("OwnerId", text("work.owner")),
    ("WorkspaceId", text("work.workspace")),
    ("WorkspaceName", text("work.workspace.name")),
]);

fn is_favorite(look: &Look<'_>, work: &Thing) -> bool {
    let Some(user) = look.args.display("UserId") else { return false };
    let is = |favorite: &Thing| text_in(favorite, "work") == text_in(work, "id") && text_in(favorite, "user") == &*user;
    look.things.all("favorites").any(is)
}

const FAVORED: ThingCondition = that(is_favorite);
const TREE_TYPE: ThingCondition = by_param_as(&["type"], ValueForm::Words(spelling::IN_LISTS), "TreeType");
const NAMED: ThingCondition = keyword(&["name"], "Keyword");

/// `TreeType` is the type in the spelling of lists of works.
static REPORT_OF_USER: AnswerPart = AnswerPart::Object(&[
    ("TreeId", text("id")),
    ("Name", text("name")),
    ("Type", leaf("type", ValueForm::Words(spelling::IN_LISTS))),
    ("PublishStatus", int("status")),
    ("OwnerName", text("owner.account")),
    ("OwnerNum", text("owner.account_id")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("GmtCreate", leaf("created", ValueForm::MillisText)),
    ("GmtModified", leaf("modified", ValueForm::MillisText)),
    ("Favorite", IS_FAVORITE),
    ("HasViewAuth", MAY_BE_READ),
]);

pub(super) const IS_FAVORITE: AnswerPart =
    AnswerPart::Computed(AnswerType::Bool, |look, work| Some(is_favorite(look, work).into()));
pub(super) const MAY_BE_READ: AnswerPart =
    AnswerPart::Computed(AnswerType::Bool, |look, work| Some(reader_may(look, work).into()));

pub static FAVORITES: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Page(&PAGES, all("works", &[TREE_TYPE, NAMED, FAVORED]), &REPORT_OF_USER),
};

pub static SHARED: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Page(&PAGES, all("works", &[TREE_TYPE, NAMED, SHARED_WITH]), &REPORT_OF_USER),
};
