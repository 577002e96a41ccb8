//! A guard that asks a ledger, of which this build may not follow what is out in staging.

coexist_checker::guard!("ledger", environment = "staging");
