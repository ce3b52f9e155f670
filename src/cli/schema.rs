//! `ticketbooth schema`: the JSON Schema of our files, for editors.

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::print_json;
use crate::rules::Scenario;
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct SchemaFlags {
    /// The kind of file.
    #[arg(value_name = "KIND")]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Rules and expectations.
    Scenario,
    /// Keys, users, projects and works.
    World,
}

pub(crate) fn run(flags: &SchemaFlags) -> Result<(), Failure> {
    print_json(&match flags.of {
        Of::Scenario => Scenario::schema(),
        Of::World => World::schema(),
    })
}
