//! `ticketbooth env`: what a shell or an SDK needs to reach the emulator.
//!
//! The keys are those of the demo world, which everybody knows: there is no secret here.

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value};

use super::Failure;
use super::base_url::{self, BaseUrl};
use super::output::{print, print_json};
use crate::vendor::{alibaba, tencent};

/// The endpoint that stands in every snippet for the one that is asked for.
const PLACEHOLDER: &str = "127.0.0.1:4240";

/// The SDKs that there is a snippet for.
static SNIPPETS: &[(&str, &str)] = &[
    ("tencent-python", include_str!("snippets/tencent-python.py")),
    ("tencent-node", include_str!("snippets/tencent-node.js")),
    ("tencent-go", include_str!("snippets/tencent-go.go")),
    ("tencent-java", include_str!("snippets/tencent-java.java")),
    ("tccli", include_str!("snippets/tccli.sh")),
    ("alibaba-python", include_str!("snippets/alibaba-python.py")),
    ("alibaba-python-classic", include_str!("snippets/alibaba-python-classic.py")),
    ("alibaba-node", include_str!("snippets/alibaba-node.js")),
    ("alibaba-pop-core", include_str!("snippets/alibaba-pop-core.js")),
    ("alibaba-go", include_str!("snippets/alibaba-go.go")),
    ("alibaba-java", include_str!("snippets/alibaba-java.java")),
    ("curl", include_str!("snippets/curl.sh")),
];

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Print a snippet that points this SDK at the emulator.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(SNIPPETS.iter().map(|(name, _)| *name)))]
    sdk: Option<String>,
    /// The emulator.
    #[arg(long, env = "TICKETBOOTH_URL", default_value = base_url::DEFAULT, value_name = "URL")]
    url: BaseUrl,
    /// Print JSON.
    #[arg(long, conflicts_with = "sdk")]
    json: bool,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    if let Some(sdk) = &flags.sdk {
        let snippet = SNIPPETS.iter().find(|(name, _)| name == sdk).map_or("", |(_, snippet)| snippet);
        return print(&snippet.replace(PLACEHOLDER, &flags.url.endpoint));
    }
    let variables = variables(&flags.url);
    if flags.json {
        let object: Map<String, Value> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        return print_json(&object.into());
    }
    // None of the values has a sign that a shell would read.
    let lines: Vec<String> = variables.iter().map(|(name, value)| format!("export {name}={value}")).collect();
    print(&lines.join("\n"))
}

/// The environment of a program that is to talk to the emulator at `url`.
pub(crate) fn variables(url: &BaseUrl) -> Vec<(&'static str, String)> {
    let (tencent, alibaba) = (&tencent::examples::EXAMPLES, &alibaba::examples::EXAMPLES);
    let keys = [
        ("TICKETBOOTH_TENCENT_SECRET_ID", tencent.key),
        ("TICKETBOOTH_TENCENT_SECRET_KEY", tencent.secret),
        ("TICKETBOOTH_ALIBABA_ACCESS_KEY_ID", alibaba.key),
        ("TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET", alibaba.secret),
        ("TENCENTCLOUD_SECRET_ID", tencent.key),
        ("TENCENTCLOUD_SECRET_KEY", tencent.secret),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", alibaba.key),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", alibaba.secret),
    ];
    let address = [("TICKETBOOTH_URL", url.to_string()), ("TICKETBOOTH_ENDPOINT", url.endpoint.clone())];
    address.into_iter().chain(keys.map(|(name, value)| (name, value.to_owned()))).collect()
}
