//! Who is not there, or cannot do it.

use super::{Code, Parts};

/// Explains a code about people for a piece of work.
pub(super) const fn of(code: Code) -> Parts {
    match code {
        Code::TooFewPeople => (
            "A piece of work begins when as many people as it takes are free who hold its role or stand in for it. Where there are fewer of them, it waits for ever.",
            "Name more holders or deputies, or let the task take fewer people.",
            "(id: \"review\", by: IncidentManager, people: 3), with one incident manager",
        ),
        Code::OwnApproval => (
            "An approval is a second pair of eyes. Who holds the role whose work it is, and approves it as well or stands in for who does, asks the next who may; where nobody else may, or nobody else comes, they approve their own request, and the report says so.",
            "Name somebody else as deputy of the role that approves.",
            "approval: \"director\", where the incident manager is the director's deputy",
        ),
        _ => (
            "Who is on leave is not called. On days on which everybody who holds a role or stands in for it is on leave, its work waits.",
            "Name a deputy who is there on these days, or move the leave of one of them.",
            "(id: \"kim\", roles: [\"lead\"], leave: [(\"2027-08-02\", \"2027-08-13\")]), and no deputy",
        ),
    }
}
