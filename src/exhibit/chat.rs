//! A chat about the figures: its data tables, and the questions that it has an answer to.

use serde::Serialize;

use super::PageSettings;
use super::members::{Word, word};
use super::records::Sale;
use super::summary::{self, MemberSum};
use crate::call::Language;

/// A chat as its page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Chat {
    tables: Vec<ChatTable>,
    /// Ids that the ticket limits the chat to, and that no table has.
    unknown_tables: Vec<String>,
    shows_sql: bool,
    talk: Vec<Exchange>,
}

#[derive(Clone, Debug, Serialize)]
struct ChatTable {
    id: &'static str,
    name: &'static str,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize)]
struct Exchange {
    question: &'static str,
    answer: String,
    /// The sums by which the answer is drawn, by the name of their group.
    group: &'static str,
    table: &'static str,
    /// Left out where the ticket hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<String>,
}

/// A data table, and the question that it answers.
struct Topic {
    id: &'static str,
    table: Word,
    column: &'static str,
    question: Word,
}

static TOPICS: &[Topic] = &[
    Topic {
        id: "26511",
        table: word("Orders by month", "月度订单"),
        column: "month",
        question: word("Which month sold most?", "哪个月销售额最高？"),
    },
    Topic {
        id: "26512",
        table: word("Orders by channel", "渠道订单"),
        column: "channel",
        question: word("Which channel sells most?", "哪个渠道卖得最好？"),
    },
    Topic {
        id: "26513",
        table: word("Orders by city", "城市订单"),
        column: "city",
        question: word("Which city sells most?", "哪个城市销售额最高？"),
    },
    Topic {
        id: "26514",
        table: word("Orders by category", "品类订单"),
        column: "category",
        question: word("Which category sells most?", "哪个品类卖得最好？"),
    },
];

/// The chat about the records that are shown.
pub(super) fn hold_chat(shown: &[&Sale], settings: &PageSettings, language: Language) -> Chat {
    let groups = summary::sum_groups(shown, &[], language);
    let is_open = |topic: &&Topic| settings.tables.as_ref().is_none_or(|ids| ids.iter().any(|id| id == topic.id));
    let answer = |topic: &Topic| {
        let members = groups.iter().find(|group| group.name == topic.column).map(|group| &*group.members);
        let (column, table) = (topic.column, topic.table.english.to_lowercase().replace(' ', "_"));
        Exchange {
            question: topic.question.in_language(language),
            answer: tell_best(members.unwrap_or_default(), language),
            group: topic.column,
            table: topic.table.in_language(language),
            sql: (!settings.hides_sql).then(|| {
                format!("SELECT {column}, SUM(sales) AS sales\nFROM {table}\nGROUP BY {column}\nORDER BY sales DESC")
            }),
        }
    };
    let is_unknown = |id: &&String| !TOPICS.iter().any(|topic| topic.id == *id);
    Chat {
        tables: TOPICS
            .iter()
            .filter(is_open)
            .map(|topic| ChatTable { id: topic.id, name: topic.table.in_language(language) })
            .collect(),
        unknown_tables: settings.tables.iter().flatten().filter(is_unknown).cloned().collect(),
        shows_sql: !settings.hides_sql,
        talk: TOPICS.iter().filter(is_open).map(answer).collect(),
    }
}

fn tell_best(members: &[MemberSum], language: Language) -> String {
    let Some(best) = members.iter().max_by_key(|member| member.sales) else { return String::new() };
    let all: u32 = members.iter().map(|member| member.sales).sum();
    let share = (best.sales * 100).checked_div(all).unwrap_or(0);
    let (name, sales) = (&best.name, group_digits(best.sales));
    match language {
        Language::English => format!("{name} leads with ¥{sales} in sales, {share} % of the total."),
        Language::Chinese => format!("{name}以¥{sales}的销售额居首，占总额的{share}%。"),
    }
}

/// The number with a comma before every third digit from the end.
fn group_digits(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
