//! Targets of tickets, and their users.

use std::ops::Deref;
use std::sync::Arc;

/// The one thing a ticket opens. Names are shared with the world, so a ticket holds no copy of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A published work, or one component of it.
    Work { work: Arc<str>, component: Option<Arc<str>> },
    /// An embed module of an assistant.
    Module { module: Arc<str> },
    /// A project seen as one page, as a whole board, or as a chat.
    Page { project: u64, page: Option<u64>, view: View },
}

worded! {
    /// The view of a project that a ticket opens.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum View {
        Page = "page",
        Board = "board",
        Chat = "chat",
    }
}

/// The person a ticket acts as.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct User(Arc<UserName>);

/// The identity of a [`User`]. All tickets of one user share it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct UserName {
    pub organization: Arc<str>,
    pub id: Arc<str>,
}

impl User {
    pub fn new(organization: impl Into<Arc<str>>, id: impl Into<Arc<str>>) -> Self {
        Self(Arc::new(UserName { organization: organization.into(), id: id.into() }))
    }
}

impl Deref for User {
    type Target = UserName;

    fn deref(&self) -> &UserName {
        &self.0
    }
}

/// What a request says about a target. `None` means that the request did not say and the point is
/// not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetHint {
    pub work: Option<String>,
    /// `Some(None)`: the request asks for the work as a whole.
    pub component: Option<Option<String>>,
    pub project: Option<u64>,
    /// `Some(None)`: the request asks for no single page.
    pub page: Option<Option<u64>>,
    pub view: Option<View>,
}

impl Target {
    /// Whether everything that `hint` says is true of this target.
    pub fn fits_hint(&self, hint: &TargetHint) -> bool {
        match self {
            Self::Work { work, component } => {
                let whole = hint.project.is_none() && hint.page.is_none() && hint.view.is_none();
                whole
                    && hint.work.as_deref().is_none_or(|said| said == &**work)
                    && hint.component.as_ref().is_none_or(|said| said.as_deref() == component.as_deref())
            }
            // A link names a module where it names a work.
            Self::Module { module } => {
                let whole = hint.project.is_none() && hint.page.is_none() && hint.view.is_none();
                let part = hint.component.as_ref().is_some_and(Option::is_some);
                whole && !part && hint.work.as_deref().is_none_or(|said| said == &**module)
            }
            Self::Page { project, page, view } => {
                let paged = hint.work.is_none() && hint.component.is_none();
                paged
                    && hint.project.is_none_or(|said| said == *project)
                    && hint.page.is_none_or(|said| said == *page)
                    && hint.view.is_none_or(|said| said == *view)
            }
        }
    }
}
