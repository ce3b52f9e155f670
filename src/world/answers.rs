//! Answers to open questions as somebody writes them: `tencent.shape_code: value`.

use std::collections::BTreeMap;

use crate::document::{quote_text, suggest_near};
use crate::domain::{Assumption, Assumptions};

/// The error in one answer, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct UnfitAnswer {
    /// The assumption as it was written.
    pub name: String,
    /// Whether there is such an assumption, and only the choice is none of its.
    pub is_known: bool,
    pub message: String,
    pub help: String,
}

/// Everything that is wrong with some answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct UnfitAnswers(pub Vec<UnfitAnswer>);

/// The most wrong answers that are reported: to find the nearest name for each takes time.
const MOST: usize = 50;

/// Looks the answers up among `known`.
///
/// # Errors
///
/// What is wrong with them; with the first of them, where there are very many.
pub fn parse_answers(
    given: &BTreeMap<String, String>,
    known: &[&'static Assumption],
) -> Result<Assumptions, UnfitAnswers> {
    let (mut assumptions, mut unfit) = (Assumptions::default(), Vec::new());
    for (name, choice) in given {
        let row = known.iter().find(|row| row.name == name);
        if row.is_some_and(|row| assumptions.choose(row, choice)) {
            continue;
        }
        let (message, meant) = match row {
            Some(row) => (
                format!("invalid choice {} for {name}", quote_text(choice)),
                suggest_near(choice, row.choices.to_vec()),
            ),
            None => (
                format!("unknown assumption {}", quote_text(name)),
                suggest_near(name, known.iter().map(|row| row.name)),
            ),
        };
        let help = match (meant, row) {
            (Some(meant), _) => meant,
            (None, Some(row)) => format!("one of: {}", row.choices.join(", ")),
            (None, None) => "`ticketbooth codes --assumptions` lists all of them".to_owned(),
        };
        unfit.push(UnfitAnswer { name: name.clone(), is_known: row.is_some(), message, help });
        if unfit.len() == MOST {
            break;
        }
    }
    if unfit.is_empty() { Ok(assumptions) } else { Err(UnfitAnswers(unfit)) }
}
