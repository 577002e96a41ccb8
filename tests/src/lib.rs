//! Builds the programs that the tests look at.
