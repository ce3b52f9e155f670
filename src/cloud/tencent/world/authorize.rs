//! The checks where pages of projects are embedded.

use std::borrow::Cow;

use super::projects::{Corporations, Page, Project};
use crate::domain::{AccountAsk, PageAsk, Reason, Refusal, Target, TargetHint, User};
use crate::world::Credential;
use crate::world::authorize::{WorldCheck, run_checks};

/// The page that is wanted and whom it is wanted for.
struct IssueScene<'a> {
    corporations: &'a Corporations,
    account: &'a AccountAsk,
    found: FoundPage<'a>,
}

/// The target whose tickets shall end.
struct ClearScene<'a> {
    caller: &'a Credential,
    organization: &'a str,
    found: FoundPage<'a>,
}

/// The things of the world that were asked for.
struct FoundPage<'a> {
    subject: &'a PageAsk,
    project: Option<(u64, Cow<'a, Project>)>,
    /// The text of a page that was named.
    named: Option<&'a str>,
    /// The number of the page that it names.
    page: Option<u64>,
}

type IssueTest = fn(&IssueScene<'_>) -> Option<Refusal>;
type ClearTest = fn(&ClearScene<'_>) -> Option<Refusal>;

/// In the order in which they answer.
const ISSUE_CHECKS: &[WorldCheck<IssueTest>] = &[
    (Reason::ProjectUnknown, |scene| scene.found.project_unknown()),
    (Reason::PageUnknown, |scene| scene.found.page_unknown()),
    (Reason::PageUnknown, |scene| {
        let (id, page) = scene.found.page()?;
        (!page.published).then(|| Refusal::PageUnknown { page: id.to_string() })
    }),
    // Off, or a chat that the project does not have.
    (Reason::EmbeddingOff, |scene| {
        let (_, project) = scene.found.project.as_ref()?;
        let page = scene.found.page().map(|(_, page)| page);
        (!project.allows_embedding(page, scene.found.subject.view)).then_some(Refusal::EmbeddingOff {})
    }),
    (Reason::UserUnknown, |scene| {
        let (AccountAsk::Id { id: named, .. } | AccountAsk::Name { name: named, .. }) = scene.account else {
            return None;
        };
        scene.user().is_none().then(|| Refusal::UserUnknown { user: named.clone() })
    }),
];

/// In the order in which they answer. A project of another corporation is unknown to this one.
const CLEAR_CHECKS: &[WorldCheck<ClearTest>] = &[
    (Reason::CallerNotAdmin, |scene| (!scene.caller.role.is_admin()).then_some(Refusal::CallerNotAdmin {})),
    (Reason::ProjectUnknown, |scene| scene.found.project_unknown()),
    (Reason::ProjectUnknown, |scene| {
        let (id, project) = scene.found.project.as_ref()?;
        (&*project.corporation != scene.organization).then(|| Refusal::ProjectUnknown { project: id.to_string() })
    }),
    (Reason::PageUnknown, |scene| scene.found.page_unknown()),
];

/// The target and the user of the wanted tickets.
pub(super) fn authorize_issue(
    corporations: &Corporations,
    account: &AccountAsk,
    subject: &PageAsk,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(Target, Option<User>), Refusal> {
    let scene = IssueScene { corporations, account, found: find_page(corporations, subject) };
    run_checks(ISSUE_CHECKS, refuses, |test| test(&scene))?;
    let (project, page) = scene.found.page_numbers()?;
    Ok((Target::Page { project, page, view: subject.view }, scene.user()))
}

/// The targets whose tickets shall end.
pub(super) fn authorize_clear(
    corporations: &Corporations,
    organization: &str,
    subject: &PageAsk,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<TargetHint, Refusal> {
    let scene = ClearScene { caller, organization, found: find_page(corporations, subject) };
    run_checks(CLEAR_CHECKS, refuses, |test| test(&scene))?;
    let (project, page) = scene.found.page_numbers()?;
    Ok(TargetHint { project: Some(project), page: Some(page), view: Some(subject.view), ..TargetHint::default() })
}

/// Page 0 stands for no single page, as the vendor documents for whole boards.
fn find_page<'a>(corporations: &'a Corporations, subject: &'a PageAsk) -> FoundPage<'a> {
    let project = subject.project.parse().ok().and_then(|id| Some((id, corporations.project(id)?)));
    let named = subject.page.as_deref().filter(|text| *text != "0");
    FoundPage { subject, project, named, page: named.and_then(|text| text.parse().ok()) }
}

impl FoundPage<'_> {
    fn page(&self) -> Option<(u64, &Page)> {
        let (_, project) = self.project.as_ref()?;
        Some((self.page?, project.pages.get(&self.page?)?))
    }

    fn project_unknown(&self) -> Option<Refusal> {
        self.project.is_none().then(|| Refusal::ProjectUnknown { project: self.subject.project.clone() })
    }

    fn page_unknown(&self) -> Option<Refusal> {
        let named = self.named.filter(|_| self.page().is_none())?;
        Some(Refusal::PageUnknown { page: named.to_owned() })
    }

    fn page_numbers(&self) -> Result<(u64, Option<u64>), Refusal> {
        if let Some(refusal) = self.project_unknown().or_else(|| self.page_unknown()) {
            return Err(refusal);
        }
        let project = self.project.as_ref().map_or(0, |(id, _)| *id);
        Ok((project, self.page().map(|(id, _)| id)))
    }
}

impl IssueScene<'_> {
    fn user(&self) -> Option<User> {
        match self.account {
            AccountAsk::Id { organization: Some(corporation), id } => self.corporations.user(corporation, id),
            AccountAsk::Unnamed | AccountAsk::Id { organization: None, .. } | AccountAsk::Name { .. } => None,
        }
    }
}
