//! The checks where works of organizations are embedded.

use std::sync::Arc;

use super::works::{Gone, Instance, Organization, Organizations, Work, WorkKind};
use crate::domain::{AccountAsk, IssueAsk, ModuleAsk, ModuleUser, Reason, Refusal, Target, User, WorkAsk};
use crate::world::Credential;
use crate::world::authorize::{WorldCheck, run_checks};
use crate::world::things::text_in;

/// The caller and where it calls for.
struct CallerScene<'a> {
    organizations: &'a Organizations,
    organization: Option<&'a Organization>,
    caller: &'a Credential,
}

/// Whom something is wanted for.
struct PersonScene<'a> {
    by: CallerScene<'a>,
    account: &'a AccountAsk,
}

/// The work that is wanted and whom it is wanted for.
struct WorkScene<'a> {
    person: PersonScene<'a>,
    ask: &'a IssueAsk,
    subject: &'a WorkAsk,
    work: Option<&'a Work>,
}

type CallerTest = fn(&CallerScene<'_>) -> Option<Refusal>;
type PersonTest = fn(&PersonScene<'_>) -> Option<Refusal>;
type WorkTest = fn(&WorkScene<'_>) -> Option<Refusal>;

/// In the order in which they answer. Of the three on roles, a plain member meets the first that the
/// action can give.
const CALLER_CHECKS: &[WorldCheck<CallerTest>] = &[
    (Reason::OrganizationUnknown, |scene| {
        let exists = scene.organization.is_some_and(|organization| organization.exists);
        (!exists).then_some(Refusal::OrganizationUnknown {})
    }),
    (Reason::InstanceMissing, |scene| {
        let missing = scene.organization?.instance == Instance::Missing;
        missing.then_some(Refusal::InstanceMissing {})
    }),
    (Reason::InstanceExpired, |scene| {
        let expired = scene.organization?.instance == Instance::Expired;
        expired.then_some(Refusal::InstanceExpired {})
    }),
    (Reason::EditionUnfit, |scene| (!scene.organization?.professional).then_some(Refusal::EditionUnfit {})),
    (Reason::CallerInvalid, |scene| {
        let user = scene.caller.user.as_deref()?;
        let valid = scene.organization?.users.get(user).is_some_and(|person| person.valid);
        (!valid).then_some(Refusal::CallerInvalid {})
    }),
    (Reason::CallerNotAdmin, |scene| (!scene.caller.role.is_admin()).then_some(Refusal::CallerNotAdmin {})),
    (Reason::CallerNotAuthorized, |scene| {
        (!scene.caller.role.is_authorized()).then_some(Refusal::CallerNotAuthorized {})
    }),
    (Reason::CallerNotWorkspaceAdmin, |scene| {
        (!scene.caller.role.is_workspace_admin()).then_some(Refusal::CallerNotWorkspaceAdmin {})
    }),
];

/// In the order in which they answer, before whatever is wanted is looked at.
const PERSON_CHECKS: &[WorldCheck<PersonTest>] = &[
    (Reason::UserForeign, |scene| {
        let AccountAsk::Id { id, .. } = scene.account else { return None };
        let foreign = scene.user().is_none() && scene.by.organizations.is_somebody(id);
        foreign.then(|| Refusal::UserForeign { user: id.clone() })
    }),
    (Reason::UserUnknown, |scene| {
        let (AccountAsk::Id { id: named, .. } | AccountAsk::Name { name: named, .. }) = scene.account else {
            return None;
        };
        scene.user().is_none().then(|| Refusal::UserUnknown { user: named.clone() })
    }),
    (Reason::UserDuplicate, |scene| {
        let AccountAsk::Name { name, kind } = scene.account else { return None };
        let twice = scene.by.users_by_account(name, *kind).len() > 1;
        twice.then(|| Refusal::UserDuplicate { user: name.clone() })
    }),
];

/// In the order in which they answer. Where an action has no word for a thing that is not the
/// caller's, the thing is unknown: it must not be given out.
const WORK_CHECKS: &[WorldCheck<WorkTest>] = &[
    (Reason::WorkUnknown, |scene| {
        let there = scene.work.is_some_and(|work| work.gone != Some(Gone::Work));
        (!there).then(|| Refusal::WorkUnknown { work: scene.subject.work.clone() })
    }),
    (Reason::DashboardUnknown, |scene| {
        let gone = scene.work?.gone == Some(Gone::Dashboard);
        gone.then(|| Refusal::DashboardUnknown { work: scene.subject.work.clone() })
    }),
    (Reason::WorkUnknown, |scene| scene.work?.gone.map(|_| Refusal::WorkUnknown { work: scene.subject.work.clone() })),
    (Reason::ObjectForbidden, |scene| scene.is_foreign(scene.work?).then_some(Refusal::ObjectForbidden {})),
    (Reason::WorkspaceForeign, |scene| {
        let work = scene.work?;
        let foreign = scene.is_foreign(work) || work.workspace_organization != work.organization;
        foreign.then(|| Refusal::WorkspaceForeign { work: scene.subject.work.clone() })
    }),
    (Reason::WorkUnknown, |scene| {
        scene.is_foreign(scene.work?).then(|| Refusal::WorkUnknown { work: scene.subject.work.clone() })
    }),
    (Reason::EmbeddingOff, |scene| {
        let on = scene.person.by.organizations.is_embeddable(scene.work?);
        (!on).then_some(Refusal::EmbeddingOff {})
    }),
    (Reason::DatasetGone, |scene| scene.work?.gone_dataset.clone().map(|dataset| Refusal::DatasetGone { dataset })),
    (Reason::DatasourceGone, |scene| {
        scene.work?.gone_datasource.clone().map(|datasource| Refusal::DatasourceGone { datasource })
    }),
    (Reason::ComponentUnknown, |scene| {
        let component = scene.subject.component.as_deref()?;
        known_component(scene.work?, component).err()
    }),
    (Reason::FeatureMissing, |scene| {
        scene.ask.extras.global_param.as_ref()?;
        let missing = !scene.person.by.organization?.global_param;
        missing.then_some(Refusal::FeatureMissing { feature: "global-param" })
    }),
    (Reason::WatermarkUnsupported, |scene| {
        let marked = scene.ask.extras.watermark.as_ref().is_some_and(|text| !text.is_empty());
        (marked && scene.work?.kind == WorkKind::Screen).then_some(Refusal::WatermarkUnsupported {})
    }),
];

/// Whether the caller may act at all. A key that calls for no organization always may.
pub(super) fn check_caller(
    organizations: &Organizations,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(), Refusal> {
    if caller.organization.is_none() {
        return Ok(());
    }
    let by = caller_scene(organizations, caller);
    run_checks(CALLER_CHECKS, refuses, |test| test(&by))
}

/// The target and the user of the wanted tickets.
pub(super) fn authorize_issue(
    organizations: &Organizations,
    ask: &IssueAsk,
    subject: &WorkAsk,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(Target, Option<User>), Refusal> {
    let person = authorize_person(organizations, &ask.account, caller, refuses)?;
    let work = organizations.loaded.works.get(subject.work.as_str());
    let scene = WorkScene { person, ask, subject, work };
    run_checks(WORK_CHECKS, refuses, |test| test(&scene))?;
    let Some(work) = work else { return Err(Refusal::WorkUnknown { work: subject.work.clone() }) };
    let component = match &subject.component {
        Some(component) => Some(known_component(work, component)?),
        None => None,
    };
    let user = scene.person.user().unwrap_or_else(|| organizations.owner(work));
    Ok((Target::Work { work: work.id.clone(), component }, Some(user)))
}

/// The module and the user of the wanted tickets. No page lists what is refused, so a module that is not there is told as
/// a work that is not.
pub(super) fn authorize_module(
    organizations: &Organizations,
    account: &AccountAsk,
    subject: &ModuleAsk,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<(Target, Option<User>), Refusal> {
    let person = authorize_person(organizations, account, caller, refuses)?;
    let own = caller.organization.as_deref().unwrap_or("");
    let module = organizations.things.get(own).and_then(|things| things.find(subject.kind, &subject.module));
    let module = module.ok_or_else(|| Refusal::WorkUnknown { work: subject.module.clone() })?;
    let unnamed = || match subject.unnamed {
        ModuleUser::Caller => organizations.user(own, caller.user.as_deref()?),
        ModuleUser::Maker => organizations.user(own, text_in(module, "created_by")),
    };
    // Tickets of a key that the world has no user for are those of its organization's first one.
    let user = person.user().or_else(unnamed).or_else(|| organizations.first_user(own));
    Ok((Target::Module { module: subject.module.as_str().into() }, user))
}

fn authorize_person<'a>(
    organizations: &'a Organizations,
    account: &'a AccountAsk,
    caller: &'a Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<PersonScene<'a>, Refusal> {
    let person = PersonScene { by: caller_scene(organizations, caller), account };
    run_checks(CALLER_CHECKS, refuses, |test| test(&person.by))?;
    run_checks(PERSON_CHECKS, refuses, |test| test(&person))?;
    Ok(person)
}

fn known_component(work: &Work, component: &str) -> Result<Arc<str>, Refusal> {
    match work.components.get_key_value(component) {
        Some((id, _)) => Ok(id.clone()),
        None => Err(Refusal::ComponentUnknown { component: component.to_owned() }),
    }
}

fn caller_scene<'a>(organizations: &'a Organizations, caller: &'a Credential) -> CallerScene<'a> {
    let id = caller.organization.as_deref();
    CallerScene { organizations, organization: id.and_then(|id| organizations.loaded.by_id.get(id)), caller }
}

impl CallerScene<'_> {
    fn users_by_account(&self, name: &str, kind: i64) -> Vec<User> {
        let organization = self.caller.organization.as_deref().unwrap_or("");
        self.organizations.users_by_account(organization, name, kind)
    }
}

impl PersonScene<'_> {
    /// The user that was named, as far as the caller's organization has one.
    fn user(&self) -> Option<User> {
        let organization = self.by.caller.organization.as_deref()?;
        match self.account {
            AccountAsk::Unnamed => None,
            AccountAsk::Id { id, .. } => self.by.organizations.user(organization, id),
            AccountAsk::Name { name, kind } => self.by.users_by_account(name, *kind).into_iter().next(),
        }
    }
}

impl WorkScene<'_> {
    /// Whether the work is another organization's.
    fn is_foreign(&self, work: &Work) -> bool {
        self.person.by.caller.organization.as_deref() != Some(&*work.organization)
    }
}
