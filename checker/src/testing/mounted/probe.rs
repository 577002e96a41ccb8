//! What the requests are made of that an app is asked with, and how it answers them.

/// A method that does not exist, and that no app serves.
pub(super) const PROBE: &str = "COEXIST-PROBE";

/// What stands in for a parameter. Its type, or its regular expression, may refuse one.
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(super) const SAMPLES: [&str; 5] = [
    "1",
    "2026",
    "coexist-probe",
    "coexist",
    "00000000-0000-4000-8000-000000000000",
];

/// The methods in the value of an `Allow` header.
pub(super) fn allowed(header: &str) -> Vec<String> {
    let methods = header.split(',').map(str::trim);
    methods
        .filter(|method| !method.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The code that mounts a handler on an axum router.
#[cfg(any(feature = "axum", feature = "tower"))]
pub(super) fn route(name: &str, method: &str) -> String {
    format!(".route({name}::PATH, {}({name}))", method.to_lowercase())
}
