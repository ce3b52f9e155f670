//! Answers about user groups: who is in them, how they stand in each other, and what they may do with a page.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::{PAGES, USER_KEYWORD, filter, need_project, of_outer};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Constant, ListPages, Look, Need, Operand, Source, Telling, ThingCondition, ThingTest,
    ValueForm, all, int, leaf, text, that, time_in,
};
use crate::cloud::tencent::world::MOST_LEVELS;
use crate::domain::Refusal;
use crate::world::things::{Thing, text_in, text_of};

pub const OF_GROUP: ThingCondition = of_outer(&["group"]);
const OF_GROUPS: ThingCondition = filter(&["group"], ThingTest::OneOf, Operand::Param("GroupIds"));
const NAMED: ThingCondition = filter(&["name"], ThingTest::Contains, Operand::Param("Keyword"));

// --- members -------------------------------------------------------------------------------------------------------

static BY_TIME: ListPages = ListPages { order: Some(by_time), ..PAGES };

fn by_time(look: &Look<'_>, members: &mut Vec<&Thing>) {
    let time = |member: &&Thing| member.get("created").and_then(time_in);
    match look.args.display("CreatedOnOrder").as_deref() {
        Some("asc") => members.sort_by_key(time),
        Some("desc") => members.sort_by_key(|member| Reverse(time(member))),
        _ => {}
    }
}

pub static MEMBERS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(&BY_TIME, all("group_members", &[OF_GROUPS, USER_KEYWORD]), &MEMBER),
};

pub static MEMBERS_OF_ALL: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(&PAGES, all("group_members", &[OF_GROUPS, NOT_LEFT_OUT, USER_KEYWORD]), &MEMBER),
};

const NOT_LEFT_OUT: ThingCondition = that(|look, member| !is_listed(look, "FilterGroupIds", member, "group"));

static MEMBER: AnswerPart = AnswerPart::Object(&[
    ("UserName", text("user.name")),
    ("UserId", text("user")),
    ("CreatedBy", text("created_by")),
    ("CreatedOn", leaf("created", ValueForm::Wall)),
]);

/// Whether the list in a parameter has what stands in a field.
fn is_listed(look: &Look<'_>, param: &str, thing: &Thing, field: &str) -> bool {
    let own = thing.get(field).and_then(text_of);
    look.args.display(param).is_some_and(|sent| sent.split(',').any(|id| Some(id) == own.as_deref()))
}

// --- the tree ------------------------------------------------------------------------------------------------------

const GROUP: Need = Need {
    param: "Id",
    kind: "user_groups",
    by: &["id"],
    among: &[],
    unknown: |group| Refusal::GroupUnknown { group },
};

/// The vendor's answer has a request id and nothing else.
pub static NOTHING: Telling = Telling { needs: &[GROUP], answer: AnswerPart::Constant(Constant::Null) };

/// Groups that are asked for by id, by the group above or by name; else those at the root. Each comes with all below it.
pub static TREE: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::Each(
        all(
            "user_groups",
            &[
                filter(&["id"], ThingTest::OneOf, Operand::Param("GroupIds")),
                filter(&["parent"], ThingTest::OneOf, Operand::Param("ParentIds")),
                NAMED,
                AT_THE_TOP,
                SHOWN,
            ],
        ),
        &GROUP_IN_TREE,
    ),
};

const AT_THE_TOP: ThingCondition = that(|look, group| {
    let asked = ["GroupIds", "ParentIds", "Keyword"];
    asked.iter().any(|name| look.args.display(name).is_some()) || has_parent(group, ROOT)
});

const SHOWN: ThingCondition = that(|look, group| !is_listed(look, "FilterGroupIds", group, "id"));

/// The id that stands for no group.
const ROOT: &str = "-1";

fn has_parent(group: &Thing, parent: &str) -> bool {
    group.get("parent").and_then(text_of).is_some_and(|own| own == parent)
}

const CHILD: ThingCondition = of_outer(&["parent"]);

/// Groups that calls have put into each other may stand deeper than a world file lets them.
const NOT_TOO_DEEP: ThingCondition = that(|look, group| {
    let above = |group: &Thing| look.things.find("user_groups", &group.get("parent").and_then(text_of)?);
    std::iter::successors(Some(group), |group| above(group)).nth(MOST_LEVELS).is_none()
});

const CHILDREN: Source = all("user_groups", &[CHILD, NOT_TOO_DEEP, SHOWN]);

macro_rules! group {
    ($this:ident $(, $more:expr)*) => {
        AnswerPart::Object(&[
            ("Id", int("id")),
            ("GroupName", text("name")),
            ("ParentId", int("parent")),
            ("ParentName", text("parent.name")),
            ("IsDefault", leaf("default", ValueForm::Flag)),
            ("AdminUserId", text("admin_user")),
            ("UserList", AnswerPart::Each(all("group_members", &[OF_GROUP]), &USER_OF_GROUP)),
            ("Description", text("description")),
            ("Location", int("location")),
            ("Children", AnswerPart::Each(CHILDREN, &$this)),
            ("HasChildren", AnswerPart::Any(CHILDREN)),
            $($more,)*
        ])
    };
}

static GROUP_IN_TREE: AnswerPart = group!(GROUP_IN_TREE);
static GROUP_WITH_RIGHTS: AnswerPart =
    group!(GROUP_WITH_RIGHTS, ("ResourceList", AnswerPart::Computed(AnswerType::List, rights_on_page)));

static USER_OF_GROUP: AnswerPart = AnswerPart::Object(&[("UserId", text("user")), ("UserName", text("user.name"))]);

// --- rights on a page ----------------------------------------------------------------------------------------------

const PAGE: Need =
    Need { param: "PageId", kind: "pages", by: &["id"], among: &[], unknown: |page| Refusal::PageUntold { page } };

pub static ON_PAGE: Telling = Telling {
    needs: &[need_project("ProjectId"), PAGE],
    answer: AnswerPart::Page(&PAGES, all("user_groups", &[BELOW_ASKED, NAMED]), &GROUP_WITH_RIGHTS),
};

/// Groups below the one that was named; without one, those at the root, or of any place when a name is looked for.
const BELOW_ASKED: ThingCondition = that(|look, group| match look.args.display("ParentId") {
    Some(parent) => has_parent(group, &parent),
    None => look.args.display("Keyword").is_some() || has_parent(group, ROOT),
});

const RIGHTS: &[&str] = &["PageView", "PageEdit", "PageExport", "PageRetrieval", "PageShareAndIframe"];

/// Every right, or the one that is asked for, and whether the group has it on the page.
fn rights_on_page(look: &Look<'_>, group: &Thing) -> Option<Value> {
    let page = look.args.display("PageId").or_else(|| look.args.display("EntityId"));
    let asked = look.args.display("ResourceName");
    let field = |thing: &Thing, name: &str| thing.get(name).and_then(text_of);
    let is_given = |name: &str| {
        look.things.all("page_rights").any(|right| {
            text_in(right, "name") == name
                && field(right, "group") == field(group, "id")
                && field(right, "page").as_deref() == page.as_deref()
        })
    };
    let wanted = RIGHTS.iter().filter(|name| asked.as_ref().is_none_or(|asked| asked == *name));
    let right =
        |name: &&str| json!({ "ResourceName": name, "ResourceValue": is_given(name), "CanChange": true, "Tips": "" });
    Some(wanted.map(right).collect())
}
