//! The origin of a sandbox: a test and its place.

use schemars::JsonSchema;
use serde::Serialize;

/// The test that a sandbox was made for, as whoever made it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Origin {
    test: Option<Box<str>>,
    file: Option<Box<str>>,
    line: Option<u32>,
}

/// Why something is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOrigin {
    #[error("the {0} of an origin has 1 to {LONGEST} bytes")]
    Length(&'static str),
    #[error("the {0} of an origin has a control character")]
    Control(&'static str),
}

/// Bytes of a text at most.
const LONGEST: usize = 1024;

impl Origin {
    /// `test` is the name of the test, `line` that of its file.
    ///
    /// # Errors
    ///
    /// [`BadOrigin`]: a text that is empty, longer than a kibibyte, or of more than one line.
    pub fn new(test: Option<&str>, file: Option<&str>, line: Option<u32>) -> Result<Self, BadOrigin> {
        Ok(Self { test: check_part("test", test)?, file: check_part("file", file)?, line })
    }

    pub fn test(&self) -> Option<&str> {
        self.test.as_deref()
    }

    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    pub fn line(&self) -> Option<u32> {
        self.line
    }
}

fn check_part(name: &'static str, text: Option<&str>) -> Result<Option<Box<str>>, BadOrigin> {
    match text {
        Some(text) if text.is_empty() || text.len() > LONGEST => Err(BadOrigin::Length(name)),
        Some(text) if text.contains(char::is_control) => Err(BadOrigin::Control(name)),
        text => Ok(text.map(Box::from)),
    }
}
