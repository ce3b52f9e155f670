//! A scenario under way, and the small app that calls and visits in it.

use std::cell::Cell;
use std::fmt::Debug;
use std::fs;
use std::sync::Arc;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{AuthClock, Backwards, Emulator, Scene, Settings, Shift};
use ticketbooth::pipeline;
use ticketbooth::reply::{Damage, Reply};
use ticketbooth::rules::{Rule, Scenario, world_of};
use ticketbooth::world::World;

use crate::kit::{assumptions, code, open, read, repository};
use crate::signer::{Acs3, Tc3};

/// Where the scenarios are.
pub const FOLDER: &str = "scenarios";

pub const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
pub const TICKETS: &str = "2022-01-01";
pub const TOKENS: &str = "2021-03-25";

/// A scenario that was read, with its world.
#[derive(Clone)]
pub struct Stage {
    pub scenario: Scenario,
    world: World,
}

impl Stage {
    pub fn of(name: &str) -> Self {
        let scenario = Scenario::load(&format!("{name}.yaml"), &read(&format!("{FOLDER}/{name}.yaml")));
        let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
        let world = scenario.world.as_deref().map_or_else(World::demo, |world| {
            let path = world_of(&repository(FOLDER).join(name), world).unwrap();
            let text = fs::read_to_string(&path).unwrap();
            World::load(&path.to_string_lossy(), &text, &assumptions()).unwrap_or_else(|problems| panic!("{problems}"))
        });
        Self { scenario, world }
    }
}

/// An emulator with the rules of a scenario, and an app that signs its calls by the world's time.
pub struct Play {
    pub emulator: Arc<Emulator>,
    stage: Stage,
    nonce: Cell<u32>,
}

impl Play {
    /// The scenario from its beginning, without one of its rules or with all of them.
    pub fn new(stage: &Stage, without: Option<&str>) -> Self {
        let mut stage = stage.clone();
        stage.scenario.rules.retain(|rule| without != Some(&**rule.id()));
        let scene = Scene { scenario: stage.scenario.clone(), world: Some(stage.world.clone()) };
        let settings = Settings { auth_clock: AuthClock::World, scenario: Some(scene), ..Settings::default() };
        Self { emulator: Arc::new(Emulator::new(settings)), stage, nonce: Cell::new(0) }
    }

    /// The same from its beginning.
    pub fn again(&self) -> Self {
        Self::new(&self.stage, None)
    }

    pub fn rules(&self) -> Vec<Rule> {
        self.stage.scenario.rules.clone()
    }

    pub fn now(&self) -> i64 {
        self.emulator.default_sandbox().epoch().state.clock.now().unix_seconds()
    }

    pub fn wait(&self, minutes: i64) {
        self.emulator.default_sandbox().shift_clock(Shift::Advance(minutes * 60), Backwards::Refused).unwrap();
    }

    /// How many tickets and tokens the vendor has made.
    pub fn made(&self, vendor: &str) -> usize {
        let tickets = self.emulator.default_sandbox().epoch().state.tickets.all_tickets();
        tickets.iter().filter(|ticket| ticket.family.vendor() == vendor).count()
    }

    /// An Alibaba call signed at `unix`.
    pub fn alibaba_signed(
        &self,
        unix: i64,
        version: &'static str,
        action: &str,
        params: &[(&str, &str)],
    ) -> RawRequest {
        Acs3 { version, nonce: Some(self.nonce()), ..Acs3::at(unix) }.post(action, params)
    }

    /// A nonce that no call had before. The signer takes texts that live as long as the tests do.
    pub fn nonce(&self) -> &'static str {
        self.nonce.set(self.nonce.get() + 1);
        Box::leak(self.nonce.get().to_string().into_boxed_str())
    }

    pub fn serve(&self, request: &RawRequest) -> Answer {
        Answer::of(pipeline::serve(&self.emulator, request))
    }

    pub fn alibaba(&self, action: &str, params: &[(&str, &str)]) -> Answer {
        self.serve(&self.alibaba_signed(self.now(), TICKETS, action, params))
    }

    pub fn tencent(&self, action: &str, body: &Value) -> Answer {
        self.serve(&Tc3::at(self.now()).post(action, &body.to_string()))
    }

    /// A ticket for nine visits within an hour is asked for.
    pub fn create_ticket(&self) -> Answer {
        self.alibaba("CreateTicket", &[("WorksId", WORK), ("TicketNum", "9"), ("ExpireTime", "60")])
    }

    /// A token for an hour is asked for.
    pub fn create_token(&self) -> Answer {
        self.tencent("CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520, "ExpireTime": "60" }))
    }

    pub fn ticket(&self) -> Result<String, String> {
        self.create_ticket().ticket()
    }

    pub fn token(&self) -> Result<String, String> {
        self.create_token().token()
    }

    pub fn delay(&self, ticket: &str) -> Answer {
        self.alibaba("DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "60")])
    }

    pub fn apply(&self, token: &str) -> Answer {
        self.tencent("ApplyEmbedInterval", &json!({ "ProjectId": 117, "PageId": 11520, "BIToken": token }))
    }

    pub fn query(&self, ticket: &str) -> Answer {
        self.alibaba("QueryTicketInfo", &[("Ticket", ticket)])
    }

    pub fn open_dashboard(&self, ticket: &str) -> Reply {
        open(&self.emulator, &format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"))
    }

    pub fn open_page(&self, token: &str) -> Reply {
        let link = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
        open(&self.emulator, &link)
    }
}

/// An answer and what can be read of its body; null where nothing can.
pub struct Answer {
    pub reply: Reply,
    pub body: Value,
}

impl Answer {
    pub fn of(reply: Reply) -> Self {
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let body = body.get("Response").cloned().unwrap_or(body);
        Self { reply, body }
    }

    /// The code of the error, or `none`.
    pub fn code(&self) -> &str {
        code(&self.body)
    }

    pub fn message(&self) -> &str {
        self.body["Error"]["Message"].as_str().or_else(|| self.body["Message"].as_str()).unwrap_or("")
    }

    pub fn damage(&self) -> Option<Damage> {
        self.reply.delivery.damage
    }

    pub fn ticket(&self) -> Result<String, String> {
        self.text("/Result")
    }

    pub fn token(&self) -> Result<String, String> {
        self.text("/Data/BIToken")
    }

    fn text(&self, pointer: &str) -> Result<String, String> {
        let found = self.body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        found.ok_or_else(|| format!("there is no {pointer} in {}", self.body))
    }
}

/// What was found is what a scenario claims.
pub fn same<T: PartialEq<U> + Debug, U: Debug>(what: &str, found: T, claimed: U) -> Result<(), String> {
    if found == claimed { Ok(()) } else { Err(format!("{what}: {found:?} instead of {claimed:?}")) }
}

/// What a scenario claims holds.
pub fn holds(what: &str, so: bool) -> Result<(), String> {
    if so { Ok(()) } else { Err(format!("it is not so: {what}")) }
}
