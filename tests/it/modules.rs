//! Tickets for the embed modules of assistants, and what a page shows of whom it is opened as.

use serde_json::json;
use ticketbooth::emulator::AuthMode;

use crate::changes::{done, refused};
use crate::kit::{demo, open, verdict};

const ZHANGSAN: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";
const DASHBOARD: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

#[test]
fn a_ticket_for_a_module_lives_like_any_other() {
    let booth = demo(AuthMode::Off);
    for (action, params) in [
        ("CreateTicket4Copilot", [("CopilotId", "copilot-demo"), ("UserId", ZHANGSAN), ("TicketNum", "2")]),
        ("CreateTicket4AiPro", [("AiProId", "ai-pro-demo"), ("QuickBIUserId", ZHANGSAN), ("TicketNum", "2")]),
    ] {
        let made = done(&booth, action, &params);
        let ticket = made.as_str().unwrap();
        let link = format!("/token3rd/copilot/view/pc.htm?id={}&accessTicket={ticket}", params[0].1);
        let page = open(&booth, &link);
        assert_eq!(verdict(&page), "admitted", "{link}");
        let page = String::from_utf8_lossy(&page.body).into_owned();
        assert!(
            page.contains(r#"data-kind="chat""#) && page.contains(&format!("<dt>Module {}</dt>", params[0].1)),
            "{page}"
        );
        let info = done(&booth, "QueryTicketInfo", &[("Ticket", ticket)]);
        assert_eq!(
            (&info["UserId"], &info["UsedTicketNum"], &info["MaxTicketNum"]),
            (&json!(ZHANGSAN), &json!(1), &json!(2))
        );
        assert_eq!(done(&booth, "DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "5")]), true);
        assert_eq!(done(&booth, "UpdateTicketNum", &[("Ticket", ticket), ("TicketNum", "3")]), true);
        let other = link.replace("id=", "id=x");
        assert_eq!(verdict(&open(&booth, &other)), "wrong-target");
        assert_eq!(done(&booth, "DeleteTicket", &[("Ticket", ticket)]), true);
        assert_ne!(verdict(&open(&booth, &link)), "admitted");
        assert_eq!(refused(&booth, action, &[(params[0].0, "no-such-module")]), "Report.NotExist.Error");
        assert_eq!(refused(&booth, action, &[params[0], ("ExpireTime", "241")]), "Invalid.Parameter.Error");
        assert_eq!(refused(&booth, action, &[params[0], (params[1].0, "nobody")]), "ApiUser.Not.Exists");
    }
}

#[test]
fn a_page_shows_the_tags_of_its_user_and_the_rules_for_him() {
    let booth = demo(AuthMode::Off);
    let page_as = |user: &str| {
        let ticket = done(&booth, "CreateTicket", &[("WorksId", DASHBOARD), ("UserId", user)]);
        let target =
            format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={}", ticket.as_str().unwrap());
        String::from_utf8_lossy(&open(&booth, &target).body).into_owned()
    };
    let his = page_as(ZHANGSAN);
    assert!(his.contains(r#"<dt>Tag region</dt><dd data-testid="embed-tag">south</dd>"#), "{his}");
    assert!(his.contains(r#"<dt>Row rule Orders</dt><dd data-testid="embed-rule">Own region {&quot;city&quot;:&quot;$tag.region&quot;}</dd>"#), "{his}");
    let hers = page_as("46e537466d5e4a3aa1b2c3d4e92704c8");
    assert!(hers.contains("white list: no rule counts"), "{hers}");
}
