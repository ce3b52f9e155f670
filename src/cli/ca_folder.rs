//! The folder in which an authority is kept: made by us, for nobody but its owner, and never silently replaced.

use std::path::Path;

use super::failure::Complaint;
use super::files::{PrivateFolder, Readers};
use crate::domain::Timestamp;
use crate::trust::{Authority, Names, StoredAuthority};

/// The files of the folder, in the order in which they are written.
const FILES: [&str; 3] = ["issuer-key.pem", "issuer.pem", "ca.pem"];

/// The authority that is kept there, or a new one that is from now on.
///
/// # Errors
///
/// The place, what is wrong there, and the command that helps.
pub(super) fn open_authority(path: &Path, names: Names, now: Timestamp) -> Result<Authority, Complaint> {
    if !cfg!(unix) {
        // Nobody here can say who may read a file.
        let complaint =
            Complaint::new("--ca-dir is for systems whose files have modes: a key is nobody's secret without");
        return Err(complaint.with_help("leave it out: every start then has an authority of its own, in memory"));
    }
    // Held until the authority is read or written, so that two that start at once have the same one.
    let folder = PrivateFolder::open(path)?;
    let there: Vec<&str> = FILES.into_iter().filter(|name| folder.has(name)).collect();
    match there.len() {
        0 => make_authority(&folder, names, now),
        3 => {
            let stored = read_authority(&folder)?;
            Authority::restore(&stored, names, now).map_err(|unusable| make_anew(path, &unusable.to_string()))
        }
        _ => Err(make_anew(path, &format!("it is half written: it has only {}", there.join(" and ")))),
    }
}

fn make_authority(folder: &PrivateFolder, names: Names, now: Timestamp) -> Result<Authority, Complaint> {
    let authority = Authority::make(names, now).map_err(|error| Complaint::new(error.to_string()))?;
    let StoredAuthority { root, issuer, key } = authority.to_stored();
    let texts = [(key, Readers::Owner), (issuer, Readers::Anybody), (root, Readers::Anybody)];
    for (name, (text, readers)) in FILES.into_iter().zip(texts) {
        folder.write(name, readers, &text)?;
    }
    Ok(authority)
}

fn read_authority(folder: &PrivateFolder) -> Result<StoredAuthority, Complaint> {
    let [key, issuer, root] = FILES;
    Ok(StoredAuthority { key: folder.read_secret(key)?, issuer: folder.read(issuer)?, root: folder.read(root)? })
}

fn make_anew(path: &Path, cause: &str) -> Complaint {
    let path = path.display();
    let help = format!("`rm -r {path}`, and the next start makes a new one; clients have to trust its root again");
    Complaint::new(format!("the authority in {path} cannot be used: {cause}")).with_help(help)
}
