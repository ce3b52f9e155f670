//! The one way in which everything here learns that the server shall stop.

use std::future::Future;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::sync::watch;

/// Done when the server is asked to stop.
pub(crate) async fn wait_for_stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server itself is gone, which is a reason to stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// The same as `signal`, which is asked again only when it has woken somebody itself: what waits beside a connection
/// would otherwise be asked with every request, under a lock that all connections share.
pub(crate) async fn rarely(signal: impl Future<Output = ()>) {
    FuturesUnordered::from_iter([signal]).next().await;
}
