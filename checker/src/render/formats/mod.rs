//! The output formats other than text, one file each. Each shows one report; none decides
//! anything.

pub mod github;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;
