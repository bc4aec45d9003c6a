//! The files of a new package, for `hotwash new DIR`.

/// A file of a new package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name within the package.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The files of a new package: a small organisation, a plan, a scenario, and the list of them.
pub const TEMPLATES: &[Template] = &[
    Template {
        file: "hotwash.toml",
        text: include_str!("template/hotwash.toml"),
    },
    Template {
        file: "organisation.ron",
        text: include_str!("template/organisation.ron"),
    },
    Template {
        file: "plan.ron",
        text: include_str!("template/plan.ron"),
    },
    Template {
        file: "scenario.ron",
        text: include_str!("template/scenario.ron"),
    },
];
