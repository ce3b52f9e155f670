//! The trust folder: an emulator's root in every form that clients take. There is never a key in it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::failure::Complaint;
use super::files::{self, Readers};
use crate::emulator::wall_now;
use crate::trust::{root_of_pem, write_keystore};

/// The roots in the bundle beside the emulator's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Beside {
    /// Nothing, so that a program that goes elsewhere trusts nobody there.
    #[default]
    #[value(name = "only")]
    Nothing,
    /// The roots of this system.
    #[value(name = "add")]
    System,
}

/// Bundles of systems, the first of which that is there is taken.
pub(crate) const BUNDLES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The most bytes of a bundle.
pub(crate) const BUNDLE_BYTES: u64 = 4 << 20;

/// The shim for `certifi`, for clients that ask nobody else.
const PYTHON: &str = include_str!("shims/sitecustomize.py");

/// The hook that leads the sockets of a program for Node here.
const NODE: &str = include_str!("shims/node.cjs");

/// The contents of a trust folder.
pub(crate) struct Contents<'a> {
    /// The emulator's root, in PEM.
    pub root: &'a str,
    pub beside: Beside,
    /// The hosts that the emulator answers for.
    pub hosts: Vec<String>,
    /// Its port on this machine.
    pub port: u16,
}

/// The files of the folder.
pub(crate) const ROOT: &str = "ca.pem";
pub(crate) const BUNDLE: &str = "bundle.pem";
pub(crate) const KEYSTORE: &str = "ca.jks";
pub(crate) const PYTHON_FOLDER: &str = "python";
/// A folder without any roots, for whoever looks into one beside the bundle.
pub(crate) const NO_ROOTS: &str = "none";

/// The file that Node is told to read first, beside which stands what it needs to know.
pub(crate) const NODE_HOOK: &str = "node.cjs";

/// Writes the folder.
pub(crate) fn write_folder(folder: &Path, contents: &Contents<'_>) -> Result<(), Complaint> {
    let Contents { root, beside, hosts, port } = contents;
    let der =
        root_of_pem(root).ok_or_else(|| Complaint::new("what should be the emulator's root is no certificate"))?;
    for inside in [PYTHON_FOLDER, NO_ROOTS].map(|name| folder.join(name)) {
        fs::create_dir_all(&inside).map_err(|error| {
            let help = "name a folder that can be made or written to";
            Complaint::new(format!("cannot make {}: {error}", inside.display())).with_help(help)
        })?;
    }
    let write = |name: PathBuf, bytes: &[u8]| files::replace_file(&folder.join(name), Readers::Anybody, [bytes]);
    write(ROOT.into(), root.as_bytes())?;
    write(BUNDLE.into(), bundle_text(root, *beside)?.as_bytes())?;
    write(KEYSTORE.into(), &write_keystore(&der, wall_now()))?;
    write(NODE_HOOK.into(), NODE.as_bytes())?;
    write("node.json".into(), json!({ "hosts": hosts, "port": port }).to_string().as_bytes())?;
    write(Path::new(PYTHON_FOLDER).join("sitecustomize.py"), PYTHON.as_bytes())
}

fn bundle_text(root: &str, beside: Beside) -> Result<String, Complaint> {
    if beside == Beside::Nothing {
        return Ok(root.to_owned());
    }
    let named = std::env::var_os("SSL_CERT_FILE").filter(|value| !value.is_empty()).map(PathBuf::from);
    let known = || BUNDLES.iter().map(PathBuf::from).find(|path| path.exists());
    let file = named.or_else(known).ok_or_else(|| {
        let message = "no roots of this system were found to add to";
        Complaint::new(message).with_help("name the file that has them in SSL_CERT_FILE")
    })?;
    let system = files::read_text(&file, BUNDLE_BYTES).map_err(Complaint::new)?.text;
    Ok(format!("{}\n{root}", system.trim_end()))
}
