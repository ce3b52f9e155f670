//! `ticketbooth env`: what a shell or an SDK needs to reach the emulator.
//!
//! The keys are those of the demo world, which everybody knows: there is no secret here.

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value};

use super::Failure;
use super::output::{print_json, print_text};
use super::values::{BaseUrl, DEFAULT_URL};
use crate::cloud::{alibaba, tencent};

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
pub(crate) struct EnvFlags {
    /// Print a snippet that points this SDK at the emulator.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(SNIPPETS.iter().map(|(name, _)| *name)))]
    sdk: Option<String>,
    /// The emulator.
    #[arg(long, env = "TICKETBOOTH_URL", default_value = DEFAULT_URL, value_name = "URL")]
    url: BaseUrl,
    /// Print JSON.
    #[arg(long, conflicts_with = "sdk")]
    json: bool,
}

pub(crate) fn run(flags: &EnvFlags) -> Result<(), Failure> {
    if let Some(sdk) = &flags.sdk {
        let snippet = SNIPPETS.iter().find(|(name, _)| name == sdk).map_or("", |(_, snippet)| snippet);
        return print_text(&snippet.replace(PLACEHOLDER, &flags.url.endpoint));
    }
    let variables = env_variables(&flags.url, &ClientKeys::of_demo());
    if flags.json {
        let object: Map<String, Value> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        return print_json(&object.into());
    }
    print_text(&shell_exports(&variables))
}

/// A key of each vendor with its secret.
#[derive(Debug)]
pub(crate) struct ClientKeys {
    pub tencent: Option<(String, String)>,
    pub alibaba: Option<(String, String)>,
}

impl ClientKeys {
    /// Those of the demo world.
    pub fn of_demo() -> Self {
        let (tencent, alibaba) = (&tencent::examples::EXAMPLES, &alibaba::examples::EXAMPLES);
        let pair = |key: &str, secret: &str| Some((key.to_owned(), secret.to_owned()));
        Self { tencent: pair(tencent.key, tencent.secret), alibaba: pair(alibaba.key, alibaba.secret) }
    }
}

/// The environment of a program that is to talk with these keys to the emulator at `url`.
pub(crate) fn env_variables(url: &BaseUrl, keys: &ClientKeys) -> Vec<(&'static str, String)> {
    let (tencent, alibaba) = (keys.tencent.as_ref(), keys.alibaba.as_ref());
    let named = [
        ("TICKETBOOTH_TENCENT_SECRET_ID", tencent.map(|(id, _)| id)),
        ("TICKETBOOTH_TENCENT_SECRET_KEY", tencent.map(|(_, secret)| secret)),
        ("TICKETBOOTH_ALIBABA_ACCESS_KEY_ID", alibaba.map(|(id, _)| id)),
        ("TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET", alibaba.map(|(_, secret)| secret)),
        ("TENCENTCLOUD_SECRET_ID", tencent.map(|(id, _)| id)),
        ("TENCENTCLOUD_SECRET_KEY", tencent.map(|(_, secret)| secret)),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", alibaba.map(|(id, _)| id)),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", alibaba.map(|(_, secret)| secret)),
    ];
    let address = [("TICKETBOOTH_URL", url.to_string()), ("TICKETBOOTH_ENDPOINT", url.endpoint.clone())];
    address.into_iter().chain(named.into_iter().filter_map(|(name, value)| Some((name, value?.clone())))).collect()
}

/// One line for a shell to read for each of them.
pub(crate) fn shell_exports(variables: &[(&str, String)]) -> String {
    let line = |(name, value): &(&str, String)| format!("export {name}={}", shell_quote(value));
    variables.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The text as a shell reads it back, whatever signs the keys of somebody's world have.
fn shell_quote(text: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-._:/".contains(sign);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
