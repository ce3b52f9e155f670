//! Asks a running emulator whether it is ready, again and again.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The rest between two questions.
const INTERVAL: Duration = Duration::from_millis(50);

/// The time that one question may take.
const QUESTION: Duration = Duration::from_secs(2);

/// As much of an answer as is looked at.
const ANSWER_BYTES: u64 = 4096;

/// The emulator did not become ready in time.
#[derive(Debug, thiserror::Error)]
#[error("no emulator was ready at {authority} within {patience:?}: {last}")]
pub struct NotReady {
    pub authority: String,
    pub patience: Duration,
    /// What came of the last question that was finished.
    pub last: String,
}

/// Returns when the emulator at `authority`, a `host:port`, says that it is ready.
///
/// # Errors
///
/// [`NotReady`] when `patience` is at its end.
pub fn wait_until_ready(authority: &str, patience: Duration) -> Result<(), NotReady> {
    let mut last = "no answer".to_owned();
    let asked = tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| {
        let asked = runtime.block_on(async { tokio::time::timeout(patience, ask_on(authority, &mut last)).await });
        // A name that is being looked up keeps a thread busy, which need not be waited for.
        runtime.shutdown_background();
        asked
    });
    match asked {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(_)) => {}
        Err(error) => last = error.to_string(),
    }
    Err(NotReady { authority: authority.to_owned(), patience, last })
}

async fn ask_on(authority: &str, last: &mut String) {
    loop {
        *last = match tokio::time::timeout(QUESTION, ask(authority)).await {
            Ok(Ok(status)) if status.starts_with("HTTP/1.1 200") => return,
            Ok(Ok(status)) => format!("the answer was {status:?}"),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer".to_owned(),
        };
        tokio::time::sleep(INTERVAL).await;
    }
}

/// The status line of the answer to one question.
async fn ask(authority: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(authority).await?;
    let question = format!("GET /_ticketbooth/ready HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n");
    stream.write_all(question.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(answer.lines().next().unwrap_or("").to_owned())
}
