//! What the captured requests of the official clients ask for is all there in the golden world.

use super::{authorize, by_id, by_name, issue, key, page, world};
use ticketbooth::domain::{AccountAsk, IssueSubject, View, WorkAsk};
use ticketbooth::world::World;

const DASHBOARD: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const COMPONENT: Option<&str> = Some("0fc6a275c7f64f17b1aabbcca306ce0f31");

fn golden() -> World {
    world(include_str!("../../../tests/worlds/golden.yaml"))
}

#[test]
fn the_session_tokens_go_with_permanent_keys() {
    let world = golden();
    for (vendor, id, token) in [
        ("tencent", "AKIDlocaltest0000000000000000000000", "tmp-session-token/+="),
        ("alibaba", "LTAIlocaltest000000000000", "STS.localtoken+/="),
    ] {
        let key = key(&world, vendor, id);
        assert_eq!((key.session_tokens.as_slice(), key.temporary), ([token.to_owned()].as_slice(), false));
    }
}

#[test]
fn every_captured_page_is_given() {
    let world = golden();
    let caller = key(&world, "tencent", "AKIDlocaltest0000000000000000000000");
    let user = || by_id(Some("100022975249"), "100024664626");
    for (subject, account) in [
        (page("1982493789", Some("10520483"), View::Page), user()),
        (page("117", Some("0"), View::Board), AccountAsk::Unnamed),
        (page("117", Some("11520"), View::Page), AccountAsk::Unnamed),
        (page("117", None, View::Board), AccountAsk::Unnamed),
    ] {
        let ask = issue(IssueSubject::Page(subject.clone()), account);
        assert!(authorize(&world, caller, ask).is_ok(), "{subject:?}");
    }
}

#[test]
fn every_captured_work_is_given() {
    let world = golden();
    let caller = key(&world, "alibaba", "LTAIlocaltest000000000000");
    for (work, component, account) in [
        (DASHBOARD, COMPONENT, by_name("主账号:张 三*~+/@x", 5)),
        (DASHBOARD, COMPONENT, by_name("主账号:张 三*~+/@x!'()", 5)),
        (DASHBOARD, None, by_name("测试 用户*~+/", 1)),
        (DASHBOARD, None, by_name("张 三*~+/", 1)),
        (DASHBOARD, None, AccountAsk::Unnamed),
        ("w", None, AccountAsk::Unnamed),
    ] {
        let subject = WorkAsk { work: work.to_owned(), component: component.map(str::to_owned) };
        let mut ask = issue(IssueSubject::Work(subject.clone()), account);
        ask.extras.watermark = Some("三方嵌入 a*b~c+d/e".to_owned());
        ask.extras.global_param = Some("[]".to_owned());
        assert!(authorize(&world, caller, ask).is_ok(), "{subject:?}");
    }
}
