//! Which of the calls that match a rule are its own.

/// A choice of calls by their number, counted from 1, or by chance.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Calls {
    /// In order and apart from each other; both ends are in.
    Spans(Vec<(u64, u64)>),
    /// Every nth; at least 1.
    Every(u64),
    /// Each with this probability.
    Chance(f64),
}

/// Whether a call is one of those chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Due {
    No,
    /// Its number among them, counted from 0.
    Turn(u64),
    /// With this probability.
    Perhaps(f64),
}

impl Calls {
    pub fn all() -> Self {
        Self::Spans(vec![(1, u64::MAX)])
    }

    /// The calls of any of the spans.
    pub fn from_spans(mut spans: Vec<(u64, u64)>) -> Self {
        spans.sort_unstable();
        let mut merged: Vec<(u64, u64)> = Vec::with_capacity(spans.len());
        for (first, last) in spans {
            match merged.last_mut() {
                Some((_, end)) if first <= *end => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self::Spans(merged)
    }

    /// Whether the `n`th matching call is chosen.
    pub fn due_at(&self, n: u64) -> Due {
        match self {
            Self::Spans(spans) => {
                let mut before = 0;
                for (first, last) in spans.iter().take_while(|(first, _)| *first <= n) {
                    if n <= *last {
                        return Due::Turn(before + (n - first));
                    }
                    before += last - first + 1;
                }
                Due::No
            }
            Self::Every(step) if n.is_multiple_of(*step) => Due::Turn(n / step - 1),
            Self::Every(_) => Due::No,
            Self::Chance(probability) => Due::Perhaps(*probability),
        }
    }
}
