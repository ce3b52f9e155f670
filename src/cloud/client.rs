//! The other side of the wire: a call as a client of the vendor sends it, signed.
//!
//! What is particular to a vendor stands in [`Clients::compose`](super::Clients::compose); the signature is the one that
//! [`Vendor::prove`] computes, so client and gateway cannot drift apart. The verb `call` and the
//! tests send what is made here; how it travels is theirs.

use std::io;

use bytes::Bytes;
use serde_json::Value;

use super::examples::{After, Sample, Tweak};
use super::{CheckInput, Vendor};
use crate::call::{Arrival, Headers, RawRequest};
use crate::domain::Assumptions;

/// Sends a request and returns the body of the answer.
pub type Send<'a> = dyn FnMut(&RawRequest) -> io::Result<Bytes> + 'a;

/// A call that is to be made.
#[derive(Clone, Debug)]
pub struct ClientCall {
    pub action: String,
    pub version: String,
    pub key: String,
    pub secret: String,
    pub session_token: Option<String>,
    pub form: SignatureForm,
    pub method: String,
    /// The authority that is called, as it stands in `Host`.
    pub host: String,
    /// The time of the signature.
    pub unix: i64,
    /// Digits, other ones for every call.
    pub nonce: String,
    pub params: Vec<(String, String)>,
    /// The body verbatim, instead of one that is made of the parameters.
    pub body: Option<String>,
    /// How often the very same request is sent.
    pub times: u32,
    /// Common parameters and headers with another value, or without one.
    changes: Vec<(String, Option<String>)>,
}

/// Which of the vendor's signatures a call carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureForm {
    #[default]
    Newest,
    Older,
}

impl ClientCall {
    /// The call that a client of the demo world would send.
    pub fn new(vendor: &Vendor, action: &str, host: &str, unix: i64, nonce: String) -> Self {
        let examples = vendor.catalog.examples;
        let known = vendor.catalog.known_action(action).into_iter().flat_map(|known| known.versions);
        let any = vendor.catalog.known_actions.iter().flat_map(|known| known.versions);
        Self {
            action: action.to_owned(),
            // Versions are dates, so the greatest text is the newest.
            version: known.max().or_else(|| any.max()).map_or_else(String::new, |version| (*version).to_owned()),
            key: examples.key.to_owned(),
            secret: examples.secret.to_owned(),
            session_token: None,
            form: SignatureForm::Newest,
            method: "POST".to_owned(),
            host: host.to_owned(),
            unix,
            nonce,
            params: Vec::new(),
            body: None,
            times: 1,
            changes: Vec::new(),
        }
    }

    pub fn apply(&mut self, tweak: &Tweak<'_>) {
        match *tweak {
            Tweak::Older => self.form = SignatureForm::Older,
            Tweak::Method(method) => method.clone_into(&mut self.method),
            Tweak::Without(name) => self.changes.push((name.to_owned(), None)),
            Tweak::With(name, value) => self.changes.push((name.to_owned(), Some(value.to_owned()))),
            Tweak::Skew(seconds) => self.unix += seconds,
            Tweak::Times(times) => self.times = times,
            Tweak::SessionToken(token) => self.session_token = Some(token.to_owned()),
            Tweak::Secret(secret) => secret.clone_into(&mut self.secret),
            Tweak::Body(body) => self.body = Some(body.to_owned()),
            Tweak::Fill(name, letters) => self.params.push((name.to_owned(), "x".repeat(letters))),
        }
    }

    /// The lines that a client would send, with the changes that were asked for.
    pub fn changed_lines(&self, lines: Vec<(&str, String)>) -> Vec<(String, String)> {
        let mut lines: Vec<_> = lines.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        for (name, value) in &self.changes {
            let line = lines.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name));
            match (value, line) {
                (Some(value), Some(line)) => value.clone_into(&mut line.1),
                (Some(value), None) => lines.push((name.clone(), value.clone())),
                (None, _) => lines.retain(|(known, _)| !known.eq_ignore_ascii_case(name)),
            }
        }
        lines
    }
}

/// The signed request of a call.
pub fn signed_request(vendor: &Vendor, wish: &ClientCall) -> RawRequest {
    let draft = (vendor.clients.compose)(wish, "0");
    let call = (vendor.requests.read)(&draft);
    let look = CheckInput { raw: &draft, call: &call, assumptions: &Assumptions::default() };
    match vendor.prove(&look, &wish.secret, 0) {
        Some(proof) => (vendor.clients.compose)(wish, &proof.signature),
        None => draft,
    }
}

/// The request of somebody who opens a link.
pub fn visit_request(host: &str, link: &str) -> RawRequest {
    raw_request("GET", link, vec![("host".to_owned(), host.to_owned())], "")
}

/// A request as plain values.
pub fn raw_request(method: &str, target: &str, headers: Vec<(String, String)>, body: impl Into<String>) -> RawRequest {
    RawRequest {
        method: method.into(),
        target: target.into(),
        headers: headers.into_iter().collect::<Headers>(),
        body: Bytes::from(body.into()),
        oversize: false,
        authority: None,
        port_of: None,
        client: "127.0.0.1".into(),
        arrival: Arrival::default(),
    }
}

/// Makes the tickets that stand in `text` by a sample's name, and puts them there.
///
/// `fresh` gives the call of an action, with a nonce of its own.
///
/// # Errors
///
/// What the sending says, or that no ticket came of it.
pub fn create_samples(
    vendor: &Vendor,
    text: &str,
    fresh: &mut dyn FnMut(&str) -> ClientCall,
    send: &mut Send<'_>,
) -> io::Result<String> {
    // A name may be the beginning of another one.
    let mut samples: Vec<&Sample> = vendor.catalog.examples.samples.iter().collect();
    samples.sort_by_key(|sample| std::cmp::Reverse(sample.name.len()));
    let mut text = text.to_owned();
    for sample in samples {
        if text.contains(sample.name) {
            text = text.replace(sample.name, &create_sample(vendor, sample, fresh, send)?);
        }
    }
    Ok(text)
}

fn create_sample(
    vendor: &Vendor,
    sample: &Sample,
    fresh: &mut dyn FnMut(&str) -> ClientCall,
    send: &mut Send<'_>,
) -> io::Result<String> {
    let mut call = |action: &str, params: Vec<(String, String)>, send: &mut Send<'_>| {
        let wish = ClientCall { params, ..fresh(action) };
        send(&signed_request(vendor, &wish))
    };
    let answer = call(sample.action, owned_pairs(sample.params), send)?;
    let body: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let Some(ticket) = body.pointer(sample.pointer).and_then(Value::as_str) else {
        let (name, action, answer) = (sample.name, sample.action, String::from_utf8_lossy(&answer));
        return Err(io::Error::other(format!("no ticket for {name} came of {}.{action}: {answer}", vendor.name)));
    };
    match sample.after {
        After::Nothing => {}
        After::Visit(link) => drop(send(&visit_request("127.0.0.1", &link.replace(sample.name, ticket)))?),
        After::Call(action, params) => {
            let filled = |(name, value): (String, String)| (name, value.replace(sample.name, ticket));
            call(action, owned_pairs(params).into_iter().map(filled).collect(), send)?;
        }
    }
    Ok(ticket.to_owned())
}

/// Pairs of a row, as a call takes them.
pub fn owned_pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
