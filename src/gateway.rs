//! The gateway: whether a call may come in. It judges what a vendor computes, in the vendor's order.
//!
//! [`Verified`] can be made here and nowhere else, so no action can forget the signature.

use std::sync::Arc;

use crate::bounds::{NONCE, beginning_of};
use crate::call::{Call, RawRequest};
use crate::cloud::{Check, CheckInput, RateWindow, Vendor};
use crate::domain::{Assumptions, Refusal, Timestamp};
use crate::emulator::{AuthMode, Emulator, Epoch, RateLimits};
use crate::sign::equals_in_constant_time;
use crate::trail::{Checked, Skip, Step, Trail};
use crate::world::{Credential, KeyState};

/// A call at the gateway: who it is for, what came, what was read, and the world it is in from here on.
pub struct Incoming<'a> {
    pub vendor: &'static Vendor,
    pub raw: &'a RawRequest,
    pub call: Call,
    pub epoch: Arc<Epoch>,
    /// The world's answers to open questions, with a note of those that were asked for.
    pub assumptions: Assumptions,
}

impl<'a> Incoming<'a> {
    /// Reads the request as the vendor does and finds the sandbox of its key.
    pub fn read_request(emulator: &Emulator, vendor: &'static Vendor, raw: &'a RawRequest) -> Self {
        let mut call = (vendor.requests.read)(raw);
        let epoch = emulator.epoch_of_key(call.claim.access_key.as_deref().unwrap_or(""));
        let assumptions = epoch.world.assumptions.with_recording();
        (vendor.requests.settle)(&mut call, &assumptions);
        call.bound_names();
        Self { vendor, raw, call, epoch, assumptions }
    }

    /// The access key that the call claims; empty when it claims none.
    pub fn access_key(&self) -> &str {
        self.call.claim.access_key.as_deref().unwrap_or("")
    }
}

/// A call that passed the gateway, and the key that it was let in by.
#[derive(Debug)]
pub struct Verified<'a> {
    call: &'a Call,
    caller: &'a Credential,
}

impl<'a> Verified<'a> {
    pub fn call(&self) -> &'a Call {
        self.call
    }

    pub fn caller(&self) -> &'a Credential {
        self.caller
    }
}

/// Lets the call in, or says why not.
///
/// # Errors
///
/// The refusal of the first check of the vendor's order that fails; `trail` ends at it.
pub fn admit<'a>(emulator: &Emulator, incoming: &'a Incoming<'_>, trail: &mut Trail) -> Result<Verified<'a>, Refusal> {
    let Incoming { vendor, raw, call, epoch, assumptions } = incoming;
    let look = CheckInput { raw, call, assumptions };
    let key = incoming.access_key();
    let credential = epoch.world.credential(vendor.name, key);
    let desk = Desk { emulator, epoch, vendor, look, key, credential };
    trail.judged_at = emulator.auth_time(epoch);
    for check in vendor.gateway.checks {
        trail.note_check(check.step(), desk.run_check(check))?;
    }
    // Without verification a call may come with any key, and then acts as the world's first one.
    let fallback = || epoch.world.credentials().find(|known| known.vendor == vendor.name);
    let caller = match desk.credential.or_else(fallback) {
        Some(caller) => caller,
        None => return trail.note_result(Step::AccessKey, Err(desk.unknown_key())),
    };
    Ok(Verified { call, caller })
}

/// Takes back what the gateway noted of a call that it let in, for a request that never arrived.
pub fn forget_call(emulator: &Emulator, incoming: &Incoming<'_>) {
    let (state, claim) = (&incoming.epoch.state, &incoming.call.claim);
    if let Some(nonce) = claim.nonce.as_deref() {
        state.nonces.give_back(incoming.access_key(), nonce);
    }
    let action = incoming.vendor.catalog.counted_name(incoming.call.display_name());
    state.rates.take_back(incoming.access_key(), action, emulator.rate_time(&incoming.epoch));
}

/// The input of the checks of one call.
struct Desk<'d, 'a> {
    emulator: &'d Emulator,
    epoch: &'a Epoch,
    vendor: &'d Vendor,
    look: CheckInput<'a>,
    key: &'a str,
    credential: Option<&'a Credential>,
}

impl Desk<'_, '_> {
    fn run_check(&self, check: &Check) -> Result<Checked, Refusal> {
        match check {
            Check::Form { test, .. } => test(&self.look),
            Check::AuthForm { .. } if self.emulator.auth == AuthMode::Off => Ok(Checked::LeftOut(Skip::AuthMode)),
            Check::AuthForm { test, .. } => test(&self.look),
            Check::Rate { per_second } => self.check_rate(*per_second),
            Check::Permitted => self.check_permission(),
            _ if self.emulator.auth != AuthMode::Strict => Ok(Checked::LeftOut(Skip::AuthMode)),
            Check::SignedForm { test, .. } => test(&self.look),
            Check::Fresh { past, future } => self.check_freshness(*past, *future),
            Check::KnownKey => self.check_key(),
            Check::SessionToken => self.session_token(),
            Check::Signature => self.check_signature(),
            Check::Replay { seconds } => self.check_replay(*seconds),
        }
    }

    fn check_freshness(&self, past: i64, future: i64) -> Result<Checked, Refusal> {
        let Some(now) = self.emulator.auth_time(self.epoch) else { return Ok(Checked::LeftOut(Skip::AuthClockOff)) };
        let signed = Timestamp::from_unix(self.look.call.claim.unix.unwrap_or(0));
        let age = now.seconds_since(signed);
        if age > past || age < -future { Err(Refusal::TimestampExpired {}) } else { Ok(Checked::Made) }
    }

    fn check_key(&self) -> Result<Checked, Refusal> {
        let key = || self.key.to_owned();
        match self.credential.ok_or_else(|| self.unknown_key())?.state {
            KeyState::Active => Ok(Checked::Made),
            KeyState::Disabled => Err(Refusal::KeyDisabled { key: key() }),
            KeyState::Unfit => Err(Refusal::KeyUnfit { key: key() }),
        }
    }

    fn unknown_key(&self) -> Refusal {
        Refusal::KeyUnknown { key: self.key.to_owned() }
    }

    fn session_token(&self) -> Result<Checked, Refusal> {
        let credential = self.credential.ok_or_else(|| self.unknown_key())?;
        let sent = self.look.call.claim.session_token.as_deref().filter(|token| !token.is_empty());
        match sent {
            None if credential.temporary => Err(Refusal::SessionTokenMissing {}),
            None => Ok(Checked::Made),
            Some(sent) if credential.session_tokens.iter().any(|known| equals_in_constant_time(known, sent)) => {
                Ok(Checked::Made)
            }
            Some(_) => Err(Refusal::SessionTokenMismatch {}),
        }
    }

    fn check_signature(&self) -> Result<Checked, Refusal> {
        let credential = self.credential.ok_or_else(|| self.unknown_key())?;
        let sent = self.look.call.claim.signature.as_deref().unwrap_or("");
        if (self.vendor.gateway.holds)(&self.look, &credential.secret, &credential.kept_key) {
            return Ok(Checked::Made);
        }
        let mut first = None;
        for attempt in 0.. {
            let Some(proof) = self.vendor.prove(&self.look, &credential.secret, attempt) else { break };
            if equals_in_constant_time(&proof.signature, sent) {
                return Ok(Checked::Made);
            }
            first.get_or_insert(proof);
        }
        match first {
            Some(proof) => Err(self.vendor.mismatch_refusal(proof)),
            None => Err(Refusal::SignatureMismatch { string_to_sign: String::new() }),
        }
    }

    fn check_replay(&self, seconds: fn(&CheckInput<'_>) -> Option<i64>) -> Result<Checked, Refusal> {
        let claim = &self.look.call.claim;
        let (Some(nonce), Some(signed)) = (claim.nonce.as_deref(), claim.unix) else {
            return Ok(Checked::LeftOut(Skip::NothingSent));
        };
        let Some(seconds) = seconds(&self.look) else { return Ok(Checked::LeftOut(Skip::Assumption)) };
        let now = self.emulator.auth_time(self.epoch).unwrap_or_else(|| Timestamp::from_unix(signed));
        // A signature of whatever time passes without a clock, and what is kept of it has to fit into a snapshot.
        let until = Timestamp::from_unix(signed.max(now.unix_seconds()).saturating_add(seconds));
        let until = until.clamp(Timestamp::EARLIEST, Timestamp::WRITABLE);
        if self.epoch.state.nonces.take_nonce(self.key, nonce, until, now) {
            return Ok(Checked::Made);
        }
        Err(Refusal::NonceUsed { nonce: beginning_of(nonce, NONCE.most).to_owned() })
    }

    fn check_rate(&self, limit: u64) -> Result<Checked, Refusal> {
        if self.emulator.rate_limits == RateLimits::Off {
            return Ok(Checked::LeftOut(Skip::RateLimitsOff));
        }
        // Names that the vendor does not have are any number, so they share one window.
        let action = self.vendor.catalog.counted_name(self.look.call.display_name());
        let counted = self.epoch.state.rates.count_call(self.key, action, self.emulator.rate_time(self.epoch));
        let count = match (self.vendor.gateway.rate_window)(self.look.assumptions) {
            RateWindow::Fixed => counted.this_second,
            RateWindow::Sliding => counted.this_second + counted.second_before,
        };
        if count > limit {
            Err((self.vendor.gateway.throttled)(count, limit, self.look.assumptions))
        } else {
            Ok(Checked::Made)
        }
    }

    fn check_permission(&self) -> Result<Checked, Refusal> {
        let Some(credential) = self.credential else { return Ok(Checked::LeftOut(Skip::NoKey)) };
        let address = &*self.look.raw.client;
        let names = |list: &[String]| list.iter().any(|known| known == address);
        if names(&credential.deny_addresses) {
            return Err(Refusal::AddressDenied { address: address.to_owned() });
        }
        if !credential.allow_addresses.is_empty() && !names(&credential.allow_addresses) {
            return Err(Refusal::AddressNotAllowed { address: address.to_owned() });
        }
        let action = self.look.call.action.as_deref().unwrap_or("");
        if credential.denied_actions.iter().any(|denied| denied == action || denied == "*") {
            return Err(Refusal::PolicyDenied { action: action.to_owned() });
        }
        Ok(Checked::Made)
    }
}
