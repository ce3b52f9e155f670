//! The catalogue as a book: `docs/codes.md`, and the excerpt of it that other pages quote.

use super::output::{Form, table};
use crate::catalogue::{self, example};
use crate::domain::Assumption;
use crate::vendor::catalog::ErrorRow;
use crate::vendor::examples::{Example, How};
use crate::vendor::{VENDORS, Vendor};

/// How many examples of each vendor the excerpt shows.
const EXCERPT: usize = 8;

/// The markdown of every code, every example and every assumption.
pub fn book() -> String {
    let mut text = String::from(
        "# Error codes\n\nMade by `ticketbooth codes --markdown`; do not edit by hand.\n\n\
         ## Every refusal with one call\n\nEach line is one paste against `ticketbooth serve` with the demo world. \
         Where the last column has something, start it with that, or put it into the world file.\n\n",
    );
    for vendor in VENDORS {
        text.push_str(&format!("### {}\n\n", vendor.name()));
        text.push_str(&refusals(*vendor, vendor.examples().rows));
        text.push_str(&samples(*vendor));
    }
    for vendor in VENDORS {
        text.push_str(&chapter(*vendor));
    }
    text
}

/// A few refusals of each vendor, for the front page.
pub fn excerpt() -> String {
    let mut text = String::from("<!-- refusals -->\n");
    for vendor in VENDORS {
        // The ones that take a thing of the demo world are the ones that nobody guesses.
        let rows = vendor.examples().rows.iter().filter(|row| row.how == How::World);
        let mut few: Vec<Example> = Vec::new();
        for row in rows {
            if few.len() < EXCERPT && !few.iter().any(|known| known.code == row.code) {
                few.push(*row);
            }
        }
        text.push_str(&refusals(*vendor, &few));
    }
    text.push_str("<!-- /refusals -->\n");
    text
}

fn refusals(vendor: &dyn Vendor, rows: &[Example]) -> String {
    let head = ["Code", "What it is", "Call", "With"];
    let cells = rows.iter().map(|row| {
        let with = if let How::Switch(switch) = row.how { format!("`{switch}`") } else { String::new() };
        vec![row.code.to_owned(), row.about.to_owned(), format!("`{}`", row.paste(vendor.name())), with]
    });
    format!("{}\n\n", table(Form::Markdown, &head, cells))
}

fn samples(vendor: &dyn Vendor) -> String {
    let cells = vendor.examples().samples.iter();
    let cells = cells.map(|sample| vec![format!("`{}`", sample.name), sample.about.to_owned()]);
    format!("{}\n\n", table(Form::Markdown, &["In a call", "Stands for"], cells))
}

fn chapter(vendor: &dyn Vendor) -> String {
    let head = ["Code", "Class", "HTTP", "Given by", "Message", "Chinese", "Provoked by", "Evidence", "Source"];
    let rows = vendor.errors().iter().flat_map(|row| {
        row.texts.iter().map(move |text| {
            vec![
                row.code.to_owned(),
                row.class.name().to_owned(),
                catalogue::status(vendor, row.status),
                catalogue::scope(row.scope),
                text.english.to_owned(),
                text.chinese.unwrap_or("").to_owned(),
                provoked(vendor, row),
                text.evidence.name().to_owned(),
                row.source.to_owned(),
            ]
        })
    });
    let questions = assumptions(Form::Markdown, vendor.assumptions().iter().copied());
    let name = vendor.name();
    let codes = table(Form::Markdown, &head, rows);
    format!("## Codes of {name}\n\n{codes}\n\n## Assumptions of {name}\n\n{questions}\n\n")
}

/// The open questions, with the answers that can be chosen.
pub(crate) fn assumptions(form: Form, rows: impl Iterator<Item = &'static Assumption>) -> String {
    let head = ["Assumption", "Decides", "Default", "Choices", "Speaks of", "Evidence", "Reason"];
    let cells = rows.map(|row| {
        let Assumption { name, effect, default, reason, .. } = row;
        let choices = row.choices.join(", ");
        let cells = [name, effect, default, &*choices, row.speaks_of.name(), row.evidence.name(), reason];
        cells.map(str::to_owned).to_vec()
    });
    table(form, &head, cells)
}

pub(crate) fn provoked(vendor: &dyn Vendor, row: &ErrorRow) -> String {
    example(vendor, row)
        .map_or_else(|| "only by rule".to_owned(), |example| format!("`{}`", example.paste(vendor.name())))
}
