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
    pub fn spans(mut spans: Vec<(u64, u64)>) -> Self {
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
    pub fn due(&self, n: u64) -> Due {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(calls: &Calls, until: u64) -> Vec<(u64, u64)> {
        let chosen = (1..=until).filter_map(|n| match calls.due(n) {
            Due::Turn(turn) => Some((n, turn)),
            Due::No | Due::Perhaps(_) => None,
        });
        chosen.collect()
    }

    #[test]
    fn spans_that_touch_or_overlap_choose_each_call_once() {
        let calls = Calls::spans(vec![(3, 5), (1, 1), (4, 6), (9, 9)]);
        assert_eq!(turns(&calls, 10), [(1, 0), (3, 1), (4, 2), (5, 3), (6, 4), (9, 5)]);
    }

    #[test]
    fn every_third_call_is_the_third_the_sixth_and_so_on() {
        assert_eq!(turns(&Calls::Every(3), 7), [(3, 0), (6, 1)]);
        assert_eq!(turns(&Calls::all(), 3), [(1, 0), (2, 1), (3, 2)]);
    }
}
