//! Sizes in bytes as people write them.

/// Units with the bytes that each stands for. The long ones first, as `B` ends all of them.
const UNITS: &[(&str, usize)] = &[
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("k", 1 << 10),
    ("m", 1 << 20),
    ("g", 1 << 30),
    ("b", 1),
];

/// The bytes of `16MiB`, `500kB` or `4096`.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let lower = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, bytes)| Some((lower.strip_suffix(unit)?, *bytes)));
    let (number, bytes) = unit.unwrap_or((&lower, 1));
    let whole = number.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(bytes));
    whole.ok_or_else(|| "expected a size like 16MiB, 500kB or 4096".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(
            ["4096", "16MiB", "2 k", "500kB", "1g", "7b"].map(|text| size(text).unwrap()),
            [4096, 16 << 20, 2048, 500_000, 1 << 30, 7]
        );
        assert!(["", "MiB", "-1", "1.5MiB", "16 apples", "99999999999GiB"].iter().all(|text| size(text).is_err()));
    }
}
