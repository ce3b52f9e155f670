//! Programs for clients, ready to paste.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::AdminRequest;
use super::{AdminError, Answer, json_reply};
use crate::cloud::examples::USUAL_ENDPOINT;
use crate::cloud::{Vendor, vendors};
use crate::world::World;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SnippetList {
    snippets: Vec<SnippetView>,
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SnippetView {
    vendor: &'static str,
    /// As `ticketbooth env --sdk` knows it.
    name: &'static str,
    text: String,
}

pub(super) fn list_snippets(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let world = &asked.epoch().world;
    let of_vendor = |vendor: &&'static Vendor| {
        let vendor = *vendor;
        vendor.clients.snippets.iter().map(move |(name, text)| SnippetView {
            vendor: vendor.name,
            name,
            text: adapt_snippet(vendor, world, &text.replace(USUAL_ENDPOINT, asked.endpoint())),
        })
    };
    let snippets: Vec<SnippetView> = vendors().iter().flat_map(of_vendor).collect();
    let total = snippets.len();
    Ok(json_reply(200, &SnippetList { snippets, total }).into())
}

/// The program with the key of the world that stands for the one of the demo world, or else with the world's first one.
fn adapt_snippet(vendor: &Vendor, world: &World, text: &str) -> String {
    let examples = &vendor.catalog.examples;
    let own = || world.named_credentials().filter(|(_, key)| key.vendor == vendor.name);
    let Some((_, key)) = own().find(|(name, _)| *name == examples.key).or_else(|| own().next()) else {
        return text.to_owned();
    };
    text.replace(examples.key, &key.id).replace(examples.secret, &key.secret)
}
