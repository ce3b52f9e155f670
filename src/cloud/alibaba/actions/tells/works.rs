//! Works: their lists, embedding, lineage, shares and who may read them.

use serde_json::Value;

use super::{
    NUMBERED_PAGES, PAGES, USER, WORK, WORKSPACE, all, asked, asked_as, boolean, int, keyword, leaf, listed, need,
    of_outer, spelling, text, word,
};
use crate::cloud::telling::{Filter, Form, Kind, Look, Need, Node, Telling, Test, With, time_in};
use crate::domain::Refusal;
use crate::world::things::{Thing, text_of};

const ON: Filter = word(&["embedding"], Form::Bool, "true");

/// Embedding on, by the two names of its parameter.
const FLAGGED: Filter = asked_as(&["embedding"], Form::Flag, "ThirdPartAuthFlag");
const STATUS: Filter = asked(&["status"], "Status");

pub(super) static DIRECTORY: Node = Node::Object(&[
    ("Id", text("id")),
    ("Name", text("name")),
    ("PathId", text("path_id")),
    ("PathName", text("path_name")),
]);

macro_rules! work_of_list {
    ($spelling:expr) => {
        Node::Object(&[
            ("WorksId", text("id")),
            ("WorkName", text("name")),
            ("WorkType", leaf("type", Form::Words($spelling))),
            ("Status", int("status")),
            ("Auth3rdFlag", leaf("embedding", Form::Flag)),
            ("Description", text("description")),
            ("WorkspaceId", text("workspace")),
            ("WorkspaceName", text("workspace.name")),
            ("OwnerId", text("owner")),
            ("OwnerName", text("owner.account")),
            ("ModifyName", text("modified_by.account")),
            ("GmtCreate", leaf("created", Form::MillisText)),
            ("GmtModify", leaf("modified", Form::MillisText)),
            ("SecurityLevel", text("security_level")),
            ("PublicFlag", boolean("public")),
            ("PublicInvalidTime", leaf("public_until", Form::Millis)),
            ("Directory", Node::Inside("directory", &DIRECTORY)),
        ])
    };
}

static IN_ORGANIZATION: Node = work_of_list!(spelling::IN_LISTS);
static IN_WORKSPACE: Node = work_of_list!(spelling::IN_WORKSPACE);

pub static BY_ORGANIZATION: Telling = Telling {
    needs: &[],
    answer: Node::Page(
        &PAGES,
        all("works", &[asked_as(&["type"], Form::Words(spelling::IN_LISTS), "WorksType"), STATUS, FLAGGED]),
        &IN_ORGANIZATION,
    ),
};

pub static BY_WORKSPACE: Telling = Telling {
    needs: &[WORKSPACE],
    answer: Node::Page(
        &PAGES,
        all(
            "works",
            &[
                asked(&["workspace"], "WorkspaceId"),
                asked_as(&["type"], Form::Words(spelling::IN_WORKSPACE), "WorksType"),
                STATUS,
                FLAGGED,
            ],
        ),
        &IN_WORKSPACE,
    ),
};

pub static ONE: Telling = Telling {
    needs: &[WORK],
    answer: Node::Object(&[
        ("WorksId", text("id")),
        ("WorkName", text("name")),
        ("WorkType", leaf("type", Form::Words(spelling::IN_LISTS))),
        ("Status", int("status")),
        ("Auth3rdFlag", leaf("embedding", Form::Flag)),
        ("Description", text("description")),
        ("WorkspaceId", text("workspace")),
        ("WorkspaceName", text("workspace.name")),
        ("OwnerId", text("owner")),
        ("OwnerName", text("owner.account")),
        ("ModifyName", text("modified_by.account")),
        ("GmtCreate", leaf("created", Form::MillisText)),
        ("GmtModify", leaf("modified", Form::MillisText)),
        ("SecurityLevel", text("security_level")),
        ("PublicFlag", boolean("public")),
        ("PublicInvalidTime", leaf("public_until", Form::Millis)),
        ("Directory", Node::Inside("directory", &DIRECTORY)),
        ("GlobalParamVoList", Node::Computed(Kind::List, global_parameters)),
    ]),
};

/// The global parameters of a work, of which a world knows the names.
fn global_parameters(_: &Look<'_>, work: &Thing) -> Option<Value> {
    let names = work.get("parameters")?.as_array()?;
    let parameter = |name: &Value| {
        let members = [
            ("ParamName", name.clone()),
            ("ParamAlias", name.clone()),
            ("DataType", Value::from("string")),
            ("Required", Value::from(false)),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Value>()
    };
    Some(names.iter().map(parameter).collect())
}

pub static LINEAGE: Telling =
    Telling { needs: &[WORK], answer: Node::Each(all("components", &[of_outer(&["work"], "id")]), &COMPONENT) };

static COMPONENT: Node = Node::Object(&[
    ("ComponentId", text("id")),
    ("ComponentName", text("name")),
    ("ComponentType", int("type")),
    ("ComponentTypeName", text("type_name")),
    ("DatasetId", text("dataset")),
    ("QueryParams", Node::Each(listed("query_params"), &QUERY_PARAM)),
]);

static QUERY_PARAM: Node = Node::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("DataType", text("data_type")),
    ("IsMeasure", boolean("measure")),
]);

// --- embedding -----------------------------------------------------------------------------------------------------

pub static EMBEDDING: Telling = Telling { needs: &[WORK], answer: boolean("embedding") };

const fn embedded(kind: &'static str) -> Filter {
    word(&["type"], Form::Text, kind)
}

pub static EMBEDDING_COUNTS: Telling = Telling {
    needs: &[],
    answer: Node::Object(&[
        (
            "Detail",
            Node::Object(&[
                ("Page", Node::Count(all("works", &[ON, embedded("dashboard")]))),
                ("Report", Node::Count(all("works", &[ON, embedded("workbook")]))),
                ("DashboardOfflineQuery", Node::Count(all("works", &[ON, embedded("retrieval")]))),
            ]),
        ),
        ("EmbeddedCount", Node::Count(all("works", &[ON]))),
        ("MaxCount", Node::First(all("organization", &[]), &QUOTA)),
    ]),
};

static QUOTA: Node = int("embed_quota");

pub static EMBEDDED: Telling = Telling {
    needs: &[],
    answer: Node::Page(
        &NUMBERED_PAGES,
        all(
            "works",
            &[
                ON,
                asked(&["workspace"], "WsId"),
                asked_as(&["type"], Form::Words(spelling::IN_EMBEDDING), "WorksType"),
                keyword(&["name"], "Keyword"),
            ],
        ),
        &EMBEDDED_WORK,
    ),
};

static EMBEDDED_WORK: Node = Node::Object(&[
    ("WorksId", text("id")),
    ("WorksName", text("name")),
    ("WorksType", leaf("type", Form::Words(spelling::IN_EMBEDDING))),
    ("WorkspaceId", text("workspace")),
    ("EmbedTime", leaf("embedded_at", Form::Wall)),
]);

// --- who may read --------------------------------------------------------------------------------------------------

pub static READABLE: Telling = Telling {
    needs: &[WORK, USER],
    answer: Node::Computed(Kind::Bool, |look, work| {
        let user = look.things.find("users", &look.args.display("UserId")?)?;
        Some(Value::from(may_read(look, user, work)))
    }),
};

/// Whether a user may read a work: its owner, an administrator, a member of its workspace, and whoever it is shared with.
/// No page says it in one place, so this is what all of them together mean.
fn may_read(look: &Look<'_>, user: &Thing, work: &Thing) -> bool {
    let id = user.get("id").and_then(Value::as_str).unwrap_or_default();
    let field = |thing: &Thing, name: &str| thing.get(name).and_then(text_of).unwrap_or_default();
    let has = |list: &str, wanted: &str| {
        let list = user.get(list).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|one| text_of(one).is_some_and(|one| one == wanted)))
    };
    let is_member = |workspace: &str| {
        let members = look.things.all("members");
        members.iter().any(|member| field(member, "workspace") == workspace && field(member, "user") == id)
    };
    let is_shared = |share: &Thing| {
        let receiver = field(share, "receiver");
        let lasts = share.get("until").and_then(time_in).is_none_or(|until| look.now < until);
        let fits = match &*field(share, "to") {
            "user" => receiver == id,
            "group" => has("groups", &receiver),
            "workspace" => is_member(&receiver),
            _ => true,
        };
        field(share, "work") == field(work, "id") && lasts && fits
    };
    field(work, "owner") == id
        || has("roles", ADMINISTRATOR)
        || is_member(&field(work, "workspace"))
        || look.things.all("shares").iter().any(is_shared)
}

/// The role of an administrator of the organization.
const ADMINISTRATOR: &str = "111111111";

fn reader_may(look: &Look<'_>, work: &Thing) -> bool {
    let user = look.args.display("UserId").and_then(|id| look.things.find("users", &id));
    user.is_some_and(|user| may_read(look, user, work))
}

const MAY_READ: Filter = Filter { paths: &[], form: Form::Text, test: Test::That(reader_may), with: With::Word("") };

static READABLE_WORK: Node = Node::Object(&[
    ("WorksId", text("id")),
    ("WorkName", text("name")),
    ("WorkType", leaf("type", Form::Words(spelling::IN_LISTS))),
    ("Status", int("status")),
    ("ThirdPartAuthFlag", leaf("embedding", Form::Flag)),
    ("Description", text("description")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("OwnerId", text("owner")),
    ("OwnerName", text("owner.account")),
    ("ModifyName", text("modified_by.account")),
    ("CreateTime", leaf("created", Form::MillisText)),
    ("ModifyTime", leaf("modified", Form::MillisText)),
    ("SecurityLevel", text("security_level")),
    ("Directory", Node::Inside("directory", &DIRECTORY)),
]);

pub static READABLES: Telling =
    Telling { needs: &[USER], answer: Node::Each(all("works", &[MAY_READ]), &READABLE_WORK) };

pub static READABLES_V2: Telling = Telling {
    needs: &[USER],
    answer: Node::Each(
        all(
            "works",
            &[
                MAY_READ,
                asked_as(&["type"], Form::Words(spelling::IN_LISTS), "WorkType"),
                asked(&["workspace"], "WorkspaceId"),
            ],
        ),
        &READABLE_WORK,
    ),
};

// --- shares and favourites -----------------------------------------------------------------------------------------

const REPORT: Need = need("ReportId", "works", &["id"], |work| Refusal::WorkUnknown { work });

/// Numbers of the kinds of receivers, as the vendor counts them.
const RECEIVERS: &[(&str, i64)] = &[("user", 0), ("group", 1), ("organization", 2), ("workspace", 3)];

pub static SHARES: Telling =
    Telling { needs: &[REPORT], answer: Node::Each(all("shares", &[asked(&["work"], "ReportId")]), &SHARE) };

static SHARE: Node = Node::Object(&[
    ("ShareId", text("id")),
    ("ReportId", text("work")),
    ("ShareType", leaf("work.type", Form::Words(spelling::IN_SHARES))),
    ("ShareToType", Node::Computed(Kind::Int, receiver_kind)),
    ("ShareToId", text("receiver")),
    ("ShareToName", Node::Computed(Kind::Text, receiver_name)),
    ("AuthPoint", int("points")),
    ("ExpireDate", leaf("until", Form::Millis)),
]);

fn receiver_kind(_: &Look<'_>, share: &Thing) -> Option<Value> {
    let to = share.get("to")?.as_str()?;
    RECEIVERS.iter().find(|(name, _)| *name == to).map(|(_, number)| Value::from(*number))
}

fn receiver_name(look: &Look<'_>, share: &Thing) -> Option<Value> {
    let (kind, field) = match share.get("to")?.as_str()? {
        "user" => ("users", "account"),
        "group" => ("user_groups", "name"),
        "workspace" => ("workspaces", "name"),
        _ => return None,
    };
    look.things.find(kind, share.get("receiver")?.as_str()?)?.get(field).cloned()
}

const SHARED_WITH: Filter =
    Filter { paths: &[], form: Form::Text, test: Test::That(is_shared_with_user), with: With::Word("") };

/// Whether a work is shared with the user by name.
fn is_shared_with_user(look: &Look<'_>, work: &Thing) -> bool {
    let Some(user) = look.args.display("UserId") else { return false };
    look.things.all("shares").iter().any(|share| {
        let is = |field: &str, text: &str| share.get(field).and_then(Value::as_str) == Some(text);
        share.get("work") == work.get("id") && is("to", "user") && is("receiver", &user)
    })
}

pub static SHARES_TO_USER: Telling =
    Telling { needs: &[USER], answer: Node::Each(all("works", &[SHARED_WITH]), &READABLE_WORK) };

pub static COLLECTIONS: Telling =
    Telling { needs: &[USER], answer: Node::Each(all("favorites", &[asked(&["user"], "UserId")]), &FAVORITE) };

static FAVORITE: Node = Node::Object(&[
    ("FavoriteId", int("id")),
    ("WorksId", text("work")),
    ("WorksName", text("work.name")),
    ("WorksType", leaf("work.type", Form::Words(spelling::IN_COLLECTIONS))),
    ("OwnerId", text("work.owner")),
    ("WorkspaceId", text("work.workspace")),
    ("WorkspaceName", text("work.workspace.name")),
]);
