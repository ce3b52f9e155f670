//! What is told of a signature that does not match.

use super::facts::Facts;
use super::steps::StepView;
use crate::vendor::{Look, Vendor};

/// Puts the server's side of the signature beside what came.
///
/// The place for a diagnosis: whoever can tell what the client did otherwise, from `facts` and the
/// vendor's readings of the request, sets `view.detail` to it here.
pub(super) fn signature_detail(view: &mut StepView, facts: &Facts<'_>, vendor: &dyn Vendor) {
    let (told, call) = (facts.told, &facts.call);
    let look = Look { raw: &told.raw, call, assumptions: &told.world.assumptions };
    let key = call.claim.access_key.as_deref().unwrap_or("");
    let Some(credential) = told.world.credential(vendor.name(), key) else { return };
    let Some(proof) = vendor.prove(&look, &credential.secret, 0) else { return };
    view.canonical_request = proof.canonical_request;
    view.string_to_sign = Some(proof.string_to_sign);
    view.expected = Some(proof.signature);
    view.got = Some(call.claim.signature.clone().unwrap_or_default());
}
