//! The emulator inside another Rust program, mostly a test: started in one line, gone when dropped.
//!
//! ```
//! use std::time::Duration;
//! use ticketbooth::emulator::Emulator;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // On a runtime: `.start().await?`.
//! let booth = Emulator::builder().clock("frozen@2026-01-05T00:00:00Z".parse()?).start_blocking()?;
//! // Point any client of the vendors at `booth.endpoint()`, without TLS and with these keys:
//! let key = booth.key("alibaba").expect("the demo world has keys of both vendors");
//! assert_eq!(key.id, "LTAIlocaltest000000000000");
//!
//! booth.clock().advance(Duration::from_secs(4 * 3600))?;
//! assert!(booth.journal().is_empty(), "nobody has called yet");
//! # Ok(())
//! # }
//! ```
//!
//! Everything that changes belongs to a sandbox, and a [`SandboxHandle`] controls one. [`Running`] is the
//! handle of the default one, too, and [`Running::sandbox`] makes further ones, so that tests share an
//! emulator and not a state. What is not here is at [`Running::emulator`].

mod builder;
mod entry;
mod moves;
mod orders;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;
use std::thread;

use crate::cloud::all_assumptions;
use crate::document::Problems;
use crate::domain::Assumptions;
use crate::emulator::{Emulator, Origin, Sandbox, SandboxOptions, Unminted};
use crate::http::{Addresses, Background};
use crate::journal::Noted;
use crate::rules::RuleStats;
use crate::verify::{Finding, Report};
use crate::world::{UnfitAnswers, parse_answers};
pub use builder::Builder;
pub use entry::JournalEntry;
pub use moves::WorldClock;
pub use orders::Unadded;

/// A running emulator, and the handle of its default sandbox. Dropping it stops the server and frees the port.
#[derive(Debug)]
pub struct Running {
    server: Background,
    default: SandboxHandle,
}

/// A sandbox of a running emulator. It stays when this handle is dropped.
#[derive(Clone)]
pub struct SandboxHandle {
    emulator: Arc<Emulator>,
    sandbox: Arc<Sandbox>,
}

/// A key to call with.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// `tencent` or `alibaba`.
    pub vendor: &'static str,
    /// The public half.
    pub id: String,
    pub secret: String,
}

/// The secret is left out, so that no log can show it.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("vendor", &self.vendor).field("id", &self.id).finish_non_exhaustive()
    }
}

impl Emulator {
    /// An emulator with everything as usual: the demo world on a free port of this machine.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

/// Everything that changes belongs to a sandbox; a running emulator speaks for its default one.
impl Deref for Running {
    type Target = SandboxHandle;

    fn deref(&self) -> &SandboxHandle {
        &self.default
    }
}

impl Running {
    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addresses().to_reachable().listen)
    }

    /// `127.0.0.1:PORT`, as the vendors' clients take their endpoint.
    pub fn endpoint(&self) -> String {
        self.addresses().to_reachable().listen.to_string()
    }

    /// The certificate of the root of its TLS, in PEM; `None`: it speaks none.
    pub fn root_pem(&self) -> Option<&str> {
        self.emulator().trust.as_deref().map(|trust| trust.root_pem())
    }

    /// Every port that is open.
    pub fn addresses(&self) -> &Addresses {
        self.server.addresses()
    }

    /// The emulator itself, with everything that this handle does not show.
    pub fn emulator(&self) -> &Arc<Emulator> {
        &self.default.emulator
    }

    /// Makes a sandbox of this name, as the default one was at its beginning, with keys of its own. Its
    /// origin is the test that this is called in: the name of the thread, and the place of the call.
    ///
    /// # Errors
    ///
    /// [`Unminted`]: the name is taken, or is none.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let booth = Emulator::builder().start_blocking()?;
    /// let mine = booth.sandbox("checkout-test")?;
    /// assert_ne!(mine.key("tencent"), booth.key("tencent"));
    /// mine.clock().freeze()?;
    /// assert!(!booth.clock().is_frozen());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn sandbox(&self, name: &str) -> Result<SandboxHandle, Unminted> {
        let (here, thread) = (Location::caller(), thread::current());
        let origin = Origin::new(thread.name(), Some(here.file()), Some(here.line()));
        self.mint(SandboxOptions { name: Some(name.to_owned()), origin: origin.ok(), ..SandboxOptions::default() })
    }

    /// Makes a sandbox as it is wished for.
    ///
    /// # Errors
    ///
    /// [`Unminted`]: the name is taken, or is none.
    pub fn mint(&self, wish: SandboxOptions) -> Result<SandboxHandle, Unminted> {
        let sandbox = self.emulator().create_sandbox(wish)?.sandbox;
        Ok(SandboxHandle { emulator: Arc::clone(self.emulator()), sandbox })
    }
}

/// The secrets of its world are left out, so that no log can show them.
impl fmt::Debug for SandboxHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxHandle").field("id", &self.id()).field("keys", &self.keys()).finish_non_exhaustive()
    }
}

impl SandboxHandle {
    pub(super) fn of_default(emulator: Arc<Emulator>) -> Self {
        Self { sandbox: Arc::clone(emulator.default_sandbox()), emulator }
    }

    pub fn id(&self) -> String {
        self.sandbox.id().to_string()
    }

    /// The test that it was made for, where that was said.
    pub fn origin(&self) -> Option<&Origin> {
        self.sandbox.origin()
    }

    /// The keys whose calls come to this sandbox, in the order of the world's.
    pub fn keys(&self) -> Vec<Key> {
        let epoch = self.sandbox.epoch();
        let keys = epoch.world.credentials();
        // A key that came with a snapshot leads to the sandbox that had it before.
        let own = keys.filter(|key| self.emulator.epoch_of_key(&key.id).state.id == epoch.state.id);
        own.map(|key| Key { vendor: key.vendor, id: key.id.clone(), secret: key.secret.clone() }).collect()
    }

    /// The vendor's first key.
    pub fn key(&self, vendor: &str) -> Option<Key> {
        self.keys().into_iter().find(|key| key.vendor == vendor)
    }

    /// Its clock.
    pub fn clock(&self) -> WorldClock {
        WorldClock::new(Arc::clone(&self.sandbox))
    }

    /// The calls that it has answered and still remembers, oldest first.
    pub fn journal(&self) -> Vec<JournalEntry> {
        JournalEntry::all_in(&self.sandbox)
    }

    /// Makes other choices where no public source settles what the vendor does: assumptions by their names,
    /// as `assume:` of a world file has them. They hold until the world is reset.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them; then all choices stay.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mine = Emulator::builder().start_blocking()?.sandbox("mine")?;
    /// mine.assume([("tencent.shape_code", "value"), ("alibaba.time_zone", "utc")])?;
    /// let unfit = mine.assume([("tencent.shape_cod", "value")]).unwrap_err();
    /// assert!(unfit.to_string().ends_with("did you mean \"tencent.shape_code\"?"), "{unfit}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn assume<'a>(&self, choices: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), UnfitAnswers> {
        self.sandbox.assume_answers(&parse_choices(choices)?);
        Ok(())
    }

    /// Puts a text into the journal: the name of the test that begins.
    ///
    /// # Errors
    ///
    /// It is empty, has control characters or more than 500 characters.
    pub fn mark(&self, text: &str) -> Result<(), &'static str> {
        let epoch = self.sandbox.epoch();
        epoch.write_note(Noted::mark(&self.emulator.redactor_of(&epoch).redact_text(text))?);
        Ok(())
    }

    /// Puts a rule, in YAML or JSON, behind the others of this sandbox.
    ///
    /// # Errors
    ///
    /// [`Unadded`]: what is wrong with it.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let booth = Emulator::builder().start_blocking()?;
    /// let mine = booth.sandbox("mine")?;
    /// mine.rule("{ id: busy, on: alibaba.CreateTicket, calls: 1, then: { error: Throttling.User } }")?;
    /// assert_eq!(mine.rules()[0].hits, 0);
    /// assert!(mine.rule("{ id: typo, on: alibaba.CreateTiket, then: proceed }").is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn rule(&self, text: &str) -> Result<(), Unadded> {
        orders::add_rule(&self.sandbox, text)
    }

    /// The rules of this sandbox in their order, with what they have counted.
    pub fn rules(&self) -> Vec<RuleStats> {
        orders::rule_stats(&self.sandbox)
    }

    /// The verdict on its scenario as things stand, the one that `exec` gives; `None`: it has none.
    pub fn report(&self) -> Option<Report> {
        let epoch = self.sandbox.epoch();
        let scenario = epoch.scenario.as_ref()?;
        Some(Report::from_journal(scenario, self.emulator.rule_stats(&epoch), &epoch.journal.extract()))
    }

    /// Whether this sandbox was called as expected. The question is, in YAML or JSON, what
    /// `POST /_ticketbooth/verify` takes; with `within` in it, this thread waits for so long.
    ///
    /// # Errors
    ///
    /// What is wrong with the question.
    ///
    /// ```
    /// use ticketbooth::emulator::Emulator;
    /// use ticketbooth::verify::Verdict;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let booth = Emulator::builder().start_blocking()?;
    /// let mine = booth.sandbox("mine")?;
    /// let finding = mine.verify("{ on: alibaba.CreateTicket, calls: { exactly: 1 }, within: 5ms }")?;
    /// assert_eq!(finding.verdict, Verdict::Fail, "{}", finding.message);
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify(&self, question: &str) -> Result<Finding, Problems> {
        orders::verify_calls(&self.sandbox, question)
    }
}

fn parse_choices<'a>(choices: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Assumptions, UnfitAnswers> {
    let choices = choices.into_iter().map(|(name, choice)| (name.to_owned(), choice.to_owned()));
    parse_answers(&choices.collect::<BTreeMap<_, _>>(), &all_assumptions())
}
