#![doc = include_str!("../docs/rustdoc-links.md")]
#![doc = include_str!("../docs/index.md")]

/// A page each. Readers of the files have the links at the end of each; here, those of
/// `rustdoc-links.md` come first, and of two definitions the first one counts.
macro_rules! pages {
    ($($name:ident: $file:literal;)+) => {
        $(
            // Otherwise examples would be reported as those of this file.
            #[cfg_attr(not(doctest), doc = include_str!("../docs/rustdoc-links.md"))]
            #[doc = include_str!($file)]
            pub mod $name {}
        )+
    };
}

pages! {
    annotations: "../docs/annotations.md";
    pages: "../docs/pages.md";
    frameworks: "../docs/frameworks.md";
    tests: "../docs/tests.md";
    rules: "../docs/rules.md";
    builds: "../docs/builds.md";
    policy: "../docs/policy.md";
    ledger: "../docs/ledger.md";
    pipelines: "../docs/pipelines.md";
    several_programs: "../docs/several_programs.md";
    plan: "../docs/plan.md";
    simulate: "../docs/simulate.md";
    sources: "../docs/sources.md";
    formats: "../docs/formats.md";
    costs: "../docs/costs.md";
}
