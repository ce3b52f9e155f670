//! Alibaba's part of a world: credentials, and organizations with their instance, users, workspaces and works.

mod authorize;
mod check_things;
mod file;
mod file_data;
mod file_modules;
mod file_people;
mod file_works;
mod load;
mod load_things;
mod load_works;
mod visitor;
mod works;

use std::sync::Arc;

use crate::cloud::alibaba::actions::wall_text;
use crate::cloud::telling::TellingStyle;
use crate::cloud::world_file::{Section, SectionFile};
use crate::document::{Flaws, Place};
use crate::domain::{Ask, IssueSubject, Order, Reason, Refusal, Target, Timestamp, User};
use crate::world::authorize::{make_order, ticket_scope};
use crate::world::{Credential, OwnedThings, PageContent, VendorWorld, VisitorFact};
use file::AlibabaFile;
use works::Organizations;

/// How the vendor tells of things.
pub static TELLING: TellingStyle = TellingStyle {
    references: &[
        ("owner", "users"),
        ("user", "users"),
        ("modified_by", "users"),
        ("created_by", "users"),
        ("group", "user_groups"),
        ("groups", "user_groups"),
        ("parent", "user_groups"),
        ("tag", "user_tags"),
        ("workspace", "workspaces"),
        ("directory", "directories"),
        ("datasource", "datasources"),
        ("dataset", "datasets"),
        ("datasets", "datasets"),
        ("work", "works"),
        ("role", "workspace_roles"),
        ("roles", "organization_roles"),
        ("llm_cubes", "llm_cubes"),
    ],
    wall_time: wall_text,
    null_for_absent: false,
};

/// The part of a world file.
pub static SECTION: Section = Section::of::<AlibabaFile>();

impl SectionFile for AlibabaFile {
    fn load(&self, place: &Place<'_>, flaws: &mut Flaws) -> (Vec<Credential>, Arc<dyn VendorWorld>) {
        let keys = load::load_keys(self, place, flaws);
        (keys, Arc::new(load::load_organizations(self, place, flaws)))
    }
}

impl VendorWorld for Organizations {
    fn authorize(&self, ask: Ask, caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Result<Order, Refusal> {
        match ask {
            Ask::Issue(ask) => match &ask.subject {
                IssueSubject::Work(subject) => {
                    let found = authorize::authorize_issue(self, &ask, subject, caller, refuses)?;
                    Ok(make_order(*ask, found))
                }
                IssueSubject::Module(subject) => {
                    let found = authorize::authorize_module(self, &ask.account, subject, caller, refuses)?;
                    Ok(make_order(*ask, found))
                }
                IssueSubject::Page(subject) => Err(Refusal::ProjectUnknown { project: subject.project.clone() }),
            },
            Ask::Act { ticket, command } => {
                authorize::check_caller(self, caller, refuses)?;
                Ok(Order::Act { ticket, command, reach: ticket_scope(caller, refuses) })
            }
            // There are no projects here.
            Ask::Clear { subject, .. } => Err(Refusal::ProjectUnknown { project: subject.project }),
        }
    }

    fn owner_for(&self, caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Result<Arc<str>, Refusal> {
        authorize::check_caller(self, caller, refuses)?;
        caller.organization.clone().ok_or(Refusal::OrganizationUnknown {})
    }

    fn things(&self) -> &OwnedThings {
        &self.things
    }

    fn with_things(&self, things: OwnedThings) -> Option<Arc<dyn VendorWorld>> {
        Some(Arc::new(Self { things, has_changes: true, loaded: Arc::clone(&self.loaded) }))
    }

    fn visit_refusal(&self, target: &Target, user: Option<&User>, _now: Timestamp) -> Option<Refusal> {
        match target {
            Target::Work { work, .. } => self.work_refusal(work, user),
            Target::Module { module } => self.module_refusal(module, user),
            Target::Page { project, .. } => Some(Refusal::ProjectUnknown { project: project.to_string() }),
        }
    }

    fn page_content(&self, target: &Target) -> Option<PageContent> {
        match target {
            Target::Work { work, component } => self.content_of_work(work, component.as_deref()),
            Target::Module { module } => self.content_of_module(module),
            Target::Page { .. } => None,
        }
    }

    fn visitor_facts(&self, target: &Target, user: Option<&User>) -> Vec<VisitorFact> {
        visitor::visitor_facts(self, target, user)
    }

    fn example_of(&self, fact: &str) -> Option<String> {
        match fact {
            "work" => self.loaded.works.keys().min().map(|id| id.to_string()),
            "user" => self.loaded.people.iter().min().map(|id| id.to_string()),
            "datasource" => self.loaded.works.values().filter_map(|work| work.gone_datasource.clone()).min(),
            _ => None,
        }
    }
}
