//! The signature doctor: which usual mistake gives the very signature that a client sent.
//!
//! The rows stand with the vendors (`cloud::mistakes`). This file tries them one after the other and
//! tells the first that holds. It is for people whose call was refused, and lets nobody in.

use crate::call::Scheme;
use crate::cloud::mistakes::{self, Mistake, SignedSubject, Slip};
use crate::cloud::recipe::{CanonicalRecipe, QueryRecipe, Recipe};
use crate::cloud::{CheckInput, Proof, Vendor};
use crate::sign::{equals_in_constant_time, percent_encode};
use crate::world::World;

/// What is larger, or made of more parts, is no call that a person looks at, and every row would have
/// to digest it anew.
const MAX_SIZE: usize = 64 << 10;
const MAX_PARTS: usize = 128;

/// The signing mistake of a client.
#[derive(Clone)]
pub struct Diagnosis {
    pub mistake: &'static Mistake,
    /// The text that the client signed, where the secret is no part of it.
    pub client_string_to_sign: Option<String>,
    /// The same of the canonical request, for recipes that have one.
    pub client_canonical_request: Option<String>,
}

/// The first usual mistake that gives the signature of the call, whatever check refused it.
///
/// `None`: the signature is right, or it was made in no way that the rows know.
pub fn diagnose(vendor: &Vendor, look: &CheckInput<'_>, world: &World) -> Option<Diagnosis> {
    let sent = look.call.claim.signature.as_deref()?;
    diagnose_any(vendor, look, world, &[sent])
}

/// The same for several signatures of one request at once: the first mistake that gives any of them.
pub fn diagnose_any(vendor: &Vendor, look: &CheckInput<'_>, world: &World, sent: &[&str]) -> Option<Diagnosis> {
    let scheme = look.call.claim.scheme;
    if scheme == Scheme::UNSIGNED || is_too_large(look) {
        return None;
    }
    let of = signed_subject(vendor, *look, world)?;
    let case = Case { vendor, readings: readings_of(vendor, look, of.secret), of, sent };
    let is_right = case.all_readings(look, case.of.secret).is_some();
    let (mistake, proof) = mistakes::mistakes_of(vendor, scheme).find_map(|row| {
        // A right signature has its mistake in what it covers, and a wrong one in how it was made.
        let mut slips = row.slips.iter().filter(|slip| matches!(slip, Slip::Claim(_)) == is_right);
        Some((row, slips.find_map(|slip| case.try_mistake(slip))?))
    })?;
    let shown = |text: String| Some(text).filter(|text| !has_secret(text, world));
    Some(Diagnosis {
        mistake,
        client_string_to_sign: shown(proof.string_to_sign),
        client_canonical_request: proof.canonical_request.and_then(shown),
    })
}

fn is_too_large(look: &CheckInput<'_>) -> bool {
    let (raw, call) = (look.raw, look.call);
    let parts = [raw.headers.iter().count(), call.claim.signed_headers().count(), call.params.pairs.len()];
    raw.body.len() + raw.target.len() > MAX_SIZE || parts.iter().any(|count| *count > MAX_PARTS)
}

/// The key that the call claims; or the one whose secret it sent in place of the id.
fn signed_subject<'a>(vendor: &Vendor, look: CheckInput<'a>, world: &'a World) -> Option<SignedSubject<'a>> {
    let claimed = look.call.claim.access_key.as_deref()?;
    let own = || world.credentials().filter(|key| key.vendor == vendor.name);
    let key = world
        .credential(vendor.name, claimed)
        .or_else(|| own().find(|key| !claimed.is_empty() && equals_in_constant_time(&key.secret, claimed)))?;
    let (mut siblings, mut strangers) = (Vec::new(), Vec::new());
    for other in world.credentials().filter(|other| other.secret != key.secret) {
        let list = if other.vendor == vendor.name { &mut siblings } else { &mut strangers };
        if !list.contains(&other.secret.as_str()) {
            list.push(other.secret.as_str());
        }
    }
    Some(SignedSubject { look, id: &key.id, secret: &key.secret, siblings, strangers })
}

/// The vendor's readings of the request that differ from each other.
fn readings_of(vendor: &Vendor, look: &CheckInput<'_>, secret: &str) -> Vec<usize> {
    let mut texts: Vec<String> = Vec::new();
    let proofs = (0..).map_while(|attempt| Some((attempt, vendor.prove(look, secret, attempt)?)));
    let mut is_new = |proof: Proof| {
        let is_new = !texts.contains(&proof.string_to_sign);
        texts.push(proof.string_to_sign);
        is_new
    };
    proofs.filter_map(|(attempt, proof)| is_new(proof).then_some(attempt)).collect()
}

/// One search.
struct Case<'c, 'a> {
    vendor: &'c Vendor,
    of: SignedSubject<'a>,
    readings: Vec<usize>,
    sent: &'c [&'c str],
}

impl Case<'_, '_> {
    /// The proof that the slip gives, where it has a signature that was sent.
    fn try_mistake(&self, slip: &Slip) -> Option<Proof> {
        let (of, look) = (&self.of, &self.of.look);
        match slip {
            Slip::Claim(test) => test(look).then(|| self.all_readings(look, of.secret)).flatten(),
            Slip::Secret(others) => others(of).iter().find_map(|secret| {
                self.first_match(self.readings.iter().filter_map(|attempt| self.vendor.prove(look, secret, *attempt)))
            }),
            Slip::Request(others) => {
                others(look.raw).iter().find_map(|raw| self.all_readings(&CheckInput { raw, ..*look }, of.secret))
            }
            Slip::Canonical(others) => self.possible_recipes().find_map(|draft| match draft {
                Recipe::Canonical(draft) => self.first_match(others(&draft, of).iter().map(CanonicalRecipe::prove)),
                Recipe::Pairs(_) => None,
            }),
            Slip::Pairs(others) => self.possible_recipes().find_map(|draft| match draft {
                Recipe::Pairs(draft) => self.first_match(others(&draft, of).iter().map(QueryRecipe::prove)),
                Recipe::Canonical(_) => None,
            }),
        }
    }

    fn possible_recipes(&self) -> impl Iterator<Item = Recipe> {
        self.readings.iter().filter_map(|attempt| (self.vendor.gateway.draft)(&self.of.look, self.of.secret, *attempt))
    }

    fn all_readings(&self, look: &CheckInput<'_>, secret: &str) -> Option<Proof> {
        self.first_match((0..).map_while(|attempt| self.vendor.prove(look, secret, attempt)))
    }

    fn first_match(&self, mut proofs: impl Iterator<Item = Proof>) -> Option<Proof> {
        proofs.find(|proof| self.fits(proof))
    }

    fn fits(&self, proof: &Proof) -> bool {
        self.sent.iter().any(|sent| !sent.is_empty() && equals_in_constant_time(&proof.signature, sent))
    }
}

/// Whether any secret of the world stands in the text, plain or encoded as recipes do.
fn has_secret(text: &str, world: &World) -> bool {
    let text = text.to_lowercase();
    world.credentials().filter(|key| !key.secret.is_empty()).any(|key| {
        let once = percent_encode(&key.secret);
        let twice = percent_encode(&once);
        [&key.secret, &once, &twice].iter().any(|secret| text.contains(&secret.to_lowercase()))
    })
}
