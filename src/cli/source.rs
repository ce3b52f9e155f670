//! Where the verbs that read a journal read it: from a running emulator, or from a file that was written out.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use super::failure::Complaint;
use super::remote::{AdminCall, Remote, path_segment};
use super::{Failure, files};
use crate::document;
use crate::emulator::DEFAULT;
use crate::export::{Archive, EVERY, Filters};
use crate::verify::{FindingView, Question as Asked};

#[derive(Debug, Args)]
pub(crate) struct JournalSource {
    /// Read this file, which `journal export` or `exec --journal` wrote, instead of asking an emulator.
    #[arg(long, global = true, value_name = "FILE")]
    from: Option<PathBuf>,
    #[command(flatten)]
    pub remote: Remote,
}

impl JournalSource {
    /// The calls that the filters of a query want, as `GET /journal` gives them.
    pub fn list_entries(&self, query: &[(&'static str, Option<String>)]) -> Result<Value, Failure> {
        let Some(file) = &self.from else {
            let question = AdminCall::get("/journal");
            let question =
                query.iter().fold(question, |question, (name, value)| question.with_query(name, value.as_ref()));
            return self.remote.ask_json(question);
        };
        let of = |name: &str| query.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.as_deref());
        let limit = of("limit").and_then(|limit| limit.parse().ok());
        let filters = Filters::from_query(of, limit).map_err(|bad| Failure::bad_usage(bad.message, bad.help))?;
        Ok(self.read_archive(file, DEFAULT)?.list_entries(&filters))
    }

    /// One call, as `GET /journal/{id}` gives it; its id tells its sandbox, so a file is searched for it as a whole.
    pub fn find_entry(&self, id: &str) -> Result<Value, Failure> {
        let Some(file) = &self.from else {
            return self.remote.ask_json(AdminCall::get(format!("/journal/{}", path_segment(id))));
        };
        self.read_archive(file, EVERY)?.find_entry(id).cloned().ok_or_else(|| {
            let message = format!("unknown call {id} in {}", file.display());
            Failure::bad_usage(message, "`ticketbooth journal --from FILE` lists them; choose a sandbox with --sandbox")
        })
    }

    /// Why a call was answered as it was, as `GET /explain/{id}` gives it.
    pub fn explain_entry(&self, id: &str) -> Result<Value, Failure> {
        match &self.from {
            Some(_) => Ok(self.find_entry(id)?["explanation"].take()),
            None => self.remote.ask_json(AdminCall::get(format!("/explain/{}", path_segment(id)))),
        }
    }

    /// The verdict on a question, as `POST /verify` gives it.
    pub fn ask_verdict(&self, question: Value, patience: Option<Duration>) -> Result<Value, Failure> {
        let Some(file) = &self.from else {
            let asked = AdminCall::change("POST", "/verify").with_body(question);
            return self.remote.ask_verdict(asked.wait_longer(patience.unwrap_or_default()));
        };
        if patience.is_some() {
            return Err(Failure::bad_usage("nothing more comes into a file", "leave --within out"));
        }
        let text = question.to_string();
        let read = document::read_document("question", &text, |question: &Asked, flaws| question.read(flaws));
        let read = read.map_err(|problems| Failure::File(problems.to_string()))?;
        let (judged, _) = read.expect("a question without flaws can be judged");
        to_json(FindingView::from(self.read_archive(file, DEFAULT)?.judge_calls(&judged)))
    }

    /// Whether the calls in a file contradict each other in what they did to tickets: those of all sandboxes, unless one
    /// is chosen.
    pub fn judge_history(&self, file: &Path) -> Result<Value, Failure> {
        if self.from.is_some() {
            return Err(Failure::bad_usage("--history names the file itself", "leave --from out"));
        }
        let sandbox = self.remote.sandbox_name().unwrap_or(EVERY);
        to_json(FindingView::from(open_archive(file, sandbox)?.judge_tickets()))
    }

    /// The emulator, for what can only be asked of one.
    pub fn require_live(&self, what: &str) -> Result<&Remote, Failure> {
        match self.from {
            None => Ok(&self.remote),
            Some(_) => Err(Failure::bad_usage(format!("{what} is for a running emulator"), "leave --from out")),
        }
    }

    /// The journals of the sandbox that was named, else of `usual`.
    fn read_archive(&self, file: &Path, usual: &str) -> Result<Archive, Failure> {
        open_archive(file, self.remote.sandbox_name().unwrap_or(usual))
    }
}

fn open_archive(file: &Path, sandbox: &str) -> Result<Archive, Failure> {
    let help = "name a file that `ticketbooth journal export` or `ticketbooth exec --journal` wrote";
    let opened = files::open_file(file, files::SANDBOX_BYTES).map_err(|message| Failure::bad_usage(message, help))?;
    Archive::read_file(BufReader::new(opened), sandbox).map_err(|bad| {
        let message = files::show_message(file, &bad.message);
        Failure::File(format!("error: {}:{}: {message}\n  help: {}", file.display(), bad.line, bad.help))
    })
}

fn to_json(view: FindingView) -> Result<Value, Failure> {
    serde_json::to_value(view).map_err(|error| Failure::Own(Complaint::new(error.to_string())))
}
