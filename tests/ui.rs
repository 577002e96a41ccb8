//! What the compiler says to each mistake that a person can make in an annotation.

use std::fs;
use std::path::Path;

/// Puts the templates of the cases where askama looks for them: in the package that
/// trybuild makes of the cases.
fn copy_templates() {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/html/templates");
    let package = coexist_tests::target().join("tests/trybuild/coexist-tests");
    let to = package.join("templates");
    fs::create_dir_all(&to).expect("the target folder can be written to");
    for template in fs::read_dir(from).expect("the folder is there") {
        let template = template.expect("the folder can be read");
        fs::copy(template.path(), to.join(template.file_name())).expect("it is a file");
    }
}

#[test]
fn ui() {
    copy_templates();
    let cases = trybuild::TestCases::new();
    cases.pass("ui/*/pass/*.rs");
    cases.compile_fail("ui/*/fail/*.rs");
}
