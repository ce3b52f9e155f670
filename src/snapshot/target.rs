//! What a ticket opens and for whom, in the words of the format and back.

use std::sync::Arc;

use super::document::{TargetPart, UserPart};
use crate::domain::{Target, User, View};

/// Each view with its word.
const VIEWS: [(View, &str); 3] = [(View::Page, "page"), (View::Board, "board"), (View::Chat, "chat")];

pub(super) fn part(target: &Target) -> TargetPart {
    match target {
        Target::Work { work, component } => TargetPart {
            work: Some(work.to_string()),
            component: component.as_deref().map(str::to_owned),
            ..TargetPart::default()
        },
        Target::Page { project, page, view } => {
            let word = VIEWS.iter().find(|(known, _)| known == view).map(|(_, word)| (*word).to_owned());
            TargetPart { project: Some(*project), page: *page, view: word, ..TargetPart::default() }
        }
    }
}

/// The target that the part tells of, if it tells of exactly one.
pub(super) fn read(part: &TargetPart) -> Option<Target> {
    match part {
        TargetPart { work: Some(work), component, project: None, page: None, view: None } => {
            Some(Target::Work { work: Arc::from(work.as_str()), component: component.as_deref().map(Arc::from) })
        }
        TargetPart { work: None, component: None, project: Some(project), page, view: Some(word) } => {
            let (view, _) = VIEWS.iter().find(|(_, known)| known == word)?;
            Some(Target::Page { project: *project, page: *page, view: *view })
        }
        _ => None,
    }
}

pub(super) fn user_part(user: &User) -> UserPart {
    UserPart { organization: user.organization.to_string(), id: user.id.to_string() }
}

pub(super) fn user(part: &UserPart) -> User {
    User { organization: Arc::from(part.organization.as_str()), id: Arc::from(part.id.as_str()) }
}
