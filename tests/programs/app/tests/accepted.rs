//! A guard whose release may be followed by this build.

coexist_checker::guard!("snapshots/accepted.json", bin = "app");
