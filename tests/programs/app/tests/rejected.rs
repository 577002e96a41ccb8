//! A guard whose release has a form that this build has no handler for.

coexist_checker::guard!("snapshots/rejected.json");
