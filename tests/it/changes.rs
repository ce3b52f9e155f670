//! Actions that change things: what one changes, every reader, ticket and visit sees from then on, in its own sandbox.

use serde_json::{Value, json};
use ticketbooth::emulator::{Aspect, AuthMode, Emulator};

use crate::admin::ask;
use crate::kit::{alibaba, code, demo, open, tencent, verdict};

const DASHBOARD: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// The result of a call that succeeds.
pub fn done(emulator: &Emulator, action: &str, params: &[(&str, &str)]) -> Value {
    let (status, body) = alibaba(emulator, "2022-01-01", action, params);
    assert_eq!(status, 200, "{action}: {body}");
    body["Result"].clone()
}

/// The code of a call that is refused.
pub fn refused(emulator: &Emulator, action: &str, params: &[(&str, &str)]) -> String {
    let (status, body) = alibaba(emulator, "2022-01-01", action, params);
    assert_eq!(status, 400, "{action}: {body}");
    code(&body).to_owned()
}

fn switch(emulator: &Emulator, works: &str, on: &str) -> Value {
    done(emulator, "UpdateEmbeddedStatus", &[("WorksId", works), ("ThirdPartAuthFlag", on)])
}

#[test]
fn embedding_that_is_switched_off_is_off_for_every_reader_ticket_and_visit() {
    let booth = demo(AuthMode::Off);
    let embedded = |booth: &Emulator| done(booth, "QueryEmbeddedInfo", &[])["EmbeddedCount"].as_i64().unwrap();
    let before = embedded(&booth);
    let ticket = done(&booth, "CreateTicket", &[("WorksId", DASHBOARD), ("TicketNum", "5")]);
    let ticket = ticket.as_str().unwrap();
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={ticket}");
    assert_eq!(verdict(&open(&booth, &link)), "admitted");

    assert_eq!(switch(&booth, DASHBOARD, "False"), 1);
    assert_eq!(done(&booth, "QueryEmbeddedStatus", &[("WorksId", DASHBOARD)]), false);
    assert_eq!(done(&booth, "QueryWorks", &[("WorksId", DASHBOARD)])["Auth3rdFlag"], 0);
    assert_eq!(embedded(&booth), before - 1);
    let listed = done(&booth, "GetWorksEmbedList", &[("PageSize", "100")]).to_string();
    assert!(!listed.contains(DASHBOARD), "{listed}");
    let off = done(&booth, "QueryWorksByOrganization", &[("ThirdPartAuthFlag", "0"), ("PageSize", "100")]).to_string();
    assert!(off.contains(DASHBOARD), "{off}");
    assert_eq!(refused(&booth, "CreateTicket", &[("WorksId", DASHBOARD)]), "Authorize3Rd.Report.Unauthorized");
    let (status, body) = alibaba(&booth, "2021-03-25", "CreateEmbedToken", &[("WorksId", DASHBOARD)]);
    assert_eq!((status, code(&body)), (500, "Access.ReportTree.Unauthorized"));
    assert_eq!(verdict(&open(&booth, &link)), "embedding-off");
    // The ticket is as it was.
    let info = done(&booth, "QueryTicketInfo", &[("Ticket", ticket)]);
    assert_eq!(info["UsedTicketNum"], 1, "{info}");
    assert_eq!(done(&booth, "DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "10")]), true);

    assert_eq!(switch(&booth, DASHBOARD, "true"), 1);
    assert_eq!(verdict(&open(&booth, &link)), "admitted");
    assert_eq!(embedded(&booth), before);
    let embedded_at = |booth: &Emulator| {
        let list = done(booth, "GetWorksEmbedList", &[("PageSize", "100")]);
        let work = list["Data"].as_array().unwrap().iter().find(|work| work["WorksId"] == DASHBOARD).unwrap();
        work["EmbedTime"].clone()
    };
    assert_eq!(embedded_at(&booth), "2026-01-05 08:00:00", "since then, as the vendor's clock shows it");
}

#[test]
fn one_bad_work_fails_the_whole_call_and_so_does_the_quota() {
    let booth = demo(AuthMode::Off);
    let both = format!("embedding-off,no-such-work,{DASHBOARD}");
    let wish = [("WorksId", both.as_str()), ("ThirdPartAuthFlag", "false")];
    assert_eq!(refused(&booth, "UpdateEmbeddedStatus", &wish), "Report.NotExist.Error");
    assert_eq!(done(&booth, "QueryEmbeddedStatus", &[("WorksId", DASHBOARD)]), true);
    assert_eq!(switch(&booth, &format!("{DASHBOARD},workbook-demo,{DASHBOARD}"), "false"), 2);

    let text = ticketbooth::world::DEMO.replace("    - id: org-demo\n", "    - id: org-demo\n      embed_quota: 3\n");
    let full = crate::kit::emulator(
        ticketbooth::world::World::load("world", &text, &crate::kit::assumptions()).unwrap(),
        AuthMode::Off,
        crate::kit::NOON,
    );
    let wish = [("WorksId", "embedding-off"), ("ThirdPartAuthFlag", "true")];
    assert_eq!(refused(&full, "UpdateEmbeddedStatus", &wish), "Auth3Rd.Over.MaxQuota");
    assert_eq!(done(&full, "QueryEmbeddedStatus", &[("WorksId", "embedding-off")]), false);
}

#[test]
fn a_change_stays_in_its_sandbox_and_goes_with_the_world() {
    let booth = demo(AuthMode::Off);
    let (_, other) = ask(&booth, "POST", "/sandboxes", &json!({}));
    switch(&booth, DASHBOARD, "false");
    let key = other["keys"][0]["id"].as_str().or_else(|| other["keys"][1]["id"].as_str());
    assert!(key.is_some(), "{other}");
    let id = other["id"].as_str().unwrap();
    let (_, elsewhere) = ask(&booth, "GET", &format!("/world?sandbox={id}"), &Value::Null);
    assert_eq!(elsewhere["changed"], 0, "{elsewhere}");
    let (_, here) = ask(&booth, "GET", "/world?kind=works&changed=true", &Value::Null);
    assert_eq!((&here["changed"], &here["things"][0]["id"]), (&json!(1), &json!(DASHBOARD)), "{here}");
    assert_eq!(here["things"][0]["by"][0]["action"], "UpdateEmbeddedStatus");
    assert_eq!(here["things"][0]["thing"]["embedding"], false);

    booth.default_sandbox().reset_aspects(&[Aspect::Tickets, Aspect::Journal]);
    assert_eq!(done(&booth, "QueryEmbeddedStatus", &[("WorksId", DASHBOARD)]), false, "only the world has changes");
    booth.default_sandbox().reset_aspects(&[Aspect::World]);
    assert_eq!(done(&booth, "QueryEmbeddedStatus", &[("WorksId", DASHBOARD)]), true);
}

#[test]
fn a_snapshot_takes_changes_along() {
    let booth = demo(AuthMode::Off);
    let made = tencent(&booth, "CreateProject", &json!({ "Name": "新项目", "ColorCode": "#000000" }));
    let project = made["Data"]["Id"].as_u64().unwrap();
    assert_eq!(tencent(&booth, "DeleteProject", &json!({ "Id": 117 }))["Data"], Value::Null);
    switch(&booth, DASHBOARD, "false");
    let (status, document) = ask(&booth, "GET", "/snapshot", &Value::Null);
    let changes = &document["world"]["changes"];
    assert_eq!((status, changes.as_array().map(Vec::len)), (200, Some(6)), "{changes}");

    let later = demo(AuthMode::Off);
    let (status, answer) = ask(&later, "PUT", "/snapshot", &document);
    assert_eq!(status, 200, "{answer}");
    let info = tencent(&later, "DescribeProjectInfo", &json!({ "Id": project }));
    assert_eq!(info["Data"]["Name"], "新项目", "{info}");
    assert!(tencent(&later, "DescribeProjectInfo", &json!({ "Id": 117 }))["Error"].is_object());
    assert_eq!(done(&later, "QueryEmbeddedStatus", &[("WorksId", DASHBOARD)]), false);
    let (_, again) = ask(&later, "GET", "/snapshot", &Value::Null);
    assert_eq!(again["world"]["changes"], document["world"]["changes"]);

    for (change, place) in [
        (json!({ "owner": "nobody" }), "owner"),
        (json!({ "kind": "things" }), "kind"),
        (json!({ "vendor": "nobody" }), "vendor"),
        (json!({ "id": "another" }), "thing"),
    ] {
        let mut broken = document.clone();
        let made = &mut broken["world"]["changes"].as_array_mut().unwrap()[3];
        made.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let (status, refused) = ask(&later, "PUT", "/snapshot", &broken);
        let message = refused["error"]["message"].as_str().unwrap();
        assert!(status == 422 && message.starts_with(&format!("world.changes[3].{place}: ")), "{refused}");
    }
}

#[test]
fn a_project_that_ends_takes_its_tokens_with_it() {
    let booth = demo(AuthMode::Off);
    let ask = json!({ "ProjectId": 117, "PageId": 11520, "ExpireTime": "240", "Scope": "page" });
    let token = tencent(&booth, "CreateEmbedToken", &ask);
    let token = token["Data"]["BIToken"].as_str().unwrap().to_owned();
    let link = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
    assert_eq!(verdict(&open(&booth, &link)), "admitted", "{link}");
    tencent(&booth, "DeleteProject", &json!({ "Id": 117 }));
    assert_eq!(code(&tencent(&booth, "CreateEmbedToken", &ask)), "InvalidParameter.Embed");
    assert_ne!(verdict(&open(&booth, &link)), "admitted");

    let made = tencent(&booth, "CreateProject", &json!({ "Name": "New", "ColorCode": "#000000" }));
    let project = made["Data"]["Id"].as_u64().unwrap();
    let panel = json!({ "ProjectId": project, "Scope": "panel" });
    assert!(tencent(&booth, "CreateEmbedToken", &panel)["Data"]["BIToken"].is_string());
    tencent(&booth, "ModifyProject", &json!({ "Id": project, "Name": "Renamed" }));
    let found = tencent(&booth, "DescribeProjectList", &json!({ "Keyword": "renamed", "PageNo": 0 }));
    assert_eq!((&found["Data"]["Total"], &found["Data"]["List"][0]["Id"]), (&json!(1), &json!(project)), "{found}");
    tencent(&booth, "DeleteProject", &json!({ "Id": project }));
    assert_eq!(code(&tencent(&booth, "CreateEmbedToken", &panel)), "InvalidParameter.Embed");
}

#[test]
fn the_journal_and_an_explanation_say_which_call_changed_what() {
    let booth = demo(AuthMode::Off);
    switch(&booth, DASHBOARD, "false");
    let (_, journal) = ask(&booth, "GET", "/journal", &Value::Null);
    let by = journal["entries"][0]["request_id"].as_str().unwrap().to_owned();
    let (_, entry) = ask(&booth, "GET", &format!("/journal/{by}"), &Value::Null);
    let things = &entry["explanation"]["things"];
    assert_eq!(
        (&things[0]["id"], &things[0]["fields"], &things[0]["says"]),
        (&json!(DASHBOARD), &json!(["embedding"]), &json!("changed (embedding)"))
    );

    refused(&booth, "CreateTicket", &[("WorksId", DASHBOARD)]);
    let (_, explained) = ask(&booth, "GET", "/explain", &Value::Null);
    let things = &explained["explanations"][0]["things"];
    assert_eq!((&things[0]["by"], &things[0]["action"]), (&json!(by), &json!("UpdateEmbeddedStatus")), "{explained}");
    let says = things[0]["says"].as_str().unwrap();
    assert_eq!(says, format!("changed (embedding) by UpdateEmbeddedStatus (request {by}) at 2026-01-05T00:00:00Z"));
}
