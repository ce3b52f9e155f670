//! `ticketbooth sandbox`: sandboxes with keys of their own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::env::{self, ClientKeys};
use super::files;
use super::output::{print_text, table_text};
use super::remote::{AdminCall, Remote, VerbFlags, cell_text, list_rows, path_segment, row_cells};
use super::table::TableData;
use super::values::parse_pair;
use crate::cloud::all_assumptions;
use crate::world::World;

pub(crate) type SandboxFlags = VerbFlags<SandboxVerb>;

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxVerb {
    /// Print every sandbox (the default).
    List,
    /// Create one, and print its id and its keys.
    Create(CreateFlags),
    /// Delete one with everything in it.
    Delete {
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CreateFlags {
    /// Its id; the emulator picks one when left out.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Its seed; that of the default sandbox by default.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Its clock, as `serve --clock` takes it.
    #[arg(long, value_name = "SPEC")]
    clock: Option<String>,
    /// Its world; that of the default sandbox when left out.
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Set an assumption; can be given several times.
    #[arg(long, value_name = "NAME=CHOICE", value_parser = parse_pair)]
    assume: Vec<(String, String)>,
    /// The name of the test that it is for.
    #[arg(long, value_name = "TEST")]
    origin: Option<String>,
    /// Print shell exports for a program that is to use it.
    #[arg(long)]
    env: bool,
}

pub(crate) fn run(flags: &SandboxFlags) -> Result<(), Failure> {
    let remote = &flags.remote;
    match flags.what.as_ref().unwrap_or(&SandboxVerb::List) {
        SandboxVerb::List => {
            let list = remote.ask_json(AdminCall::get("/sandboxes"))?;
            remote.print_list(&list, &sandboxes_table(&list), None)
        }
        SandboxVerb::Create(wish) => create_sandbox(remote, wish),
        SandboxVerb::Delete { id } => {
            let gone = remote.ask_json(AdminCall::change("DELETE", format!("/sandboxes/{}", path_segment(id))))?;
            remote.print_answer(&gone, |gone| format!("removed {}", cell_text(&gone["removed"])))
        }
    }
}

fn create_sandbox(remote: &Remote, wish: &CreateFlags) -> Result<(), Failure> {
    let mut body = json!({});
    let help = "name a world file that is there, or leave --world out to take the world of the default sandbox";
    let world = wish.world.as_deref().map(|file| files::read_file(file, help)).transpose()?;
    if let Some(read) = &world {
        // Checked here, so that what is wrong is told with the lines of the file.
        World::load(&read.name, &read.text, &all_assumptions())
            .map_err(|problems| Failure::File(read.show_problems(problems).to_string()))?;
    }
    let members = [
        ("name", wish.name.clone().map(Value::from)),
        ("seed", wish.seed.map(Value::from)),
        ("clock", wish.clock.clone().map(Value::from)),
        ("world", world.map(|read| Value::from(read.text))),
        ("assume", Some(wish.assume.iter().cloned().collect::<BTreeMap<_, _>>()).map(|assume| json!(assume))),
        ("origin", wish.origin.as_ref().map(|test| json!({ "test": test }))),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            body[name] = value;
        }
    }
    let made = remote.ask_json(AdminCall::change("POST", "/sandboxes").with_body(body))?;
    if wish.env {
        return print_text(&env::shell_exports(&env_variables(remote, &made)));
    }
    remote.print_answer(&made, created_text)
}

/// The environment of a program that is to use the new sandbox.
fn env_variables(remote: &Remote, made: &Value) -> Vec<(String, String)> {
    let keys = ClientKeys::of_each(|vendor| {
        let [id, secret] = vendor.clients.key_fields.map(|field| made[vendor.name][field].as_str().map(str::to_owned));
        id.zip(secret)
    });
    let mut variables = env::env_variables(&remote.base_url(), &keys);
    variables.push(("TICKETBOOTH_SANDBOX".to_owned(), cell_text(&made["id"])));
    variables
}

fn created_text(made: &Value) -> String {
    let lines = list_rows(&made["keys"]).iter().map(|key| row_cells(key, &["vendor", "stands_for", "id", "secret"]));
    let keys = table_text(&TableData::new(&["Vendor", "Stands for", "Key", "Secret"], lines));
    format!("sandbox {}\n\n{keys}", cell_text(&made["id"]))
}

fn sandboxes_table(list: &Value) -> TableData {
    let line = |row: &Value| {
        let mut line = row_cells(row, &["id", "world", "seed"]);
        line.push(format!("{} {}", cell_text(&row["clock"]["now"]), cell_text(&row["clock"]["mode"])));
        line.extend(row_cells(row, &["tickets", "calls"]));
        line.push(origin_text(&row["origin"]));
        line
    };
    let head = ["Sandbox", "World…", "Seed", "Clock", "Tickets", "Calls", "Origin…"];
    TableData::new(&head, list_rows(&list["sandboxes"]).iter().map(line))
}

/// The test, or its place where it has no name.
fn origin_text(origin: &Value) -> String {
    let place = row_cells(origin, &["file", "line"]).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    origin["test"].as_str().map_or_else(|| place.join(":"), str::to_owned)
}
