//! A guard whose ledger is not where it says.

coexist_checker::guard!("leger", environment = "production");
