//! A guard that asks a ledger, of which this build may follow what is out in production.

coexist_checker::guard!("ledger", environment = "production", bin = "app");
