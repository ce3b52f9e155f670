//! Files that the command line writes: what stands there before and after, whatever fails and whoever is killed.

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use tempfile::TempDir;
use ticketbooth::cli::files::{Destination, Disk, Readers, SystemDisk, replace_with};

use crate::harness::{Process, finish, ticketbooth};
use crate::remote;

/// The verbs that write a file, each with its file as `@`.
const WRITERS: &[&[&str]] = &[
    &["exec", "--report", "@", "--", "true"],
    &["exec", "--journal", "@", "--", "true"],
    &["snapshot", "save", "@"],
    &["journal", "export", "@"],
];

fn writing(served: &Process, arguments: &[&str], path: &Path) -> Command {
    let path = path.to_str().unwrap();
    let words: Vec<&str> = arguments.iter().map(|word| if *word == "@" { path } else { word }).collect();
    let mut command = ticketbooth(&words);
    command.env("TICKETBOOTH_URL", served.url());
    command
}

fn make_fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The names in the folder, in their order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_link_stays_and_its_file_is_replaced() {
    let served = remote::serve(&[]);
    for arguments in WRITERS {
        let folder = TempDir::new().unwrap();
        let (real, link, far) = (folder.path().join("real"), folder.path().join("link"), folder.path().join("far"));
        symlink("real", &link).unwrap();
        symlink("link", &far).unwrap();
        // First the link leads nowhere, and then to an older file.
        for _ in 0..2 {
            let (code, _, stderr) = finish(writing(&served, arguments, &far));
            assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
            assert_eq!(fs::read_link(&link).unwrap(), Path::new("real"), "{arguments:?}");
            assert_eq!(fs::read_link(&far).unwrap(), Path::new("link"), "{arguments:?}");
            assert!(fs::symlink_metadata(&real).unwrap().is_file() && fs::read(&real).unwrap().starts_with(b"{"));
            assert_eq!(names(folder.path()), ["far", "link", "real"], "{arguments:?}");
            fs::write(&real, "an older one").unwrap();
        }
    }
}

#[test]
fn a_fifo_is_written_into_and_one_that_nobody_reads_is_told() {
    let served = remote::serve(&[]);
    for arguments in WRITERS {
        let folder = TempDir::new().unwrap();
        let fifo = folder.path().join("fifo");
        make_fifo(&fifo);
        let (code, _, stderr) = finish(writing(&served, arguments, &fifo));
        assert!(code == Some(1) || code == Some(2), "{arguments:?}: {code:?} {stderr}");
        assert!(stderr.contains("nobody reads this FIFO") && stderr.contains("fifo"), "{arguments:?}: {stderr}");
        // Both ends of it, so that it has a reader before the writer comes.
        let mut reader = File::options().read(true).write(true).open(&fifo).unwrap();
        let (code, _, stderr) = finish(writing(&served, arguments, &fifo));
        assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
        let mut first = [0; 1];
        reader.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"{", "{arguments:?}");
        assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo(), "{arguments:?}");
        assert_eq!(names(folder.path()), ["fifo"], "{arguments:?}");
    }
}

#[test]
fn what_nothing_is_written_to_is_refused_by_its_kind() {
    let served = remote::serve(&[]);
    let folder = TempDir::new().unwrap();
    let (socket, inside) = (folder.path().join("socket"), folder.path().join("folder"));
    drop(UnixListener::bind(&socket).unwrap());
    fs::create_dir(&inside).unwrap();
    symlink("b", folder.path().join("a")).unwrap();
    symlink("a", folder.path().join("b")).unwrap();
    for arguments in WRITERS.iter().chain([&["--listen", "127.0.0.1:0", "--ready-file", "@"].as_slice()]) {
        for (path, said) in [(&socket, "it is a socket"), (&inside, "it is a folder")] {
            let (code, _, stderr) = finish(writing(&served, arguments, path));
            assert!(code != Some(0) && stderr.contains(said), "{arguments:?}: {code:?} {stderr}");
        }
        let (code, _, stderr) = finish(writing(&served, arguments, &folder.path().join("a")));
        assert!(code != Some(0) && stderr.contains("cannot write"), "{arguments:?}: {code:?} {stderr}");
        assert_eq!(names(folder.path()), ["a", "b", "folder", "socket"]);
    }
}

/// Devices are only looked at: a test that writes to them would, where it fails, take them from the machine.
#[test]
fn devices_and_descriptors_are_never_replaced() {
    let stream = |path: &str| Destination::Stream(path.into());
    let behind = |path: &str| Destination::behind_path(Path::new(path)).unwrap();
    assert_eq!(behind("/dev/null"), stream("/dev/null"));
    assert_eq!(behind("/dev/stderr"), stream("/dev/stderr"));
    assert_eq!(behind("/dev/fd/1"), stream("/dev/fd/1"));
    assert_eq!([behind("-"), behind("/dev/stdout")], [Destination::Stdout, Destination::Stdout]);
    let folder = TempDir::new().unwrap();
    let link = folder.path().join("link");
    symlink("/dev/null", &link).unwrap();
    assert_eq!(Destination::behind_path(&link).unwrap(), Destination::Stream(link));
    assert_eq!(behind("no/such/file"), Destination::File("no/such/file".into()));
}

#[test]
fn what_goes_to_stdout_stands_there_alone() {
    let served = remote::serve(&[]);
    for path in ["-", "/dev/stdout"] {
        for arguments in &WRITERS[2..] {
            let (code, stdout, stderr) = finish(writing(&served, arguments, Path::new(path)));
            assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}");
            assert!(stdout.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{stdout}");
        }
    }
}

/// Whoever may give a file away can play somebody else here; others cannot lay such a link.
#[test]
fn a_link_that_somebody_else_laid_where_everybody_may_write_is_not_followed() {
    let folder = TempDir::new().unwrap();
    let (open, target) = (folder.path().join("open"), folder.path().join("target"));
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o1777)).unwrap();
    fs::write(&target, OLD).unwrap();
    let link = open.join("link");
    symlink(&target, &link).unwrap();
    assert_eq!(Destination::behind_path(&link).unwrap(), Destination::File(target.clone()), "it is our own");
    if std::os::unix::fs::lchown(&link, Some(12_345), None).is_ok() {
        let refused = replace_with(&SystemDisk, &link, Readers::Owner, ["a"], &|| false).unwrap_err();
        assert!(refused.message.contains("a link of somebody else"), "{refused:?}");
        assert_eq!(fs::read(&target).unwrap(), OLD);
    }
}

/// The signals that end an emulator, as `kill` calls them.
const ENDING: &[&str] = &["-INT", "-TERM", "-HUP", "-QUIT", "-USR1", "-USR2", "-ALRM"];

#[test]
fn the_ready_file_goes_with_whatever_signal_ends_the_emulator() {
    for signal in ENDING {
        let folder = TempDir::new().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        symlink("real", &link).unwrap();
        let served = Process::start(&["--ready-file", link.to_str().unwrap()]);
        assert!(fs::symlink_metadata(&real).unwrap().is_file() && fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o600, 0o600);
        let (status, _) = served.end(signal);
        assert_eq!((status.code(), names(folder.path())), (Some(0), vec!["link".to_owned()]), "{signal}");
    }
}

#[test]
fn the_ready_file_of_another_emulator_stays() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("ready");
    let arguments = ["--ready-file", file.to_str().unwrap()];
    let (first, second) = (Process::start(&arguments), Process::start(&arguments));
    first.end("-TERM");
    assert!(fs::read_to_string(&file).unwrap().contains(second.url()));
    second.end("-TERM");
    assert!(!file.exists());
}

#[test]
fn a_fifo_as_ready_file_waits_for_its_reader_and_holds_nothing_up() {
    let folder = TempDir::new().unwrap();
    let fifo = folder.path().join("fifo");
    make_fifo(&fifo);
    let served = Process::start(&["--ready-file", fifo.to_str().unwrap()]);
    let text = fs::read_to_string(&fifo).unwrap();
    assert!(text.contains(served.url()), "{text}");
    assert_eq!(served.end("-TERM").0.code(), Some(0));
    assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
    // Nobody reads this time.
    let served = Process::start(&["--ready-file", fifo.to_str().unwrap()]);
    assert_eq!(served.end("-TERM").0.code(), Some(0));
}

/// A disk on which one step fails, counted from 0.
struct FaultyDisk {
    fails_at: usize,
    /// Whether the process is gone from that step on, so that nothing is cleaned up either.
    dies: bool,
    /// Whether the step is done all the same, as far as it goes.
    does: bool,
    steps: Cell<usize>,
    failed: RefCell<Option<&'static str>>,
}

/// The error of a full disk.
const FULL: i32 = 28;

impl FaultyDisk {
    fn take_step<T>(&self, name: &'static str, step: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let at = self.steps.replace(self.steps.get() + 1);
        if at == self.fails_at {
            *self.failed.borrow_mut() = Some(name);
            if self.does {
                drop(step());
            }
            return Err(io::Error::from_raw_os_error(FULL));
        }
        if self.dies && at > self.fails_at { Err(io::Error::other("gone")) } else { step() }
    }
}

impl Disk for FaultyDisk {
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<File> {
        self.take_step("create", || SystemDisk.create_new(path, mode))
    }

    fn write_piece(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        let half = if self.steps.get() == self.fails_at { &bytes[..bytes.len() / 2] } else { bytes };
        self.take_step("write", || SystemDisk.write_piece(file, half))
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        self.take_step("sync", || SystemDisk.sync_file(file))
    }

    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.take_step("rename", || SystemDisk.rename_file(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.take_step("sync of the folder", || SystemDisk.sync_folder(folder))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.take_step("remove", || SystemDisk.remove_file(path))
    }
}

const OLD: &[u8] = b"the old one";

/// More than one piece of it is written at a time.
fn new_bytes() -> Vec<u8> {
    b"the new one ".repeat(300_000)
}

#[test]
fn every_step_that_fails_leaves_the_old_file_or_the_new_one() {
    let new = new_bytes();
    let mut met = std::collections::BTreeSet::new();
    for (dies, does) in [(false, false), (false, true), (true, false), (true, true)] {
        for fails_at in 0.. {
            let folder = TempDir::new().unwrap();
            let target = folder.path().join("state.json");
            fs::write(&target, OLD).unwrap();
            let disk = FaultyDisk { fails_at, dies, does, steps: Cell::new(0), failed: RefCell::default() };
            let outcome = replace_with(&disk, &target, Readers::Owner, [&new], &|| false);
            let Some(failed) = *disk.failed.borrow() else {
                assert!(outcome.is_ok() && fs::read(&target).unwrap() == new, "nothing failed");
                break;
            };
            met.insert(failed);
            let complaint = outcome.expect_err(failed);
            assert!(complaint.message.contains("state.json"), "{failed}: {complaint:?}");
            assert!(complaint.message.contains("No space left"), "{failed}: {complaint:?}");
            let there = fs::read(&target).unwrap();
            let is_new = there == new;
            assert!(is_new || there == OLD, "{failed}: a third thing of {} bytes", there.len());
            // A step after the exchange fails with the new file in place, and says that it is there.
            assert_eq!(complaint.message.contains("is written"), failed == "sync of the folder", "{complaint:?}");
            assert!(!complaint.message.contains("is written") || is_new);
            let beside = names(folder.path()).len() - 1;
            assert!(dies || does || beside == 0, "{failed}: {:?}", names(folder.path()));
            assert!(beside <= 1);
            // Whoever writes next takes away what is left.
            replace_with(&SystemDisk, &target, Readers::Owner, [&new], &|| false).unwrap();
            assert_eq!(
                (names(folder.path()), fs::read(&target).unwrap() == new),
                (vec!["state.json".to_owned()], true)
            );
        }
    }
    let all = ["create", "rename", "sync", "sync of the folder", "write"];
    assert_eq!(met.into_iter().collect::<Vec<_>>(), all, "every step has failed");
}

#[test]
fn what_is_written_lasts_before_it_takes_the_place_of_the_old() {
    /// A disk that notes the order of the steps.
    #[derive(Default)]
    struct Noting(RefCell<Vec<&'static str>>);
    impl Disk for Noting {
        fn create_new(&self, path: &Path, mode: u32) -> io::Result<File> {
            self.0.borrow_mut().push("create");
            SystemDisk.create_new(path, mode)
        }
        fn write_piece(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
            self.0.borrow_mut().push("write");
            SystemDisk.write_piece(file, bytes)
        }
        fn sync_file(&self, file: &File) -> io::Result<()> {
            self.0.borrow_mut().push("sync");
            SystemDisk.sync_file(file)
        }
        fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
            assert_eq!(from.parent(), to.parent(), "only within a folder it is one step");
            self.0.borrow_mut().push("rename");
            SystemDisk.rename_file(from, to)
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.0.borrow_mut().push("sync of the folder");
            SystemDisk.sync_folder(folder)
        }
        fn remove_file(&self, path: &Path) -> io::Result<()> {
            self.0.borrow_mut().push("remove");
            SystemDisk.remove_file(path)
        }
    }
    let folder = TempDir::new().unwrap();
    let disk = Noting::default();
    replace_with(&disk, &folder.path().join("f"), Readers::Owner, ["a"], &|| false).unwrap();
    assert_eq!(*disk.0.borrow(), ["create", "write", "sync", "rename", "sync of the folder"]);
}

#[test]
fn a_signal_between_two_pieces_leaves_the_old_file_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("state.json");
    fs::write(&target, OLD).unwrap();
    for stops_after in 0..5 {
        let asked = Cell::new(0);
        let is_stopped = || asked.replace(asked.get() + 1) >= stops_after;
        let outcome = replace_with(&SystemDisk, &target, Readers::Owner, [new_bytes()], &is_stopped);
        assert!(outcome.unwrap_err().message.contains("a signal stopped it"));
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (OLD.to_vec(), vec!["state.json".to_owned()]));
    }
}

#[test]
fn writers_of_one_file_do_not_touch_what_the_others_write() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("state.json");
    let texts: Vec<Vec<u8>> = (0..8_u8).map(|number| vec![b'a' + number; 100_000]).collect();
    let barrier = std::sync::Barrier::new(texts.len());
    let (barrier, path) = (&barrier, &target);
    thread::scope(|scope| {
        for text in &texts {
            scope.spawn(move || {
                barrier.wait();
                for _ in 0..20 {
                    replace_with(&SystemDisk, path, Readers::Owner, [text], &|| false).unwrap();
                }
            });
        }
    });
    assert!(texts.contains(&fs::read(&target).unwrap()));
    assert_eq!(names(folder.path()), ["state.json"]);
}

#[test]
fn a_file_that_anybody_may_read_keeps_its_rights_and_secrets_get_their_own() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("f");
    let mode = || fs::metadata(&target).unwrap().permissions().mode() & 0o777;
    fs::write(&target, OLD).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    replace_with(&SystemDisk, &target, Readers::Anybody, ["a"], &|| false).unwrap();
    assert_eq!(mode(), 0o640);
    fs::set_permissions(&target, fs::Permissions::from_mode(0o666)).unwrap();
    replace_with(&SystemDisk, &target, Readers::Owner, ["a"], &|| false).unwrap();
    assert_eq!(mode(), 0o600);
}

/// The system's own limit on the size of a file is the full disk that needs no rights.
#[test]
fn a_file_that_may_not_grow_is_told_and_leaves_the_old_one() {
    let served = remote::serve(&[]);
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("state.json");
    fs::write(&target, OLD).unwrap();
    let binary = PathBuf::from(ticketbooth(&[]).get_program());
    let line = format!("ulimit -f 4; exec {} snapshot save {}", binary.display(), target.display());
    let output = Command::new("sh")
        .args(["-c", &line])
        .env("TICKETBOOTH_URL", served.url())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(stderr.contains("state.json") && stderr.contains("File too large"), "{stderr}");
    assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (OLD.to_vec(), vec!["state.json".to_owned()]));
}
