//! Calls for measurements, and the stages of one.

#![allow(clippy::disallowed_methods, reason = "a signature is made now")]

use std::hint::black_box;

use ticketbooth::call::RawRequest;
use ticketbooth::cloud::client::{ClientCall, SignatureForm, signed_request, visit_request};
use ticketbooth::cloud::{Vendor, alibaba, tencent, vendor_named};
use ticketbooth::emulator::{Emulator, Settings, wall_now};
use ticketbooth::gateway::{Incoming, admit};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::trail::Trail;
use ticketbooth::world::World;

/// A call that is made over and over, each time with a nonce of its own.
pub struct Caller {
    pub name: &'static str,
    pub vendor: &'static Vendor,
    action: &'static str,
    form: SignatureForm,
    params: &'static [(&'static str, &'static str)],
    sent: std::cell::Cell<u64>,
}

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

pub fn callers() -> Vec<Caller> {
    let page: &[_] = &[("ProjectId", "117"), ("PageId", "11520")];
    let work: &[_] = &[("WorksId", WORK)];
    [
        ("tc3", tencent::NAME, "CreateEmbedToken", SignatureForm::Newest, page),
        ("v1", tencent::NAME, "CreateEmbedToken", SignatureForm::Older, page),
        ("acs3", alibaba::NAME, "CreateTicket", SignatureForm::Newest, work),
        ("rpc", alibaba::NAME, "CreateTicket", SignatureForm::Older, work),
    ]
    .map(|(name, vendor, action, form, params)| {
        let vendor = vendor_named(vendor).expect("the vendor is there");
        Caller { name, vendor, action, form, params, sent: 0.into() }
    })
    .into()
}

impl Caller {
    pub fn next(&self) -> RawRequest {
        self.sent.set(self.sent.get() + 1);
        let mut wish = ClientCall::new(
            self.vendor,
            self.action,
            "127.0.0.1:4240",
            wall_now().unix_seconds(),
            self.sent.get().to_string(),
        );
        wish.form = self.form;
        wish.params = self.params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        signed_request(self.vendor, &wish)
    }
}

pub fn emulator() -> Emulator {
    Emulator::new(Settings::new(World::demo()))
}

pub fn admitted(emulator: &Emulator, vendor: &'static Vendor, raw: &RawRequest) {
    let incoming = Incoming::read_request(emulator, vendor, raw);
    let mut trail = Trail::default();
    assert!(admit(emulator, &incoming, &mut trail).is_ok());
    black_box(trail);
}

pub fn served(emulator: &Emulator, raw: &RawRequest) -> Reply {
    let reply = pipeline::serve(emulator, raw);
    assert!(reply.header("x-ticketbooth-explain").is_none(), "{:?}", reply.body);
    reply
}

/// Links to pages, each with a ticket of its own.
pub fn link(emulator: &Emulator, caller: &Caller) -> RawRequest {
    let reply = served(emulator, &caller.next());
    let body: serde_json::Value = serde_json::from_slice(&reply.body).expect("an answer is JSON");
    let ticket = body["Result"].as_str().expect("the answer has a ticket");
    visit_request("127.0.0.1:4240", &format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"))
}
