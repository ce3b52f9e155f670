//! The checks where works of organizations are embedded.

use std::sync::Arc;

use super::super::credentials::Credential;
use super::super::works::{Gone, Instance, Organization, Organizations, Work, WorkKind};
use super::{Check, pass};
use crate::domain::{AccountAsk, IssueAsk, Reason, Refusal, Target, User, WorkAsk};

/// The caller and where it calls for.
struct CallerScene<'a> {
    organizations: &'a Organizations,
    organization: Option<&'a Organization>,
    caller: &'a Credential,
}

/// The work that is wanted and whom it is wanted for.
struct WorkScene<'a> {
    by: CallerScene<'a>,
    ask: &'a IssueAsk,
    subject: &'a WorkAsk,
    work: Option<&'a Work>,
}

type CallerTest = fn(&CallerScene<'_>) -> Option<Refusal>;
type WorkTest = fn(&WorkScene<'_>) -> Option<Refusal>;

/// In the order in which they answer. Of the three on roles, a plain member meets the first that the
/// action can give.
const CALLER_CHECKS: &[Check<CallerTest>] = &[
    Check { reason: Reason::OrganizationUnknown, test: organization_unknown },
    Check { reason: Reason::InstanceMissing, test: instance_missing },
    Check { reason: Reason::InstanceExpired, test: instance_expired },
    Check { reason: Reason::EditionUnfit, test: edition_unfit },
    Check { reason: Reason::CallerInvalid, test: caller_invalid },
    Check { reason: Reason::CallerNotAdmin, test: caller_not_admin },
    Check { reason: Reason::CallerNotAuthorized, test: caller_not_authorized },
    Check { reason: Reason::CallerNotWorkspaceAdmin, test: caller_not_workspace_admin },
];

/// In the order in which they answer. Where an action has no word for a thing that is not the
/// caller's, the thing is unknown: it must not be given out.
const WORK_CHECKS: &[Check<WorkTest>] = &[
    Check { reason: Reason::UserForeign, test: user_foreign },
    Check { reason: Reason::UserUnknown, test: user_unknown },
    Check { reason: Reason::UserDuplicate, test: user_duplicate },
    Check { reason: Reason::WorkUnknown, test: work_unknown },
    Check { reason: Reason::DashboardUnknown, test: dashboard_unknown },
    Check { reason: Reason::WorkUnknown, test: work_gone },
    Check { reason: Reason::ObjectForbidden, test: object_forbidden },
    Check { reason: Reason::WorkspaceForeign, test: workspace_foreign },
    Check { reason: Reason::WorkUnknown, test: work_foreign },
    Check { reason: Reason::EmbeddingOff, test: embedding_off },
    Check { reason: Reason::DatasetGone, test: dataset_gone },
    Check { reason: Reason::DatasourceGone, test: datasource_gone },
    Check { reason: Reason::ComponentUnknown, test: component_unknown },
    Check { reason: Reason::FeatureMissing, test: feature_missing },
    Check { reason: Reason::WatermarkUnsupported, test: watermark_unsupported },
];

/// Whether the caller may act at all. A key that calls for no organization always may.
pub(super) fn caller(
    organizations: &Organizations,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(), Refusal> {
    if caller.organization.is_none() {
        return Ok(());
    }
    let by = caller_scene(organizations, caller);
    pass(CALLER_CHECKS, refuses, |test| test(&by))
}

/// The target and the user of the wanted tickets.
pub(super) fn issue(
    organizations: &Organizations,
    ask: &IssueAsk,
    subject: &WorkAsk,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(Target, Option<User>), Refusal> {
    let by = caller_scene(organizations, caller);
    pass(CALLER_CHECKS, refuses, |test| test(&by))?;
    let work = organizations.works.get(subject.work.as_str());
    let scene = WorkScene { by, ask, subject, work };
    pass(WORK_CHECKS, refuses, |test| test(&scene))?;
    let Some(work) = work else { return Err(Refusal::WorkUnknown { work: subject.work.clone() }) };
    let component = match &subject.component {
        Some(component) => Some(known_component(work, component)?),
        None => None,
    };
    let user = scene.user().unwrap_or(&work.owner).clone();
    Ok((Target::Work { work: work.id.clone(), component }, Some(user)))
}

fn known_component(work: &Work, component: &str) -> Result<Arc<str>, Refusal> {
    match work.components.get_key_value(component) {
        Some((id, _)) => Ok(id.clone()),
        None => Err(Refusal::ComponentUnknown { component: component.to_owned() }),
    }
}

fn caller_scene<'a>(organizations: &'a Organizations, caller: &'a Credential) -> CallerScene<'a> {
    let id = caller.organization.as_deref();
    CallerScene { organizations, organization: id.and_then(|id| organizations.by_id.get(id)), caller }
}

impl WorkScene<'_> {
    /// The user that was named, as far as the caller's organization has one.
    fn user(&self) -> Option<&User> {
        let organization = self.by.organization?;
        match &self.ask.account {
            AccountAsk::Unnamed => None,
            AccountAsk::Id { id, .. } => organization.users.get(id.as_str()).map(|person| &person.user),
            AccountAsk::Name { name, kind } => organization.account(name, *kind).next(),
        }
    }

    /// Whether the work is another organization's.
    fn is_foreign(&self, work: &Work) -> bool {
        self.by.caller.organization.as_deref() != Some(&*work.organization)
    }
}

impl Organization {
    /// The users with this account name and type.
    fn account(&self, name: &str, kind: i64) -> impl Iterator<Item = &User> {
        let named = self.accounts.get(name).map(Vec::as_slice).unwrap_or_default();
        named.iter().filter(move |(known, _)| *known == kind).map(|(_, user)| user)
    }
}

fn organization_unknown(scene: &CallerScene<'_>) -> Option<Refusal> {
    let exists = scene.organization.is_some_and(|organization| organization.exists);
    (!exists).then_some(Refusal::OrganizationUnknown {})
}

fn instance_missing(scene: &CallerScene<'_>) -> Option<Refusal> {
    let missing = scene.organization?.instance == Instance::Missing;
    missing.then_some(Refusal::InstanceMissing {})
}

fn instance_expired(scene: &CallerScene<'_>) -> Option<Refusal> {
    let expired = scene.organization?.instance == Instance::Expired;
    expired.then_some(Refusal::InstanceExpired {})
}

fn edition_unfit(scene: &CallerScene<'_>) -> Option<Refusal> {
    (!scene.organization?.professional).then_some(Refusal::EditionUnfit {})
}

fn caller_invalid(scene: &CallerScene<'_>) -> Option<Refusal> {
    let user = scene.caller.user.as_deref()?;
    let valid = scene.organization?.users.get(user).is_some_and(|person| person.valid);
    (!valid).then_some(Refusal::CallerInvalid {})
}

fn caller_not_admin(scene: &CallerScene<'_>) -> Option<Refusal> {
    (!scene.caller.role.is_admin()).then_some(Refusal::CallerNotAdmin {})
}

fn caller_not_authorized(scene: &CallerScene<'_>) -> Option<Refusal> {
    (!scene.caller.role.is_authorized()).then_some(Refusal::CallerNotAuthorized {})
}

fn caller_not_workspace_admin(scene: &CallerScene<'_>) -> Option<Refusal> {
    (!scene.caller.role.is_workspace_admin()).then_some(Refusal::CallerNotWorkspaceAdmin {})
}

fn user_foreign(scene: &WorkScene<'_>) -> Option<Refusal> {
    let AccountAsk::Id { id, .. } = &scene.ask.account else { return None };
    let foreign = scene.user().is_none() && scene.by.organizations.people.contains(id.as_str());
    foreign.then(|| Refusal::UserForeign { user: id.clone() })
}

fn user_unknown(scene: &WorkScene<'_>) -> Option<Refusal> {
    let (AccountAsk::Id { id: named, .. } | AccountAsk::Name { name: named, .. }) = &scene.ask.account else {
        return None;
    };
    scene.user().is_none().then(|| Refusal::UserUnknown { user: named.clone() })
}

fn user_duplicate(scene: &WorkScene<'_>) -> Option<Refusal> {
    let AccountAsk::Name { name, kind } = &scene.ask.account else { return None };
    let twice = scene.by.organization?.account(name, *kind).nth(1).is_some();
    twice.then(|| Refusal::UserDuplicate { user: name.clone() })
}

fn work_unknown(scene: &WorkScene<'_>) -> Option<Refusal> {
    let there = scene.work.is_some_and(|work| work.gone != Some(Gone::Work));
    (!there).then(|| Refusal::WorkUnknown { work: scene.subject.work.clone() })
}

fn dashboard_unknown(scene: &WorkScene<'_>) -> Option<Refusal> {
    let gone = scene.work?.gone == Some(Gone::Dashboard);
    gone.then(|| Refusal::DashboardUnknown { work: scene.subject.work.clone() })
}

fn work_gone(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.work?.gone.map(|_| Refusal::WorkUnknown { work: scene.subject.work.clone() })
}

fn object_forbidden(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.is_foreign(scene.work?).then_some(Refusal::ObjectForbidden {})
}

fn workspace_foreign(scene: &WorkScene<'_>) -> Option<Refusal> {
    let work = scene.work?;
    let foreign = scene.is_foreign(work) || work.workspace_organization != work.organization;
    foreign.then(|| Refusal::WorkspaceForeign { work: scene.subject.work.clone() })
}

fn work_foreign(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.is_foreign(scene.work?).then(|| Refusal::WorkUnknown { work: scene.subject.work.clone() })
}

fn embedding_off(scene: &WorkScene<'_>) -> Option<Refusal> {
    (!scene.work?.embedding).then_some(Refusal::EmbeddingOff {})
}

fn dataset_gone(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.work?.gone_dataset.clone().map(|dataset| Refusal::DatasetGone { dataset })
}

fn datasource_gone(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.work?.gone_datasource.clone().map(|datasource| Refusal::DatasourceGone { datasource })
}

fn component_unknown(scene: &WorkScene<'_>) -> Option<Refusal> {
    let component = scene.subject.component.as_deref()?;
    known_component(scene.work?, component).err()
}

fn feature_missing(scene: &WorkScene<'_>) -> Option<Refusal> {
    scene.ask.extras.global_param.as_ref()?;
    let missing = !scene.by.organization?.global_param;
    missing.then_some(Refusal::FeatureMissing { feature: "global-param" })
}

fn watermark_unsupported(scene: &WorkScene<'_>) -> Option<Refusal> {
    let marked = scene.ask.extras.watermark.as_ref().is_some_and(|text| !text.is_empty());
    (marked && scene.work?.kind == WorkKind::Screen).then_some(Refusal::WatermarkUnsupported {})
}
