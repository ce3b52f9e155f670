//! A signature taken apart: every step of a recipe as a field, so that one can be taken otherwise.
//!
//! A vendor fills a [`Recipe`] in for a request; [`Recipe::prove`] walks the steps. The gateway only
//! ever walks the vendor's own steps. Whoever looks for a client's mistake changes one of them.

use super::Proof;
use crate::sign::{encode_base64, hmac_sha256, sha256_hex};

/// The steps of one recipe for one request.
#[derive(Clone)]
pub enum Recipe {
    Canonical(CanonicalRecipe),
    Pairs(QueryRecipe),
}

impl Recipe {
    /// The intermediates and the signature.
    pub fn prove(&self) -> Proof {
        match self {
            Self::Canonical(draft) => draft.prove(),
            Self::Pairs(draft) => draft.prove(),
        }
    }
}

/// A recipe of the newer kind: a canonical request, whose digest stands in the string to sign.
#[derive(Clone)]
pub struct CanonicalRecipe {
    pub method: String,
    pub path: String,
    pub query: String,
    /// The signed headers, as name and value.
    pub headers: Vec<(String, String)>,
    pub colon: &'static str,
    /// Between two header lines.
    pub line_end: &'static str,
    /// After the last header line.
    pub block_end: &'static str,
    /// The names of the signed headers, as they are listed.
    pub signed: Vec<String>,
    pub list_mark: &'static str,
    /// The digest of the body.
    pub payload: String,
    /// Between the parts of the canonical request.
    pub joint: &'static str,
    /// After the canonical request.
    pub end: &'static str,
    /// The lines of the string to sign before the digest.
    pub head: Vec<String>,
    pub digest: fn(&str) -> String,
    /// After the string to sign.
    pub text_end: &'static str,
    /// The first key of the chain.
    pub root: Vec<u8>,
    /// The text that is digested with one key to get the next.
    pub chain: Vec<String>,
    /// The form of a key for the next step.
    pub link: fn(Vec<u8>) -> Vec<u8>,
    pub seal: Seal,
    pub write: fn(&[u8]) -> String,
}

/// The keyed digest of a text.
pub type Seal = fn(&[u8], &str) -> Vec<u8>;

impl CanonicalRecipe {
    /// The recipe with the steps that both newer signatures share; the rest is for the vendor to fill in.
    pub fn new(method: &str, root: Vec<u8>) -> Self {
        Self {
            method: method.to_owned(),
            path: "/".to_owned(),
            query: String::new(),
            headers: Vec::new(),
            colon: ":",
            line_end: "\n",
            block_end: "\n",
            signed: Vec::new(),
            list_mark: ";",
            payload: String::new(),
            joint: "\n",
            end: "",
            head: Vec::new(),
            digest: |text| sha256_hex(text.as_bytes()),
            text_end: "",
            root,
            chain: Vec::new(),
            link: |key| key,
            seal: |key, text| hmac_sha256(key, text),
            write: |bytes| hex::encode(bytes),
        }
    }

    fn canonical_request(&self) -> String {
        let lines: Vec<String> =
            self.headers.iter().map(|(name, value)| format!("{name}{}{value}", self.colon)).collect();
        let block_end = if lines.is_empty() { "" } else { self.block_end };
        let block = lines.join(self.line_end) + block_end;
        let signed = self.signed.join(self.list_mark);
        [&self.method, &self.path, &self.query, &block, &signed, &self.payload].map(String::as_str).join(self.joint)
            + self.end
    }

    pub fn prove(&self) -> Proof {
        let canonical_request = self.canonical_request();
        let mut lines = self.head.clone();
        lines.push((self.digest)(&canonical_request));
        let string_to_sign = lines.join("\n") + self.text_end;
        let next = |key: Vec<u8>, text: &String| (self.link)(hmac_sha256(&key, text));
        let key = self.chain.iter().fold(self.root.clone(), next);
        let signature = (self.write)(&(self.seal)(&key, &string_to_sign));
        Proof { canonical_request: Some(canonical_request), string_to_sign, signature }
    }
}

/// A recipe of the older kind: parameters in an order, behind what tells the request.
#[derive(Clone)]
pub struct QueryRecipe {
    pub method: String,
    /// Empty where the host is no part of the signature.
    pub host: String,
    pub path: String,
    /// Names and values in the order in which they are signed.
    pub pairs: Vec<(String, String)>,
    /// The escape of a name or a value.
    pub escape: fn(&str) -> String,
    /// The escape of the pairs as a whole.
    pub escape_all: fn(&str) -> String,
    /// The string to sign.
    pub text: fn(&Self) -> String,
    pub key: Vec<u8>,
    pub seal: Seal,
    pub write: fn(&[u8]) -> String,
}

impl QueryRecipe {
    /// `name=value` joined by `&`.
    pub fn joined_pairs(&self) -> String {
        let written = |(name, value): &(String, String)| format!("{}={}", (self.escape)(name), (self.escape)(value));
        self.pairs.iter().map(written).collect::<Vec<_>>().join("&")
    }

    pub fn prove(&self) -> Proof {
        let string_to_sign = (self.text)(self);
        let signature = (self.write)(&(self.seal)(&self.key, &string_to_sign));
        Proof { canonical_request: None, string_to_sign, signature }
    }

    /// The recipe with the steps that both older signatures share.
    pub fn new(method: &str, pairs: Vec<(String, String)>, key: Vec<u8>) -> Self {
        Self {
            method: method.to_owned(),
            host: String::new(),
            path: "/".to_owned(),
            pairs,
            escape: str::to_owned,
            escape_all: str::to_owned,
            text: Self::joined_pairs,
            key,
            seal: |key, text| crate::sign::hmac_sha1(key, text),
            write: encode_base64,
        }
    }
}
