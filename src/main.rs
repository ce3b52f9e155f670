//! The binary: arguments in, exit code out. Everything else is the library's.

use std::process::ExitCode;

/// A call makes and drops memory on several threads, which the allocator of most systems is slow at: see
/// docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match ticketbooth::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.exit_code())
        }
    }
}
