//! Asks a running emulator whether it is ready, again and again.

use std::time::Duration;

use bytes::Bytes;

use super::client::{ServerPlace, exchange_bytes};
use crate::call::{Arrival, Headers, RawRequest, Text};

/// The rest between two questions.
const INTERVAL: Duration = Duration::from_millis(50);

/// The time that one question may take.
const QUESTION: Duration = Duration::from_secs(2);

/// The emulator did not become ready in time.
#[derive(Debug, thiserror::Error)]
#[error("no emulator was ready at {authority} within {patience:?}: {last}")]
pub struct NotReady {
    pub authority: String,
    pub patience: Duration,
    /// The result of the last question that was finished.
    pub last: String,
}

/// Returns when the emulator there says that it is ready.
///
/// # Errors
///
/// [`NotReady`] when `patience` is at its end.
pub fn wait_until_ready<'a>(place: impl Into<ServerPlace<'a>>, patience: Duration) -> Result<(), NotReady> {
    let place = place.into();
    let mut last = "no answer".to_owned();
    let asked = tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| {
        let asked = runtime.block_on(async { tokio::time::timeout(patience, ask_on(place, &mut last)).await });
        // A name that is being looked up keeps a thread busy, which need not be waited for.
        runtime.shutdown_background();
        asked
    });
    match asked {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(_)) => {}
        Err(error) => last = error.to_string(),
    }
    Err(NotReady { authority: place.authority.to_owned(), patience, last })
}

async fn ask_on(place: ServerPlace<'_>, last: &mut String) {
    let question = health_request(place.authority);
    loop {
        *last = match tokio::time::timeout(QUESTION, exchange_bytes(place, &question)).await {
            Ok(Ok(answer)) if answer.status == 200 => return,
            Ok(Ok(answer)) => format!("the answer was HTTP {}", answer.status),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer".to_owned(),
        };
        tokio::time::sleep(INTERVAL).await;
    }
}

fn health_request(authority: &str) -> RawRequest {
    RawRequest {
        method: "GET".into(),
        target: "/_ticketbooth/ready".into(),
        headers: [("host", authority)].into_iter().collect::<Headers>(),
        body: Bytes::new(),
        oversize: false,
        authority: None,
        port_of: None,
        client: Text::new(),
        arrival: Arrival::default(),
    }
}
