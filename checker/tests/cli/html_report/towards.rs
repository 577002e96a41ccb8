//! What a step lacks on the way to another build.

use super::{Folder, assert_is_whole, run, shown, text};

#[test]
fn what_a_step_lacks_on_the_way_is_shown() {
    let folder = Folder::new();
    let build = |version: &str, forms: &str| {
        let build = format!(
            r#"{{ "format": 1, "release": {{ "name": "app", "version": "{version}" }},
                "handlers": [{{ "id": "app::old", "method": "POST", "path": "/old" }},
                             {{ "id": "app::new", "method": "POST", "path": "/new" }}],
                "forms": [{forms}] }}"#
        );
        folder.file(&format!("{version}.json"), build)
    };
    let form = |path: &str| {
        format!(
            r#"{{ "id": "app::page#{path}<", "posts_to": [{{ "method": "POST", "path": "/{path}" }}] }}"#
        )
    };
    let (old, step) = (build("1.0.0", &form("old")), build("1.1.0", ""));
    let wanted = build("1.2.0", &form("new"));
    let file = shown(&folder.path().join("report.html"));
    let (status, _, _) = run(&["report", &old, &step, "--towards", &wanted, "--html", &file]);
    assert_eq!(status, Some(0));
    let html = std::fs::read_to_string(&file).unwrap();
    let elements = assert_is_whole(&html);
    let header = elements.iter().find(|element| element.name == "header");
    let said = "on the way to 1.2.0, pages of 1.1.0 lack 1 form and what replaces it";
    assert!(header.unwrap().text.contains(said));
    let findings = text(&elements, "findings");
    let lacking = "app::page#old< (to POST /old): 1.2.0 has app::page#new< (to POST /new)";
    assert!(findings.contains(lacking), "{findings}");
}
