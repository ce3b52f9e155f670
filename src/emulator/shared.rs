//! What all sandboxes of an emulator share.

use std::sync::Arc;

use super::reaper::Reaper;
use crate::journal::Feed;

/// What all sandboxes of an emulator share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub reaper: Arc<Reaper>,
    /// Has the events of all of them.
    pub feed: Arc<Feed>,
}
