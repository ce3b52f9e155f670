//! The one way in which everything here learns that the server shall stop.

use tokio::sync::watch;

/// Done when the server is asked to stop.
pub(crate) async fn wait_for_stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server itself is gone, which is a reason to stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}
