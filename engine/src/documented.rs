//! The table of defaults in `docs/defaults.md`, as tests read it that hold it against the code.

/// The page.
const PAGE: &str = include_str!("../../docs/defaults.md");

/// Fails unless the rows of an area are exactly these: each default with its value, as it is written.
pub(crate) fn holds(area: &str, expected: &[(String, String)]) {
    let cells = |line: &str| -> Option<Vec<String>> {
        let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
        Some(inner.split(" | ").map(str::to_owned).collect())
    };
    let rows = PAGE.lines().filter_map(cells);
    let rows = rows.filter(|cells| cells[0] == area);
    let written: Vec<(String, String)> = rows
        .map(|cells| (cells[1].clone(), cells[2].clone()))
        .collect();
    let row = |(name, value): &(String, String)| format!("| {area} | {name} | {value} |\n");
    let missing: String = expected
        .iter()
        .filter(|one| !written.contains(one))
        .map(row)
        .collect();
    let wrong: String = written
        .iter()
        .filter(|one| !expected.contains(one))
        .map(row)
        .collect();
    assert!(
        missing.is_empty() && wrong.is_empty(),
        "docs/defaults.md, {area}: the code has\n{missing}and not\n{wrong}"
    );
}

/// A row as [`holds`] wants it.
pub(crate) fn row(name: impl Into<String>, value: impl std::fmt::Display) -> (String, String) {
    (name.into(), value.to_string())
}

/// A span in the largest units that name it exactly.
pub(crate) fn span(ms: i64) -> String {
    let units = [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000)];
    let mut left = ms;
    let mut parts = Vec::new();
    for (unit, length) in units {
        if left >= length {
            parts.push(format!("{} {unit}", left / length));
            left %= length;
        }
    }
    assert!(left == 0 && !parts.is_empty(), "{ms} ms is no whole minute");
    parts.join(" ")
}
