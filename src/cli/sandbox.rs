//! `ticketbooth sandbox`: sandboxes with keys of their own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::env::{self, Keys};
use super::files;
use super::output::{Form, print, table};
use super::remote::{Question, Remote, Verb, cell, cells, rows, segment};
use super::values::pair;

pub(crate) type Flags = Verb<What>;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Print every sandbox (the default).
    List,
    /// Make one, and print its id and its keys.
    Create(Wish),
    /// Take one away with everything in it.
    Delete {
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Wish {
    /// Its id; the emulator picks one when left out.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// What its chance comes from; that of the default sandbox when left out.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Its clock, as `serve --clock` takes it.
    #[arg(long, value_name = "SPEC")]
    clock: Option<String>,
    /// Its world; that of the default sandbox when left out.
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// A choice where no public source settles what the vendor does; can be given several times.
    #[arg(long, value_name = "NAME=CHOICE", value_parser = pair)]
    assume: Vec<(String, String)>,
    /// The test that it is for.
    #[arg(long, value_name = "TEST")]
    origin: Option<String>,
    /// Print shell exports for a program that is to use it.
    #[arg(long)]
    env: bool,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let remote = &flags.remote;
    match flags.what.as_ref().unwrap_or(&What::List) {
        What::List => remote.print(&remote.ask(Question::get("/sandboxes"))?, listed),
        What::Create(wish) => create(remote, wish),
        What::Delete { id } => {
            let gone = remote.ask(Question::change("DELETE", format!("/sandboxes/{}", segment(id))))?;
            remote.print(&gone, |gone| format!("removed {}", cell(&gone["removed"])))
        }
    }
}

fn create(remote: &Remote, wish: &Wish) -> Result<(), Failure> {
    let mut body = json!({});
    let help = "name a world file that is there, or leave --world out to take the world of the default sandbox";
    let world = wish.world.as_deref().map(|file| files::read(file, help)).transpose()?;
    let members = [
        ("name", wish.name.clone().map(Value::from)),
        ("seed", wish.seed.map(Value::from)),
        ("clock", wish.clock.clone().map(Value::from)),
        ("world", world.map(Value::from)),
        ("assume", Some(wish.assume.iter().cloned().collect::<BTreeMap<_, _>>()).map(|assume| json!(assume))),
        ("origin", wish.origin.as_ref().map(|test| json!({ "test": test }))),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            body[name] = value;
        }
    }
    let made = remote.ask(Question::change("POST", "/sandboxes").body(body))?;
    if wish.env {
        return print(&env::exports(&variables(remote, &made)));
    }
    remote.print(&made, shown)
}

/// The environment of a program that is to use the new sandbox.
fn variables(remote: &Remote, made: &Value) -> Vec<(&'static str, String)> {
    let of = |vendor: &str, name: &str| made[vendor][name].as_str().map(str::to_owned);
    let keys = Keys {
        tencent: of("tencent", "secret_id").zip(of("tencent", "secret_key")),
        alibaba: of("alibaba", "access_key_id").zip(of("alibaba", "access_key_secret")),
    };
    let mut variables = env::variables(remote.url(), &keys);
    variables.push(("TICKETBOOTH_SANDBOX", cell(&made["id"])));
    variables
}

fn shown(made: &Value) -> String {
    let lines = rows(&made["keys"]).iter().map(|key| cells(key, &["vendor", "stands_for", "id", "secret"]));
    let keys = table(Form::Text, &["Vendor", "Stands for", "Key", "Secret"], lines);
    format!("sandbox {}\n\n{keys}", cell(&made["id"]))
}

fn listed(list: &Value) -> String {
    let line = |row: &Value| {
        let mut line = cells(row, &["id", "world", "seed"]);
        line.push(format!("{} {}", cell(&row["clock"]["now"]), cell(&row["clock"]["mode"])));
        line.extend(cells(row, &["tickets", "calls"]));
        line.push(origin(&row["origin"]));
        line
    };
    let head = ["Sandbox", "World", "Seed", "Clock", "Tickets", "Calls", "Origin"];
    table(Form::Text, &head, rows(&list["sandboxes"]).iter().map(line))
}

/// The test, or its place where it has no name.
fn origin(origin: &Value) -> String {
    let place = cells(origin, &["file", "line"]).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    origin["test"].as_str().map_or_else(|| place.join(":"), str::to_owned)
}
