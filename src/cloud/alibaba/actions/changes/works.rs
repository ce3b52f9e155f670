//! Works: whether they may be embedded.

use crate::cloud::alibaba::actions::tells::need;
use crate::cloud::telling::Need;
use crate::cloud::writing::{Edit, FieldValue, WriteAnswer, WriteStep, Writing, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::is_on;

const WORKS: Need = need("WorksId", "works", &["id"], |work| Refusal::WorkUnknown { work });

/// One unknown work fails the whole call. The answer counts every work that was named, changed or not.
pub static SWITCH_EMBEDDING: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::SetEach(WORKS, &[set("embedding", FieldValue::SentBool("ThirdPartAuthFlag"))]),
        WriteStep::Check(Reason::EmbeddingQuota, is_over_quota),
        WriteStep::Do(note_times),
    ],
    answer: WriteAnswer::Count,
};

fn is_over_quota(edit: &Edit<'_>) -> Option<Refusal> {
    let look = edit.look();
    let quota = look.things.all("organization").find_map(|own| own.get("embed_quota")?.as_u64())?;
    let embedded = look.things.all("works").filter(|work| is_on(work, "embedding")).count() as u64;
    (look.args.is_true("ThirdPartAuthFlag") && embedded > quota).then_some(Refusal::EmbeddingQuota {})
}

/// A work that is embedded from now on says since when.
fn note_times(edit: &mut Edit<'_>) {
    if edit.look().args.is_true("ThirdPartAuthFlag") {
        for id in edit.pieces("WorksId") {
            edit.set_fields("works", &id, &[set("embedded_at", FieldValue::Now)]);
        }
    }
}
