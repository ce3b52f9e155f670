//! A program that ends with the process that runs it, even where that is killed and can pass nothing on.
//!
//! The system tells a process of the death of its parent when the process itself has asked for that, and it remembers
//! so through the start of another program. So `exec` runs this program once more, which asks and then becomes the
//! user's. What that starts itself is its own to look after.
//!
//! The other way round, an emulator that a test kit starts ends with its stdin, whose other end the kit holds.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::process::{Command, ExitStatus};
use std::thread;

use super::Failure;
use super::failure::Complaint;

/// The first argument of such a run. It is none for people, and no verb.
#[cfg(target_os = "linux")]
const MARK: &str = "--tethered-to";

/// The command that starts the program, behind one that becomes what it is told to.
pub(super) fn tethered_behind(mut command: Command, program: &OsStr) -> std::io::Result<Command> {
    command.arg(std::env::current_exe()?);
    #[cfg(target_os = "linux")]
    command.arg(MARK).arg(std::process::id().to_string());
    command.arg(program);
    Ok(command)
}

/// The command that starts the program.
pub(super) fn tethered_command(program: &OsString) -> Command {
    #[cfg(target_os = "linux")]
    {
        // It is there even where the file has been replaced since.
        let ourselves = std::path::Path::new("/proc/self/exe");
        if ourselves.exists() {
            let mut command = Command::new(ourselves);
            command.arg(MARK).arg(std::process::id().to_string()).arg(program);
            return command;
        }
    }
    Command::new(program)
}

/// Becomes the program, where the arguments are those of such a run; returns only where that fails, or where they are
/// not.
pub(super) fn become_program(arguments: &[OsString]) -> Result<(), Failure> {
    #[cfg(target_os = "linux")]
    if let [_, mark, parent, program, rest @ ..] = arguments
        && mark == MARK
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        // Where the system does not do that, the program runs without.
        let _ = set_parent_process_death_signal(Some(Signal::TERM));
        let is_alive = getppid().is_some_and(|id| parent == id.as_raw_nonzero().to_string().as_str());
        if !is_alive {
            return Err(Failure::AlreadyTold(1));
        }
        let error = std::os::unix::process::CommandExt::exec(Command::new(program).args(rest));
        return Err(cannot_run(program, &error));
    }
    let _ = arguments;
    Ok(())
}

/// Stops as a signal does, once stdin has come to its end.
pub(super) fn end_with_stdin() -> io::Result<()> {
    thread::Builder::new().name("stdin".to_owned()).spawn(|| {
        // One that cannot be read has nobody at its other end.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        stop_ourselves();
    })?;
    Ok(())
}

#[cfg(unix)]
fn stop_ourselves() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TERM);
}

#[cfg(not(unix))]
fn stop_ourselves() {
    std::process::exit(0);
}

/// The program cannot be started; the exit code is the one of a shell.
pub(super) fn cannot_run(program: &OsString, error: &std::io::Error) -> Failure {
    let complaint = Complaint::new(format!("cannot run {}: {error}", program.display()));
    // Of a file that is there, what was not found is the interpreter in its first line.
    let is_there = std::path::Path::new(program).components().count() > 1 && std::path::Path::new(program).exists();
    match error.kind() {
        ErrorKind::NotFound if !is_there => Failure::Unstarted(
            127,
            complaint.with_help(
                "write the program and its arguments behind `--`; a shell's own words need `sh -c '…'`, and a script \
             the interpreter in its first line",
            ),
        ),
        _ => Failure::Unstarted(126, complaint.with_help("name a file that can be run: `chmod +x FILE`, or `sh FILE`")),
    }
}

/// The exit code of the program; as a shell says it where a signal ended it.
pub(super) fn exit_code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return u8::try_from(128 + signal).unwrap_or(u8::MAX);
        }
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
