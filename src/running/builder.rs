//! The builder of an emulator.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::{Running, SandboxHandle, parse_choices};
use crate::cloud::{Vendor, all_assumptions, all_host_names};
use crate::document::Problems;
use crate::emulator::{
    AuthClock, AuthMode, Bounds, ClockSpec, Emulator, Guard, RateClock, RateLimits, Scene, Settings, wall_now,
};
use crate::http::{Addresses, Background, StartError};
use crate::rules::{self, Scenario};
use crate::trust::{Alpn, Authority, Identity, MakeError, Names};
use crate::world::{UnfitAnswers, Unsupported, World};

/// An emulator that is about to be started. What is not said is as the command line has it by default,
/// but for the port, which is a free one.
#[derive(Debug)]
#[must_use = "nothing runs before it is started"]
pub struct Builder {
    settings: Settings,
    addresses: Addresses,
}

impl Default for Builder {
    fn default() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { settings: Settings::default(), addresses: Addresses::only(listen) }
    }
}

impl Builder {
    /// The world; that of the scenario when nothing is said, else the demo world.
    pub fn world(mut self, world: World) -> Self {
        self.settings.world = Some(world);
        self
    }

    /// The world of this file's text, as `--world` takes it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text.
    pub fn world_text(self, text: &str) -> Result<Self, Problems> {
        Ok(self.world(World::load("world", text, &all_assumptions())?))
    }

    /// The seed of ids, tickets and request ids: the same seed and calls give the same bytes.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Some(seed);
        self
    }

    /// The clock of the world: `"frozen@2026-01-05T00:00:00Z".parse()?`.
    pub fn clock(mut self, clock: ClockSpec) -> Self {
        self.settings.clock = Some(clock);
        self
    }

    /// The scenario that is in force from the beginning: a [`Scenario`] that was
    /// read, or the text of a scenario file. Its seed, clock and world hold where none is said here.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let text = "{ ticketbooth: 1, name: new-year, clock: { start: 2030-01-01T00:00:00Z, frozen: true } }";
    /// let booth = Emulator::builder().scenario(text)?.start_blocking()?;
    /// assert_eq!(booth.clock().now().unix_seconds(), 1_893_456_000);
    /// # Ok(())
    /// # }
    /// ```
    pub fn scenario<S: TryInto<Scene>>(mut self, scenario: S) -> Result<Self, S::Error> {
        self.settings.scenario = Some(scenario.try_into()?);
        Ok(self)
    }

    /// The rules that are in force from the beginning, behind those of the scenario: a list in YAML or JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text.
    pub fn rules(mut self, text: &str) -> Result<Self, Problems> {
        self.settings.rules = rules::read_rules("rules", text)?;
        Ok(self)
    }

    /// Choices where no public source settles what the vendor does, over those of the world.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them.
    pub fn assume<'a>(mut self, choices: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, UnfitAnswers> {
        self.settings.assume = parse_choices(choices)?;
        Ok(self)
    }

    /// How signatures are checked; verified by default.
    pub fn auth(mut self, auth: AuthMode) -> Self {
        self.settings.auth = auth;
        self
    }

    /// The clock that signatures are judged by; the one on the wall when nothing is said.
    pub fn auth_clock(mut self, clock: AuthClock) -> Self {
        self.settings.auth_clock = clock;
        self
    }

    /// Whether the vendors' limits on calls a second hold; not when nothing is said.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.settings.rate_limits = limits;
        self
    }

    /// The clock by which the seconds of those limits are counted; the one on the wall when nothing is said.
    pub fn rate_clock(mut self, clock: RateClock) -> Self {
        self.settings.rate_clock = clock;
        self
    }

    /// The answer of actions that the vendor has and that are not served; the world's choice when nothing is said.
    pub fn unsupported(mut self, answer: Unsupported) -> Self {
        self.settings.unsupported = Some(answer);
        self
    }

    /// The bounds of each journal.
    pub fn journal(mut self, bounds: Bounds) -> Self {
        self.settings.journal = bounds;
        self
    }

    /// Access to the admin API. On another address than a loopback one, set a token.
    pub fn guard(mut self, guard: Guard) -> Self {
        self.settings.guard = guard;
        self
    }

    /// Speaks TLS on every port as well, with an authority of its own, whose root is at [`Running::root_pem`].
    ///
    /// # Errors
    ///
    /// The system has no randomness.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let booth = Emulator::builder().tls()?.start_blocking()?;
    /// assert!(booth.root_pem().is_some_and(|root| root.starts_with("-----BEGIN CERTIFICATE-----")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn tls(mut self) -> Result<Self, MakeError> {
        let authority = Authority::make(Names::new(all_host_names()), wall_now())?;
        self.settings.trust = Some(Arc::new(Identity::new(authority, Alpn::default())));
        Ok(self)
    }

    /// Where to listen; a free port of 127.0.0.1 when nothing is said.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.addresses.listen = address;
        self
    }

    /// A further port on which every call is the vendor's.
    pub fn vendor_listen(mut self, vendor: &'static Vendor, address: SocketAddr) -> Self {
        self.addresses.of_vendors.push((vendor.name, address));
        self
    }

    /// Starts it, on whatever runtime this is called. When it is there, it answers.
    ///
    /// # Errors
    ///
    /// What kept it from starting: a port that is taken, say.
    pub async fn start(self) -> Result<Running, StartError> {
        // Opening a port waits for nobody, and the server has a thread of its own.
        self.start_blocking()
    }

    /// The same for a program without a runtime.
    ///
    /// # Errors
    ///
    /// What kept it from starting: a port that is taken, say.
    pub fn start_blocking(self) -> Result<Running, StartError> {
        let emulator = Arc::new(Emulator::new(self.settings));
        let server = Background::start(self.addresses, Arc::clone(&emulator))?;
        Ok(Running { server, default: SandboxHandle::of_default(emulator) })
    }
}

/// The text of a scenario file. It has no folder, so it names no world.
impl TryFrom<&str> for Scene {
    type Error = Problems;

    fn try_from(text: &str) -> Result<Self, Problems> {
        Scenario::load_alone("scenario", text).map(Self::from)
    }
}
