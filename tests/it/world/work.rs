//! Works of organizations: who may have a ticket for what, and what a visit meets.

use super::{authorize, authorize_without, by_id, by_name, issue, issued, key, work};
use ticketbooth::cloud::alibaba::NAME as ALIBABA;
use ticketbooth::domain::{
    AccountAsk, Ask, Command, IssueAsk, IssueSubject, Order, Reason, Refusal, Target, Timestamp, WorkAsk,
};
use ticketbooth::world::World;

const KEY: &str = "LTAIlocaltest000000000000";
const DASHBOARD: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const COMPONENT: &str = "0fc6a275c7f64f17b1aabbcca306ce0f31";
const WANGWU: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const NOW: Timestamp = Timestamp::from_unix(1_767_571_200);

fn plain(id: &str) -> IssueAsk {
    issue(work(id), AccountAsk::Unnamed)
}

fn component(id: &str, component: &str) -> IssueAsk {
    let subject = WorkAsk { work: id.to_owned(), component: Some(component.to_owned()) };
    issue(IssueSubject::Work(subject), AccountAsk::Unnamed)
}

fn answer(key_id: &str, ask: IssueAsk) -> Result<Order, Refusal> {
    let world = World::demo();
    authorize(&world, key(&world, ALIBABA, key_id), ask)
}

fn refused(key_id: &str, ask: IssueAsk) -> Refusal {
    answer(key_id, ask).unwrap_err()
}

/// What an action answers that cannot give the `missing` reasons.
fn refused_without(key_id: &str, ask: IssueAsk, missing: &[Reason]) -> Option<Reason> {
    let world = World::demo();
    authorize_without(&world, key(&world, ALIBABA, key_id), ask, missing).err().map(|refusal| refusal.reason())
}

#[test]
fn a_work_is_given_to_its_owner_when_nobody_is_named() {
    let (target, user) = issued(answer(KEY, plain(DASHBOARD)).unwrap());
    assert_eq!(target, Target::Work { work: DASHBOARD.into(), component: None });
    let user = user.unwrap();
    assert_eq!((&*user.organization, &*user.id), ("org-demo", WANGWU));
}

#[test]
fn a_user_is_found_by_id_or_by_account() {
    let person = |account| issued(answer(KEY, issue(work(DASHBOARD), account)).unwrap()).1.unwrap().id.to_string();
    assert_eq!(person(by_id(None, WANGWU)), WANGWU);
    assert_eq!(person(by_name("wangwu", 1)), WANGWU);
    assert_eq!(person(by_name("wangwu:zhangsan", 5)), "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e");
}

#[test]
fn every_type_of_work_is_given() {
    for id in [DASHBOARD, "workbook-demo", "screen-demo", "retrieval-demo", "analysis-demo", "data-entry-demo"] {
        assert!(answer(KEY, plain(id)).is_ok(), "{id}");
    }
}

#[test]
fn a_component_is_given_and_an_unknown_one_is_not() {
    let (target, _) = issued(answer(KEY, component(DASHBOARD, COMPONENT)).unwrap());
    assert_eq!(target, Target::Work { work: DASHBOARD.into(), component: Some(COMPONENT.into()) });
    for (id, part) in [(DASHBOARD, "unknown"), ("workbook-demo", COMPONENT)] {
        let expected = Refusal::ComponentUnknown { component: part.to_owned() };
        assert_eq!(refused(KEY, component(id, part)), expected);
    }
}

#[test]
fn an_organization_refuses_before_anything_else() {
    for (id, expected) in [
        ("LTAIunknownorganization0000", Refusal::OrganizationUnknown {}),
        ("LTAImissinginstance00000000", Refusal::InstanceMissing {}),
        ("LTAIexpiredinstance00000000", Refusal::InstanceExpired {}),
        ("LTAIstandardedition00000000", Refusal::EditionUnfit {}),
    ] {
        assert_eq!(refused(id, plain("no-such-work")), expected);
    }
}

#[test]
fn a_caller_without_the_right_is_refused() {
    for (id, expected) in [
        ("LTAIinvaliduser000000000000", Refusal::CallerInvalid {}),
        ("LTAInotadmin000000000000000", Refusal::CallerNotAdmin {}),
        ("LTAInotauthorized0000000000", Refusal::CallerNotAuthorized {}),
        ("LTAInotworkspaceadmin000000", Refusal::CallerNotWorkspaceAdmin {}),
    ] {
        assert_eq!(refused(id, plain(DASHBOARD)), expected);
    }
    assert!(answer("LTAIapiuser0000000000000000", plain(DASHBOARD)).is_ok());
}

#[test]
fn a_member_meets_the_first_refusal_that_the_action_can_give() {
    let member = "LTAInotadmin000000000000000";
    let roles = [Reason::CallerNotAdmin, Reason::CallerNotAuthorized, Reason::CallerNotWorkspaceAdmin];
    for (given, expected) in roles.iter().enumerate() {
        assert_eq!(refused_without(member, plain(DASHBOARD), &roles[..given]), Some(*expected));
    }
    assert_eq!(refused_without(member, plain(DASHBOARD), &roles), None);
}

#[test]
fn a_caller_from_elsewhere_is_invalid() {
    let text = "
ticketbooth: 1
name: elsewhere
alibaba:
  credentials: [ { access_key_id: k, access_key_secret: s, organization: here, user: stranger } ]
  organizations:
    - { id: here }
    - { id: there, users: [ { id: stranger } ] }
";
    let world = super::world(text);
    let refusal = authorize(&world, key(&world, ALIBABA, "k"), plain("w")).unwrap_err();
    assert_eq!(refusal, Refusal::CallerInvalid {});
}

#[test]
fn a_user_who_is_not_there_or_not_one_is_refused() {
    let user = |account| refused(KEY, issue(work(DASHBOARD), account));
    let unknown = |user: &str| Refusal::UserUnknown { user: user.to_owned() };
    assert_eq!(user(by_id(None, "nobody")), unknown("nobody"));
    assert_eq!(user(by_name("nobody", 1)), unknown("nobody"));
    assert_eq!(user(by_name("wangwu", 3)), unknown("wangwu"));
    let foreign = "user-of-another-organization".to_owned();
    assert_eq!(user(by_id(None, &foreign)), Refusal::UserForeign { user: foreign });
    let duplicate = "duplicate-user".to_owned();
    assert_eq!(user(by_name(&duplicate, 1)), Refusal::UserDuplicate { user: duplicate });
}

#[test]
fn a_foreign_user_is_unknown_where_the_action_has_no_word_for_it() {
    let ask = issue(work(DASHBOARD), by_id(None, "user-of-another-organization"));
    assert_eq!(refused_without(KEY, ask, &[Reason::UserForeign]), Some(Reason::UserUnknown));
}

#[test]
fn the_first_of_two_accounts_is_taken_where_the_action_has_no_word_for_it() {
    let ask = issue(work(DASHBOARD), by_name("duplicate-user", 1));
    assert_eq!(refused_without(KEY, ask, &[Reason::UserDuplicate]), None);
}

#[test]
fn a_work_refuses_by_its_state() {
    let named = |id: &str| id.to_owned();
    for (id, expected) in [
        ("no-such-work", Refusal::WorkUnknown { work: named("no-such-work") }),
        ("work-gone", Refusal::WorkUnknown { work: named("work-gone") }),
        ("dashboard-gone", Refusal::DashboardUnknown { work: named("dashboard-gone") }),
        ("work-of-another-organization", Refusal::ObjectForbidden {}),
        (
            "workspace-of-another-organization",
            Refusal::WorkspaceForeign { work: named("workspace-of-another-organization") },
        ),
        ("embedding-off", Refusal::EmbeddingOff {}),
        ("dataset-gone", Refusal::DatasetGone { dataset: named("deleted-dataset") }),
        ("datasource-gone", Refusal::DatasourceGone { datasource: named("deleted-datasource") }),
    ] {
        assert_eq!(refused(KEY, plain(id)), expected);
    }
}

#[test]
fn what_is_not_the_callers_is_never_given_out() {
    let foreign = "work-of-another-organization";
    let mut missing = vec![Reason::ObjectForbidden];
    assert_eq!(refused_without(KEY, plain(foreign), &missing), Some(Reason::WorkspaceForeign));
    missing.push(Reason::WorkspaceForeign);
    assert_eq!(refused_without(KEY, plain(foreign), &missing), Some(Reason::WorkUnknown));
    let gone = refused_without(KEY, plain("dashboard-gone"), &[Reason::DashboardUnknown]);
    assert_eq!(gone, Some(Reason::WorkUnknown));
    assert_eq!(refused_without(KEY, plain("no-such-work"), Reason::ALL), Some(Reason::WorkUnknown));
    let part = refused_without(KEY, component(DASHBOARD, "unknown"), Reason::ALL);
    assert_eq!(part, Some(Reason::ComponentUnknown));
}

#[test]
fn global_parameters_need_the_feature() {
    let asking = |id: &str| {
        let mut ask = plain(id);
        ask.extras.global_param = Some("[]".to_owned());
        ask
    };
    let without = "LTAInoglobalparam0000000000";
    let expected = Refusal::FeatureMissing { feature: "global-param" };
    assert_eq!(refused(without, asking("dashboard-without-global-param")), expected);
    assert!(answer(without, plain("dashboard-without-global-param")).is_ok());
    assert!(answer(KEY, asking(DASHBOARD)).is_ok());
}

#[test]
fn a_screen_takes_no_watermark() {
    let marked = |id: &str| {
        let mut ask = plain(id);
        ask.extras.watermark = Some("mark".to_owned());
        ask
    };
    assert_eq!(refused(KEY, marked("screen-demo")), Refusal::WatermarkUnsupported {});
    assert!(answer(KEY, marked(DASHBOARD)).is_ok());
}

#[test]
fn an_act_asks_only_for_the_caller() {
    let world = World::demo();
    let act = |id: &str| {
        let ask = Ask::Act { ticket: "any".to_owned(), command: Command::Inspect };
        world.authorize(ask, key(&world, ALIBABA, id), &|_| true)
    };
    assert!(matches!(act(KEY), Ok(Order::Act { command: Command::Inspect, reach: Some(_), .. })));
    assert_eq!(act("LTAIexpiredinstance00000000"), Err(Refusal::InstanceExpired {}));
    assert_eq!(act("LTAInotadmin000000000000000"), Err(Refusal::CallerNotAdmin {}));
    let tencent = key(&world, "tencent", "AKIDnotadmin00000000000000000000000");
    let ask = Ask::Act { ticket: "any".to_owned(), command: Command::Inspect };
    assert!(world.authorize(ask, tencent, &|_| true).is_ok());
}

#[test]
fn an_order_keeps_what_was_asked_for() {
    let mut ask = plain(DASHBOARD);
    ask.uses = None;
    ask.minutes = 17;
    ask.count = 3;
    ask.extras.spare = Some("spare".to_owned());
    let Order::Issue { draft, count } = answer(KEY, ask.clone()).unwrap() else { panic!("not an issue") };
    assert_eq!((draft.uses, draft.minutes, count), (None, 17, 3));
    assert_eq!(draft.extras.as_deref(), Some(&ask.extras));
}

#[test]
fn a_plain_ticket_carries_no_extras() {
    let Order::Issue { draft, .. } = answer(KEY, plain(DASHBOARD)).unwrap() else { panic!("not an issue") };
    assert_eq!(draft.extras, None);
}

#[test]
fn the_gate_opens_and_closes_as_the_world_says() {
    let world = World::demo();
    let gate = |id: &str| world.visit_refusal(ALIBABA, &Target::Work { work: id.into(), component: None }, None, NOW);
    assert_eq!(gate(DASHBOARD), None);
    assert_eq!(gate("embedding-off"), Some(Refusal::EmbeddingOff {}));
    assert_eq!(gate("work-gone"), Some(Refusal::WorkUnknown { work: "work-gone".to_owned() }));
    assert_eq!(gate("dashboard-gone"), Some(Refusal::DashboardUnknown { work: "dashboard-gone".to_owned() }));
    assert_eq!(gate("no-such-work"), Some(Refusal::WorkUnknown { work: "no-such-work".to_owned() }));
}

#[test]
fn a_page_shows_the_name_and_workspace_of_its_work() {
    let world = World::demo();
    let show = |part: Option<&str>| {
        world.page_content(ALIBABA, &Target::Work { work: DASHBOARD.into(), component: part.map(Into::into) })
    };
    let whole = show(None).unwrap();
    assert_eq!(
        (whole.title.as_str(), whole.kind, whole.place.as_str()),
        ("Sales dashboard", "dashboard", "Demo workspace")
    );
    assert_eq!(whole.parameters, ["price", "city"]);
    assert_eq!(show(Some(COMPONENT)).unwrap().title, "Sales by city");
    assert_eq!(show(Some("unknown")), None);
}
