//! `exec --intercept` and `--isolate`: the variables by which a program's calls to the vendors' own hosts end here, and the
//! folder that they point into.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::failure::Complaint;
use super::files;
use super::proxies::{PROXIES, SPARING};
use super::trust_env::{join_before, trust_variables};
use super::trust_folder::{Beside, Contents, NODE_HOOK, write_folder};
use crate::cloud::all_host_names;

/// Hosts that are spared from the proxy: this machine.
const SPARED: &str = "localhost,127.0.0.1,::1";

/// The way in which calls to the vendors' hosts come here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LedBy {
    /// A proxy that variables name.
    Proxy,
    /// The names of the hosts, in a network of one's own.
    Names,
}

/// A trust folder for one run, which goes with the value.
#[derive(Debug)]
pub(crate) struct Interception {
    folder: PathBuf,
    endpoint: String,
    beside: Beside,
    by: LedBy,
}

impl Interception {
    /// Writes the folder for an emulator with this root that takes calls at the address.
    pub fn begin(root: &str, address: SocketAddr, beside: Beside, by: LedBy) -> Result<Self, Complaint> {
        let folder = files::make_scratch_folder().map_err(|error: io::Error| {
            Complaint::new(format!("cannot make a folder for this run: {error}")).with_help("name one in TMPDIR")
        })?;
        let made = Self { folder, endpoint: address.to_string(), beside, by };
        write_folder(&made.folder, &Contents { root, beside, hosts: all_host_names(), port: address.port() })?;
        Ok(made)
    }

    /// Sets what leads the program here, in the place of everything that would lead it past.
    pub fn set_environment(&self, command: &mut Command) {
        command.envs(match self.by {
            LedBy::Proxy => intercept_variables(&self.folder, &self.endpoint, self.beside),
            LedBy::Names => trust_variables(&self.folder, self.beside),
        });
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Interception {
    fn drop(&mut self) {
        // What is left of it are certificates that nobody trusts any more.
        let _ = files::remove_scratch_folder(&self.folder);
    }
}

/// The variables for a program whose calls shall end at this proxy.
pub(crate) fn intercept_variables(folder: &Path, endpoint: &str, beside: Beside) -> Vec<(String, String)> {
    let proxy = format!("http://{endpoint}");
    let mut variables: Vec<(String, String)> = trust_variables(folder, beside);
    variables.extend(PROXIES.iter().map(|name| ((*name).to_owned(), proxy.clone())));
    // In place of what was there: an entry that is kept sends clients past the proxy.
    variables.extend(SPARING.iter().map(|name| ((*name).to_owned(), SPARED.to_owned())));
    let hook = format!("--require={}", folder.join(NODE_HOOK).display());
    variables.push(("NODE_OPTIONS".to_owned(), join_before(&hook, "NODE_OPTIONS", ' ')));
    let (host, port) = endpoint.rsplit_once(':').unwrap_or((endpoint, "80"));
    let java = format!(
        " -Dhttp.proxyHost={host} -Dhttp.proxyPort={port} -Dhttps.proxyHost={host} -Dhttps.proxyPort={port} \
         -Dhttp.nonProxyHosts=localhost|127.*|[::1]"
    );
    if let Some((_, options)) = variables.iter_mut().find(|(name, _)| name == "JAVA_TOOL_OPTIONS") {
        options.push_str(&java);
    }
    variables
}
