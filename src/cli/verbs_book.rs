//! `docs/cli.md`: every verb with its flags, from the parser itself.

use clap::Command;

/// The chapters that are about no single verb.
const INTRODUCTION: &str = "\
# The command line

Generated from the parser by `BLESS=1 cargo test --test it documents`.

Every flag of `serve` can be set in the environment as `TICKETBOOTH_<FLAG>`; a flag on the command line wins. Verbs that
control a running emulator do it through its [admin API](admin.md): the one at `--url` or `TICKETBOOTH_URL`, in the sandbox
of `--sandbox` or `TICKETBOOTH_SANDBOX`, with the token of `--admin-token` or `TICKETBOOTH_ADMIN_TOKEN`. `--json` prints data
where a verb prints any.

## Exit codes

| code | meaning |
| --- | --- |
| 0 | success |
| 1 | a failure of ours, or a refusal of the admin API |
| 2 | wrong usage or an invalid file |
| 3 | the emulator could not start, or nobody answers |
| 4 | `verify`, `scenario verify`, `exec`: the journal is too short to decide |
| 5 | the same: a rule never fired, or an expectation had nothing to look at |
| 6 | the same: an expectation is not met |

`exec` exits with the code of its program when that is not 0, else with that of the verdict, in whose place
`--verdict-exit-code` puts another. A program that is not found is 127, and one that cannot be run 126. A report or a journal
that cannot be written is refused with 2 before the program runs; where it fails later it is told, and counts, with 1, where
both are well.

## Starting and stopping

The first line on stdout is `ticketbooth ready on http://…`; with `--output json` it is an object with `http`, `pid` and
`version`, and `--ready-file FILE` writes the same object to a file. With an address that stands for every interface
(`0.0.0.0`, `[::]`) both name the loopback address, which answers. What an earlier emulator left at FILE is removed at the start,
unless that emulator still answers. SIGTERM, SIGINT or another signal that ends processes finishes calls in flight within 5
seconds; a second one stops at once.
With `--tls` the object has `https` and `ca` as well, the text of the root's certificate, with `--proxy` it has `proxy`, and
with `--tls-listen` the list `tls_listen`; see [clients.md](clients.md#https). Our own verbs take `--url https://…`: they trust
what `TICKETBOOTH_CA` names, else the `ca` of the file in `TICKETBOOTH_READY_FILE`.
`GET /_ticketbooth/health` and `/_ticketbooth/ready` answer without any key.

## The log

Logs go to stderr, as text or with `--log-format json` as JSON; secrets, signatures and tickets are never in them. `serve`
writes a line for each call that did not succeed, with vendor and action, the vendor's code, request id, sandbox, rule and
milliseconds, and one for what is no call. `--log debug` adds calls that succeed, `--log warn` leaves calls out. `exec` has
`warn`, so that the log does not stand between what the program prints. `ticketbooth explain ID` takes the request id.

What becomes of FIFOs, links and devices that are named as files, and of a full disk, stands in
[reliability.md](reliability.md#files).

When no `--seed`, `--clock` or `--world` is given, those of the scenario apply.
";

/// The chapter of every verb, as `--help` prints it.
pub(super) fn format_verbs(mut command: Command) -> String {
    command = command.disable_help_subcommand(true).term_width(100);
    command.build();
    let mut text = INTRODUCTION.to_owned();
    for verb in command.get_subcommands_mut() {
        text.push_str(&format_verb("ticketbooth", verb, 2));
    }
    text
}

/// A verb, and below it the verbs that it has.
fn format_verb(parent: &str, verb: &mut Command, level: usize) -> String {
    // What stands in the environment of whoever makes the page is no part of it.
    let mut shown = verb.clone().term_width(100).mut_args(|argument| argument.hide_env_values(true));
    let name = format!("{parent} {}", verb.get_name());
    let help = shown.render_help().to_string();
    let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    let mut text = format!("\n{} `{name}`\n\n```text\n{}\n```\n", "#".repeat(level), lines.join("\n"));
    for below in verb.get_subcommands_mut() {
        text.push_str(&format_verb(&name, below, level + 1));
    }
    text
}
