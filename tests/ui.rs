//! Tests the compiler's message for each mistake in an annotation. Correct annotations are
//! compiled with the tests of `ui/pass.rs`, so that the frameworks that the cases use need
//! only be checked here.

use std::fs;
use std::path::Path;

/// Puts the templates of the cases where askama looks for them: in the package that
/// trybuild makes of the cases.
fn copy_templates() {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let package = coexist_tests::target().join("tests/trybuild/coexist-tests");
    let to = package.join("templates");
    fs::create_dir_all(&to).expect("the target folder can be written to");
    for template in fs::read_dir(from).expect("the folder is there") {
        let template = template.expect("the folder can be read");
        fs::copy(template.path(), to.join(template.file_name())).expect("it is a file");
    }
}

/// A case that is in no program would never be compiled.
#[test]
fn what_passes_is_compiled() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let programs = [include_str!("ui/pass.rs"), include_str!("Cargo.toml")].concat();
    for kind in fs::read_dir(ui).expect("the folder is there") {
        let pass = kind.expect("the folder can be read").path().join("pass");
        for case in fs::read_dir(pass).into_iter().flatten() {
            let case = case.expect("the folder can be read").file_name();
            let path = format!("pass/{}\"", case.display());
            assert!(programs.contains(&path), "{path} is in no program");
        }
    }
}

#[test]
fn ui() {
    copy_templates();
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/fail/*.rs");
}
