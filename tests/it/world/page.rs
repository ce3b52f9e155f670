//! Pages of projects: who may have a ticket for what, and what a visit meets.

use super::{authorize, authorize_without, by_id, by_name, issue, issued, key, page};
use ticketbooth::domain::{
    AccountAsk, Ask, IssueSubject, Order, PageAsk, Reason, Refusal, Target, TargetHint, Timestamp, View,
};
use ticketbooth::world::{PageContent, World};

const KEY: &str = "AKIDlocaltest0000000000000000000000";
const CORPORATION: &str = "100022975249";
const NOW: Timestamp = Timestamp::from_unix(1_767_571_200);

fn refused(subject: PageAsk, account: AccountAsk) -> Refusal {
    let world = World::demo();
    authorize(&world, key(&world, "tencent", KEY), issue(IssueSubject::Page(subject), account)).unwrap_err()
}

fn cleared(key_id: &str, organization: &str, subject: PageAsk) -> Result<Order, Refusal> {
    let world = World::demo();
    let ask = Ask::Clear { organization: organization.to_owned(), subject };
    world.authorize(ask, key(&world, "tencent", key_id), &|_| true)
}

#[test]
fn a_page_is_given_to_the_named_user() {
    let world = World::demo();
    let ask =
        issue(IssueSubject::Page(page("117", Some("11520"), View::Page)), by_id(Some(CORPORATION), "100024664626"));
    let (target, user) = issued(authorize(&world, key(&world, "tencent", KEY), ask).unwrap());
    assert_eq!(target, Target::Page { project: 117, page: Some(11520), view: View::Page });
    assert_eq!(&*user.unwrap().id, "100024664626");
}

#[test]
fn a_board_needs_no_page_and_no_user() {
    let world = World::demo();
    for named in [None, Some("0")] {
        let ask = issue(IssueSubject::Page(page("117", named, View::Board)), AccountAsk::Unnamed);
        let (target, user) = issued(authorize(&world, key(&world, "tencent", KEY), ask).unwrap());
        assert_eq!(target, Target::Page { project: 117, page: None, view: View::Board });
        assert_eq!(user, None);
    }
}

#[test]
fn a_chat_is_given_where_the_project_has_one() {
    let world = World::demo();
    let ask = issue(IssueSubject::Page(page("111", None, View::Chat)), AccountAsk::Unnamed);
    assert!(authorize(&world, key(&world, "tencent", KEY), ask).is_ok());
    assert_eq!(refused(page("117", None, View::Chat), AccountAsk::Unnamed), Refusal::EmbeddingOff {});
}

#[test]
fn an_unknown_project_or_a_word_for_one_is_refused() {
    for project in ["999", "sales", "", "-1", "99999999999999999999999"] {
        let expected = Refusal::ProjectUnknown { project: project.to_owned() };
        assert_eq!(refused(page(project, None, View::Board), AccountAsk::Unnamed), expected);
    }
}

#[test]
fn an_unknown_foreign_or_unpublished_page_is_refused() {
    for named in ["999", "first", "10520483", "40401"] {
        let expected = Refusal::PageUnknown { page: named.to_owned() };
        assert_eq!(refused(page("117", Some(named), View::Page), AccountAsk::Unnamed), expected);
    }
}

#[test]
fn embedding_can_be_off_for_a_page_or_a_project() {
    for (project, named, view) in [
        ("117", Some("40301"), View::Page),
        ("403", Some("40302"), View::Page),
        ("403", None, View::Board),
        ("403", None, View::Chat),
    ] {
        assert_eq!(refused(page(project, named, view), AccountAsk::Unnamed), Refusal::EmbeddingOff {});
    }
}

#[test]
fn an_unknown_user_or_corporation_is_refused() {
    let board = || page("117", None, View::Board);
    let unknown = |user: &str| Refusal::UserUnknown { user: user.to_owned() };
    assert_eq!(refused(board(), by_id(Some(CORPORATION), "nobody")), unknown("nobody"));
    assert_eq!(refused(board(), by_id(Some("nowhere"), "100024664626")), unknown("100024664626"));
    assert_eq!(refused(board(), by_id(None, "100024664626")), unknown("100024664626"));
    assert_eq!(refused(board(), by_name("wangwu", 1)), unknown("wangwu"));
}

#[test]
fn the_project_is_looked_at_before_the_user() {
    let refusal = refused(page("999", None, View::Board), by_id(Some("nowhere"), "nobody"));
    assert_eq!(refusal.reason(), Reason::ProjectUnknown);
}

#[test]
fn a_check_that_the_action_has_no_word_for_is_skipped() {
    let world = World::demo();
    let ask = issue(IssueSubject::Page(page("403", None, View::Board)), AccountAsk::Unnamed);
    let caller = key(&world, "tencent", KEY);
    assert!(authorize_without(&world, caller, ask, &[Reason::EmbeddingOff]).is_ok());
}

#[test]
fn a_target_that_is_not_there_is_refused_whatever_the_action_says() {
    let world = World::demo();
    let caller = key(&world, "tencent", KEY);
    let ask = issue(IssueSubject::Page(page("999", None, View::Board)), AccountAsk::Unnamed);
    let refusal = authorize_without(&world, caller, ask, Reason::ALL).unwrap_err();
    assert_eq!(refusal.reason(), Reason::ProjectUnknown);
    let ask = issue(IssueSubject::Page(page("117", Some("999"), View::Page)), AccountAsk::Unnamed);
    let refusal = authorize_without(&world, caller, ask, Reason::ALL).unwrap_err();
    assert_eq!(refusal.reason(), Reason::PageUnknown);
}

#[test]
fn a_clear_names_its_target() {
    let hint =
        |page, view| TargetHint { project: Some(117), page: Some(page), view: Some(view), ..TargetHint::default() };
    let order = cleared(KEY, CORPORATION, page("117", Some("11520"), View::Page)).unwrap();
    assert_eq!(order, Order::Clear { targets: hint(Some(11520), View::Page) });
    let order = cleared(KEY, CORPORATION, page("117", None, View::Board)).unwrap();
    assert_eq!(order, Order::Clear { targets: hint(None, View::Board) });
}

#[test]
fn only_an_administrator_clears() {
    let refusal = cleared("AKIDnotadmin00000000000000000000000", CORPORATION, page("117", None, View::Board));
    assert_eq!(refusal.unwrap_err(), Refusal::CallerNotAdmin {});
}

#[test]
fn a_clear_knows_only_projects_of_its_corporation() {
    for (corporation, project) in [(CORPORATION, "404"), ("100099999999", "117"), (CORPORATION, "999")] {
        let refusal = cleared(KEY, corporation, page(project, None, View::Board)).unwrap_err();
        assert_eq!(refusal, Refusal::ProjectUnknown { project: project.to_owned() });
    }
    let refusal = cleared(KEY, CORPORATION, page("117", Some("999"), View::Page)).unwrap_err();
    assert_eq!(refusal, Refusal::PageUnknown { page: "999".to_owned() });
}

#[test]
fn a_page_that_is_embedded_no_more_still_can_be_cleared() {
    assert!(cleared(KEY, CORPORATION, page("403", None, View::Board)).is_ok());
    assert!(cleared(KEY, CORPORATION, page("117", Some("40401"), View::Page)).is_ok());
}

#[test]
fn the_gate_opens_and_closes_as_the_world_says() {
    let world = World::demo();
    let gate = |project, page, view| world.visit_refusal("tencent", &Target::Page { project, page, view }, None, NOW);
    assert_eq!(gate(117, Some(11520), View::Page), None);
    assert_eq!(gate(111, None, View::Chat), None);
    assert_eq!(gate(117, Some(40301), View::Page), Some(Refusal::EmbeddingOff {}));
    assert_eq!(gate(403, None, View::Chat), Some(Refusal::EmbeddingOff {}));
    assert_eq!(gate(117, Some(41001), View::Page), Some(Refusal::OutsideValidity {}));
    assert_eq!(gate(117, Some(42501), View::Page), Some(Refusal::OutsideValidity {}));
    assert_eq!(gate(410, None, View::Board), Some(Refusal::OutsideValidity {}));
    assert_eq!(gate(117, Some(40401), View::Page), Some(Refusal::PageUnknown { page: "40401".to_owned() }));
    assert_eq!(gate(999, None, View::Board), Some(Refusal::ProjectUnknown { project: "999".to_owned() }));
}

#[test]
fn a_validity_holds_from_its_first_second_and_not_at_its_end() {
    let text = "
ticketbooth: 1
name: validity
tencent:
  corporations: [ { id: c } ]
  projects:
    - { id: 1, name: P, corporation: c, validity: { from: 2026-01-05T08:00:00+08:00, until: 2026-01-05T00:01:00Z } }
";
    let world = super::world(text);
    let target = Target::Page { project: 1, page: None, view: View::Board };
    let start = NOW.unix_seconds();
    let open = |at: i64| world.visit_refusal("tencent", &target, None, Timestamp::from_unix(at)).is_none();
    assert_eq!([open(start - 1), open(start), open(start + 59), open(start + 60)], [false, true, true, false]);
}

#[test]
fn a_page_shows_its_name_project_and_parameters() {
    let world = World::demo();
    let shown =
        world.page_content("tencent", &Target::Page { project: 117, page: Some(11520), view: View::Page }).unwrap();
    let expected = PageContent {
        title: "Sales by city".to_owned(),
        kind: "page",
        place: "Sales".to_owned(),
        parameters: vec!["province".to_owned(), "city".to_owned()],
    };
    assert_eq!(shown, expected);
    let chat = world.page_content("tencent", &Target::Page { project: 111, page: None, view: View::Chat }).unwrap();
    assert_eq!((chat.title.as_str(), chat.kind), ("Questions and answers", "chat"));
    assert_eq!(world.page_content("tencent", &Target::Page { project: 999, page: None, view: View::Board }), None);
}
