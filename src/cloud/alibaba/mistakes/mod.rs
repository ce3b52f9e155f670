//! Signing mistakes of clients of this vendor, one file a recipe.

mod acs3;
mod rpc;

use crate::cloud::mistakes::Mistake;

pub static MISTAKES: &[&[Mistake]] = &[acs3::ROWS, rpc::ROWS];

/// Names and values joined by `=` and `&`, each written as `escape` does.
fn join_pairs(pairs: &[(String, String)], escape: impl Fn(&str) -> String) -> String {
    pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
