//! A guard without a snapshot: before the first release.

coexist_checker::guard!();
