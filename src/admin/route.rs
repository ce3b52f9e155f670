//! From a path to its endpoint.

use std::sync::LazyLock;

use matchit::Router;

use super::asked::AdminRequest;
use super::{Access, AdminError, Answer, ENDPOINTS, Endpoint, PREFIX, console, guard};
use crate::bounds::ADMIN_BODY;
use crate::call::RawRequest;
use crate::document::suggest_near;
use crate::emulator::Emulator;
use crate::reply::Reply;

/// The endpoints of each path.
static ROUTES: LazyLock<Router<Vec<&'static Endpoint>>> = LazyLock::new(|| {
    let mut by_path: Vec<(&str, Vec<&Endpoint>)> = Vec::new();
    for endpoint in ENDPOINTS {
        match by_path.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, there)) => there.push(endpoint),
            None => by_path.push((endpoint.path, vec![endpoint])),
        }
    }
    let mut routes = Router::new();
    for (path, there) in by_path {
        routes.insert(path, there).expect("a test builds the routes: no two paths of the list clash");
    }
    routes
});

/// Whether the path is one of the admin API, known or not.
pub fn owns_path(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether everybody may ask for it. Such an answer never depends on how much there is.
pub fn is_public(raw: &RawRequest) -> bool {
    let found = ROUTES.at(path_below_root(raw)).ok().and_then(|found| of_method(found.value, raw));
    found.is_some_and(|endpoint| endpoint.access == Access::Public)
}

/// The bytes that are kept of the body of a request whose head has come, for a path that [`owns_path`] knows.
///
/// # Errors
///
/// The answer to a request that is refused whatever its body is.
pub fn admit_head(emulator: &Emulator, raw: &RawRequest) -> Result<usize, Reply> {
    let admitted = match console::serve_asset(&emulator.guard, raw) {
        Some(served) => served.map(|_| ADMIN_BODY.most),
        None => find_endpoint(emulator, raw).map(|(endpoint, _)| endpoint.body.most),
    };
    admitted.map_err(|problem| problem_reply(emulator, &problem))
}

/// The answer to a request for a path that [`owns_path`] knows.
pub fn answer(emulator: &Emulator, raw: &RawRequest) -> Answer {
    match dispatch_request(emulator, raw) {
        Ok(Answer::Now(reply)) => Answer::Now(harmless_reply(reply)),
        Ok(answer) => answer,
        Err(problem) => problem_reply(emulator, &problem).into(),
    }
}

/// The reply with what keeps a browser from taking it for something that it is not.
fn harmless_reply(reply: Reply) -> Reply {
    reply.with_header("x-content-type-options", "nosniff")
}

fn problem_reply(emulator: &Emulator, problem: &AdminError) -> Reply {
    // What is wrong is quoted, and a secret may be in the wrong place.
    let redactor = emulator.make_redactor();
    let (message, hint) = (redactor.redact_text(&problem.message), redactor.redact_text(&problem.hint));
    let mut reply = AdminError { message, hint, ..problem.clone() }.to_reply();
    for (name, value) in &problem.headers {
        reply = reply.with_header(*name, value.clone());
    }
    harmless_reply(reply)
}

fn dispatch_request(emulator: &Emulator, raw: &RawRequest) -> Result<Answer, AdminError> {
    if let Some(served) = console::serve_asset(&emulator.guard, raw) {
        return served.map(Answer::from);
    }
    let (endpoint, id) = find_endpoint(emulator, raw)?;
    if raw.oversize || raw.body.len() > endpoint.body.most {
        let (of, most) = (endpoint.body.of, endpoint.body.most);
        let hint = format!("a {of} may have {most} bytes");
        return Err(AdminError::new(413, "too_large", "the body is too large", hint));
    }
    (endpoint.handle)(&AdminRequest::new(emulator, raw, endpoint, id)?)
}

/// The endpoint that the head of the request asks for, and the id that its path names, if it may be asked.
fn find_endpoint(emulator: &Emulator, raw: &RawRequest) -> Result<(&'static Endpoint, Option<String>), AdminError> {
    let path = path_below_root(raw);
    let found = ROUTES.at(path);
    let endpoint = found.as_ref().ok().and_then(|found| of_method(found.value, raw));
    if endpoint.is_none_or(|endpoint| endpoint.access == Access::Guarded) {
        guard::check_request(&emulator.guard, raw)?;
    }
    let found = found.map_err(|_| unknown_endpoint(path))?;
    let endpoint = endpoint.ok_or_else(|| other_methods(path, raw, found.value))?;
    Ok((endpoint, found.params.get("id").map(str::to_owned)))
}

/// The path of our own.
fn path_below_root(raw: &RawRequest) -> &str {
    match raw.path().strip_prefix(PREFIX) {
        Some("") | None => "/",
        Some(path) => path,
    }
}

/// The endpoint of those of one path that answers the method.
fn of_method(there: &[&'static Endpoint], raw: &RawRequest) -> Option<&'static Endpoint> {
    let asked = if raw.method == "HEAD" { "GET" } else { &*raw.method };
    there.iter().copied().find(|there| there.method == asked)
}

fn other_methods(path: &str, raw: &RawRequest, there: &[&Endpoint]) -> AdminError {
    let methods = there.iter().map(|endpoint| endpoint.method).collect::<Vec<_>>().join(", ");
    let message = format!("{PREFIX}{path} does not answer {}", raw.method);
    let problem = AdminError::new(405, "method_not_allowed", message, format!("it answers {methods}"));
    AdminError { headers: vec![("allow", methods)], ..problem }
}

fn unknown_endpoint(path: &str) -> AdminError {
    let near = suggest_near(path, ENDPOINTS.iter().map(|endpoint| endpoint.path));
    let hint = near.unwrap_or_else(|| format!("GET {PREFIX}/openapi.json lists what there is"));
    AdminError::new(404, "not_found", format!("there is no {PREFIX}{path}"), hint)
}
