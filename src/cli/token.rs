//! The token of the admin API, as flags take it.

use std::fmt;
use std::str::FromStr;

use super::Failure;

/// A token that no message and no log shows.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// The text, if it can be sent in a header.
    ///
    /// Not left to the parser of arguments, which would show what it refuses.
    pub fn text(&self) -> Result<&str, Failure> {
        let is_fit = !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic());
        is_fit.then_some(self.0.as_str()).ok_or_else(|| {
            let help = "give it letters, digits and signs of ASCII, without spaces: `openssl rand -hex 16` prints one";
            Failure::usage("the text of --admin-token cannot be sent in a header", help)
        })
    }
}

impl FromStr for Token {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_sent_and_never_shown() {
        let token: Token = "the-token".parse().unwrap();
        assert_eq!((token.text().ok(), format!("{token:?}")), (Some("the-token"), "Token".to_owned()));
        for unfit in ["", "two words", "line\r\nend", "令牌"] {
            let refused = unfit.parse::<Token>().unwrap().text().map(str::to_owned).unwrap_err();
            assert_eq!(refused.code(), 2);
            assert!(unfit.is_empty() || !format!("{refused:?}").contains(unfit), "{refused:?}");
        }
    }
}
