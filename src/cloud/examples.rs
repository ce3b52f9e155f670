//! The row of an example: one call, or one link, that provokes one error code.
//!
//! Whoever wants to see a code pastes its [`Example::paste_line`] into a shell, like the number of a
//! payment provider's test card. A test makes every one of them come true.

use super::catalog::VISIT;

/// Where an emulator is found whose address nobody changed. It stands in every program for clients as well.
pub const USUAL_ENDPOINT: &str = "127.0.0.1:4240";

/// The examples of a vendor and what they need.
#[derive(Debug)]
pub struct Examples {
    /// The first key of the demo world, and the secret that all its keys share.
    pub key: &'static str,
    pub secret: &'static str,
    pub samples: &'static [Sample],
    pub rows: &'static [Example],
}

/// A ticket in some state, made when its name stands in a parameter or a link.
#[derive(Debug)]
pub struct Sample {
    /// `$ticket`.
    pub name: &'static str,
    pub about: &'static str,
    pub action: &'static str,
    pub params: &'static [(&'static str, &'static str)],
    /// Where the ticket stands in the answer.
    pub pointer: &'static str,
    pub after: After,
}

/// The step after a sample was made and before it is used; its name stands for the ticket.
#[derive(Clone, Copy, Debug)]
pub enum After {
    Nothing,
    Visit(&'static str),
    Call(&'static str, &'static [(&'static str, &'static str)]),
}

/// One call that ends in `code`.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The code as its row spells it: `Missing{name}`.
    pub code: &'static str,
    pub what: ExampleRequest,
    /// The mistake, in a few words.
    pub about: &'static str,
    pub how: How,
}

#[derive(Clone, Copy, Debug)]
pub enum ExampleRequest {
    Call(ExampleCall),
    /// A link that is opened.
    Link(&'static str),
}

/// A call, by what it has of its own.
#[derive(Clone, Copy, Debug)]
pub struct ExampleCall {
    pub action: &'static str,
    /// Empty: every version that the action has; the paste takes the newest.
    pub version: &'static str,
    /// Empty: the vendor's first.
    pub key: &'static str,
    pub params: &'static [(&'static str, &'static str)],
    pub tweaks: &'static [Tweak<'static>],
}

/// A deviation of a call from what a client would send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tweak<'a> {
    /// Signed as older clients do, the common parameters among the others.
    Older,
    Method(&'a str),
    /// A header, or a common parameter of the older form, left out.
    Without(&'a str),
    /// The same with another value.
    With(&'a str, &'a str),
    /// A signature time so many seconds from now.
    Skew(i64),
    /// The very same request so many times; the last answer counts.
    Times(u32),
    SessionToken(&'a str),
    Secret(&'a str),
    /// The body verbatim.
    Body(&'a str),
    /// One more parameter, of so many letters.
    Fill(&'a str, usize),
}

/// The setup that it needs beside the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Request,
    /// A thing of the demo world.
    World,
    /// A flag of `serve`, or an answer to an open question under `assume:` of a world file.
    Switch(&'static str),
}

/// An example that takes nothing but the call.
pub const fn refused_call(
    code: &'static str,
    about: &'static str,
    action: &'static str,
    params: &'static [(&'static str, &'static str)],
) -> Example {
    let ask = ExampleCall { action, version: "", key: "", params, tweaks: &[] };
    Example { code, what: ExampleRequest::Call(ask), about, how: How::Request }
}

/// An example that takes nothing but a link.
pub const fn refused_link(code: &'static str, about: &'static str, link: &'static str) -> Example {
    Example { code, what: ExampleRequest::Link(link), about, how: How::Request }
}

impl Example {
    /// With a key of the demo world.
    pub const fn with_key(self, key: &'static str) -> Self {
        match self.what {
            ExampleRequest::Call(ask) => Self { what: ExampleRequest::Call(ExampleCall { key, ..ask }), ..self },
            ExampleRequest::Link(_) => self,
        }
        .with_setup(How::World)
    }

    pub const fn with_version(self, version: &'static str) -> Self {
        match self.what {
            ExampleRequest::Call(ask) => Self { what: ExampleRequest::Call(ExampleCall { version, ..ask }), ..self },
            ExampleRequest::Link(_) => self,
        }
    }

    pub const fn with_tweaks(self, tweaks: &'static [Tweak<'static>]) -> Self {
        match self.what {
            ExampleRequest::Call(ask) => Self { what: ExampleRequest::Call(ExampleCall { tweaks, ..ask }), ..self },
            ExampleRequest::Link(_) => self,
        }
    }

    pub const fn with_setup(self, how: How) -> Self {
        Self { how, ..self }
    }

    /// The action that is called; of a link, the word for visits.
    pub const fn action_name(&self) -> &'static str {
        match self.what {
            ExampleRequest::Call(ask) => ask.action,
            ExampleRequest::Link(_) => VISIT,
        }
    }

    /// The line for a shell that finds the emulator at `endpoint`.
    pub fn paste_line_at(&self, vendor: &str, endpoint: &str) -> String {
        let line = self.paste_line(vendor);
        if endpoint == USUAL_ENDPOINT {
            return line;
        }
        let line = line.replace(USUAL_ENDPOINT, endpoint);
        if line.starts_with("ticketbooth ") { format!("{line} --url http://{endpoint}") } else { line }
    }

    /// The line for a shell.
    pub fn paste_line(&self, vendor: &str) -> String {
        match self.what {
            // A sample has to be made before; `curl` cannot.
            ExampleRequest::Link(link) if link.contains('$') => {
                format!("ticketbooth call {vendor}.visit {}", shell_word(link))
            }
            ExampleRequest::Link(link) => format!("curl -i {}", shell_word(&format!("http://{USUAL_ENDPOINT}{link}"))),
            ExampleRequest::Call(ask) => ask.paste_line(vendor),
        }
    }
}

impl ExampleCall {
    fn paste_line(&self, vendor: &str) -> String {
        let mut words = vec![format!("ticketbooth call {vendor}.{}", self.action)];
        words.extend(self.params.iter().map(|(name, value)| shell_word(&format!("{name}={value}"))));
        for (flag, value) in [("--version", self.version), ("--key", self.key)] {
            if !value.is_empty() {
                words.push(format!("{flag} {value}"));
            }
        }
        words.extend(self.tweaks.iter().map(tweak_flag));
        words.join(" ")
    }
}

fn tweak_flag(tweak: &Tweak<'_>) -> String {
    match tweak {
        Tweak::Older => "--older".to_owned(),
        Tweak::Method(method) => format!("--method {method}"),
        Tweak::Without(name) => format!("--without {name}"),
        Tweak::With(name, value) => format!("--with {}", shell_word(&format!("{name}={value}"))),
        Tweak::Skew(seconds) => format!("--skew={seconds}"),
        Tweak::Times(2) => "--twice".to_owned(),
        Tweak::Times(times) => format!("--times {times}"),
        Tweak::SessionToken(token) => format!("--session-token {token}"),
        Tweak::Secret(secret) => format!("--secret {secret}"),
        Tweak::Body(body) => format!("--body {}", shell_word(body)),
        Tweak::Fill(name, letters) => format!("--fill {name}={letters}"),
    }
}

/// The word as a shell takes it for itself.
fn shell_word(word: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./:=,@".contains(sign);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
