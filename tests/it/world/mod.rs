//! The rules of worlds, each with a world small enough to be read beside it.

mod demo;
mod golden;
mod load;
mod page;
mod work;

use ticketbooth::domain::{
    AccountAsk, Ask, Extras, Family, IdForm, IssueAsk, IssueLimits, IssueSubject, Order, PageAsk, Reason, Refusal,
    Renewal, View, WorkAsk,
};
use ticketbooth::world::{Credential, World};

fn world(text: &str) -> World {
    World::load("test.yaml", text, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn key<'w>(world: &'w World, vendor: &str, id: &str) -> &'w Credential {
    world.credential(vendor, id).unwrap_or_else(|| panic!("no key {id}"))
}

fn issue(subject: IssueSubject, account: AccountAsk) -> IssueAsk {
    IssueAsk {
        subject,
        account,
        family: Family::new(&("test", "ticket")),
        form: IdForm::Uuid,
        uses: Some(1),
        minutes: 240,
        count: 1,
        renewal: Renewal::Independent,
        limits: IssueLimits::default(),
        extras: Extras::default(),
    }
}

fn work(id: &str) -> IssueSubject {
    IssueSubject::Work(WorkAsk { work: id.to_owned(), component: None })
}

fn page(project: &str, page: Option<&str>, view: View) -> PageAsk {
    PageAsk { project: project.to_owned(), page: page.map(str::to_owned), view }
}

fn by_id(organization: Option<&str>, id: &str) -> AccountAsk {
    AccountAsk::Id { organization: organization.map(str::to_owned), id: id.to_owned() }
}

fn by_name(name: &str, kind: i64) -> AccountAsk {
    AccountAsk::Name { name: name.to_owned(), kind }
}

/// As an action that can give every refusal there is.
fn authorize(world: &World, caller: &Credential, ask: IssueAsk) -> Result<Order, Refusal> {
    world.authorize(Ask::Issue(Box::new(ask)), caller, &|_| true)
}

/// As an action that can give every refusal but these.
fn authorize_without(world: &World, caller: &Credential, ask: IssueAsk, missing: &[Reason]) -> Result<Order, Refusal> {
    world.authorize(Ask::Issue(Box::new(ask)), caller, &|reason| !missing.contains(&reason))
}

/// The target and user of an order for tickets.
fn issued(order: Order) -> (ticketbooth::domain::Target, Option<ticketbooth::domain::User>) {
    match order {
        Order::Issue { draft, .. } => (draft.target, draft.user),
        other => panic!("not an issue: {other:?}"),
    }
}
