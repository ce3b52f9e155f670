//! The parameters that are JSON in a text: GlobalParam of both vendors, and ConfigParam.

use std::sync::{Arc, LazyLock};

use serde_json::Value;
use ticketbooth::call::Headers;
use ticketbooth::emulator::Emulator;
use ticketbooth::journal::{Entry, Outcome};
use ticketbooth::world::World;

use super::actions::check_saved;
use super::booth::{CHAT, HOST, PlainCall, raw_request, strict_booth};
use super::laws::{check_views, json_of, send_request};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// A place where such a text goes.
struct FilterPlace {
    call: PlainCall,
    /// The parameter.
    name: &'static str,
    /// A text that is right.
    right: &'static str,
}

const PLACES: &[FilterPlace] = &[
    FilterPlace {
        call: PlainCall { vendor: "alibaba", action: "CreateTicket", params: &[("WorksId", WORK)] },
        name: "GlobalParam",
        right: "[]",
    },
    FilterPlace {
        call: PlainCall {
            vendor: "tencent",
            action: "CreateEmbedToken",
            params: &[("ProjectId", "117"), ("PageId", "11520")],
        },
        name: "GlobalParam",
        right: "[]",
    },
    FilterPlace { call: CHAT, name: "ConfigParam", right: "{\"ChatBIConfigList\":[]}" },
];

/// How many tags the page of a right text has, for each place.
static TAGS: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let tags = |place: usize| {
        let emulator = strict_booth(World::demo());
        let page = open_ticket(&emulator, place, &send_text(&emulator, place, PLACES[place].right));
        page.expect("a right text is taken").matches('<').count()
    };
    (0..PLACES.len()).map(tags).collect()
});

fn send_text(emulator: &Emulator, place: usize, text: &str) -> Arc<Entry> {
    let FilterPlace { call, name, .. } = &PLACES[place];
    send_request(emulator, &call.sign(place, Some((name, text)))).1.expect("a call is noted")
}

/// The page of the ticket that the call issued; `None`: it was refused.
fn open_ticket(emulator: &Emulator, place: usize, entry: &Entry) -> Option<String> {
    let ticket = &entry.told.changes.first()?.after;
    let target = match (PLACES[place].call.vendor, PLACES[place].name) {
        ("alibaba", _) => format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", ticket.id),
        (_, "GlobalParam") => {
            format!("/page/embed?projectId=117&pageId=11520&scope=page&token={}", ticket.id)
        }
        _ => format!("/page/chat-bi-embed?projectId=111&token={}", ticket.id),
    };
    let headers = [("host", HOST)].into_iter().collect::<Headers>();
    let raw = raw_request("GET", &target, headers, bytes::Bytes::new(), None);
    let (page, _) = send_request(emulator, &Arc::new(raw));
    assert_eq!(page.header("x-ticketbooth-visit"), Some("admitted"), "{page:?}");
    Some(String::from_utf8(page.body.to_vec()).expect("a page is UTF-8"))
}

/// The text as JSON, as it stands or percent-encoded once more.
fn parse_text(text: &str) -> Option<Value> {
    let decoded = form_urlencoded::parse(format!("v={text}").as_bytes()).next().map(|(_, value)| value.into_owned());
    let parse = |text: &str| serde_json::from_str(text.trim()).ok();
    parse(text).or_else(|| decoded.as_deref().and_then(parse))
}

/// A text that is taken is JSON, is kept as it came, and cannot leave its place in the page.
pub fn send_filters(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let emulator = strict_booth(World::demo());
    for (place, FilterPlace { call: PlainCall { vendor, .. }, name, right }) in PLACES.iter().enumerate() {
        let entry = send_text(&emulator, place, &text);
        if entry.told.outcome != Outcome::Success {
            continue;
        }
        let issued = entry.told.changes.first().expect("a ticket was issued").after.id;
        let after = emulator.default_sandbox().epoch().state.tickets.by_id(issued).expect("it is there");
        let extras = after.extras.as_deref();
        let kept = extras.and_then(|extras| {
            if *name == "GlobalParam" { extras.global_param.as_deref() } else { extras.config_param.as_deref() }
        });
        assert_eq!(kept.unwrap_or(""), text, "{vendor} keeps something else");
        if !text.is_empty() {
            let shape = parse_text(&text).unwrap_or_else(|| panic!("{vendor} takes {name} {text:?}, which is no JSON"));
            assert_eq!(shape.is_array(), right.starts_with('['), "{vendor} takes {name} {text:?}");
            let page = open_ticket(&emulator, place, &entry).expect("a ticket was issued");
            assert_eq!(page.matches('<').count(), TAGS[place], "{text:?} is markup in the page:\n{page}");
        }
        if *vendor == "alibaba" {
            let look = PlainCall { vendor, action: "QueryTicketInfo", params: &[] };
            let look = look.sign(9, Some(("Ticket", &after.id.to_string())));
            let told = json_of(&send_request(&emulator, &look).0);
            assert_eq!(told["Result"]["GlobalParam"].as_str().unwrap_or(""), text, "{told}");
        }
    }
    check_views(&emulator);
    check_saved(&emulator);
}
