//! `ticketbooth completions`: what a shell needs to complete our arguments.

use clap::{Args, Command};
use clap_complete::Shell;

use super::Failure;
use super::output::print_text;

#[derive(Debug, Args)]
pub(crate) struct CompletionsFlags {
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(flags: &CompletionsFlags, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut command, "ticketbooth", &mut script);
    print_text(&String::from_utf8_lossy(&script))
}
