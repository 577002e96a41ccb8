//! A guard whose snapshot is cut short.

coexist_checker::guard!("snapshots/damaged.json");
