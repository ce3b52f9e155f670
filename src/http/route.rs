//! Routing: the admin API, an embed page, or a vendor's API.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tracing::error;

use crate::admin::Answer;
use crate::call::RawRequest;
use crate::emulator::Emulator;
use crate::reply::Reply;
use crate::{admin, pipeline, web};

/// Whether the answer takes about as long as that to a call, whatever there is.
pub(crate) fn is_quick(raw: &RawRequest) -> bool {
    raw.port_of.is_some() || !admin::owns_path(raw.path()) || admin::is_public(raw)
}

/// Whether a request may come in with its body, and how many bytes of that are kept where its path has a bound of its own.
///
/// # Errors
///
/// The answer to a request that is refused whatever its body is.
pub(crate) fn admit_head(emulator: &Emulator, raw: &RawRequest) -> Result<Option<usize>, Reply> {
    if raw.port_of.is_some() || !admin::owns_path(raw.path()) {
        return Ok(None);
    }
    admin::admit_head(emulator, raw).map(Some)
}

/// The answer to a request. Always one, also when the code that makes it has a bug.
pub(crate) fn answer_request(emulator: &Emulator, raw: &Arc<RawRequest>) -> Answer {
    catch_panic(|| choose_room(emulator, raw), || vendor_fault(emulator, raw))
}

fn choose_room(emulator: &Emulator, raw: &Arc<RawRequest>) -> Answer {
    // On a vendor's own port every call is that vendor's, so the admin API is not to be had there.
    if raw.port_of.is_none() && admin::owns_path(raw.path()) {
        return admin::answer(emulator, raw);
    }
    if let Some(page) = web::front_page(raw) {
        return admin::refuse_host(raw).unwrap_or(page).into();
    }
    let page = web::serve_guarded_page(emulator, raw, admin::refuse_host);
    page.unwrap_or_else(|| pipeline::serve(emulator, Arc::clone(raw))).into()
}

/// The fault as the vendor of the request would tell it, for one that the vendor's API answers.
fn vendor_fault(emulator: &Emulator, raw: &RawRequest) -> Option<Reply> {
    let is_api = raw.port_of.is_some() || !admin::owns_path(raw.path());
    is_api.then(|| pipeline::fault_reply(emulator, raw)).flatten()
}

/// What `make` gives, or an answer that says that there is a bug: in the words of `tell`, if that does not panic as well.
pub(crate) fn catch_panic<A: From<Reply>>(make: impl FnOnce() -> A, tell: impl FnOnce() -> Option<Reply>) -> A {
    // Whatever a panic leaves half-done lies behind locks of the emulator, which no unwinding poisons.
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        error!("a handler panicked, which is a bug of ticketbooth: {text}");
        let told = catch_unwind(AssertUnwindSafe(tell)).ok().flatten();
        let body = "ticketbooth: this is a bug of ticketbooth and not of your request; its log says more\n";
        told.unwrap_or_else(|| Reply::new(500, "text/plain; charset=utf-8", body)).into()
    })
}

/// A path as it may stand in a log: the id of a ticket is the ticket itself, so an admin path ends
/// after its subject.
pub(crate) fn loggable_path(path: &str) -> String {
    let subject = path.strip_prefix(admin::PREFIX).and_then(|rest| rest.strip_prefix('/'));
    match subject.and_then(|rest| rest.split_once('/')) {
        Some((subject, _)) => format!("{}/{subject}/…", admin::PREFIX),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_answered_as_our_bug() {
        let reply: Reply = catch_panic(|| panic!("the sky fell"), || None);
        assert_eq!(reply.status, 500);
        assert!(String::from_utf8_lossy(&reply.body).contains("bug of ticketbooth"));
    }
}
