//! The variables by which clients come to trust a trust folder.

use std::path::Path;

use super::sending::ROOT_VARIABLE;
use super::trust_folder::{BUNDLE, Beside, KEYSTORE, NO_ROOTS, PYTHON_FOLDER, ROOT};
use crate::trust::KEYSTORE_PASSWORD;

/// Variables that name a bundle.
const OF_BUNDLE: &[&str] = &[
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "ALIBABA_CLOUD_CA_BUNDLE",
    // Our own verbs.
    ROOT_VARIABLE,
];

/// The separator of the folders in a variable.
const SEPARATOR: char = if cfg!(windows) { ';' } else { ':' };

/// The variables for this folder. What was there before stays where a variable holds several things.
pub(crate) fn trust_variables(folder: &Path, beside: Beside) -> Vec<(String, String)> {
    let at = |name: &str| folder.join(name).display().to_string();
    let mut variables: Vec<_> = OF_BUNDLE.iter().map(|name| ((*name).to_owned(), at(BUNDLE))).collect();
    if beside == Beside::Nothing {
        // Left out, OpenSSL and Go take the folder of the system, whatever bundle they are told of.
        variables.push(("SSL_CERT_DIR".to_owned(), at(NO_ROOTS)));
    }
    variables.push(("NODE_EXTRA_CA_CERTS".to_owned(), at(ROOT)));
    variables.push(("PYTHONPATH".to_owned(), join_before(&at(PYTHON_FOLDER), "PYTHONPATH", SEPARATOR)));
    let store =
        format!("-Djavax.net.ssl.trustStore={} -Djavax.net.ssl.trustStorePassword={KEYSTORE_PASSWORD}", at(KEYSTORE));
    variables.push(("JAVA_TOOL_OPTIONS".to_owned(), join_behind(&store, "JAVA_TOOL_OPTIONS")));
    variables
}

/// The text in front of what the variable has.
pub(crate) fn join_before(text: &str, variable: &str, separator: char) -> String {
    match std::env::var(variable) {
        Ok(there) if !there.is_empty() => format!("{text}{separator}{there}"),
        _ => text.to_owned(),
    }
}

/// The text behind what the variable has.
pub(crate) fn join_behind(text: &str, variable: &str) -> String {
    match std::env::var(variable) {
        Ok(there) if !there.is_empty() => format!("{there} {text}"),
        _ => text.to_owned(),
    }
}
