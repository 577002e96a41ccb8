//! What is read from records, by each of the two readers.

use super::{Item, RecordReader, plain};

#[test]
fn only_the_marks_of_raw_identifiers_are_taken_off() {
    for (written, expected) in [
        ("r#app::r#use", "app::use"),
        ("app::PageError#GET /", "app::PageError#GET /"),
        ("app::user#r#x", "app::user#r#x"),
    ] {
        assert_eq!(super::id(written.into()), expected);
    }
}

#[test]
fn the_host_of_another_program_is_read_the_fast_way_too() {
    let json = r#"{"format":1,"package":"app","version":"1.0.0","form":{"id":"app::f","since":"1.0.0","posts_to":[{"method":"POST","path":"/a","elsewhere":true,"host":"a.example.com"},{"method":"POST","path":"/a","elsewhere":true}]}}"#;
    let fast = plain::record(json, |_| None).unwrap();
    let Item::Form(form) = &fast.item else {
        panic!("{fast:?}");
    };
    let hosts = form.posts_to.iter().map(|target| target.host.as_deref());
    assert_eq!(hosts.collect::<Vec<_>>(), [Some("a.example.com"), None]);
    let any = RecordReader::default().read_any(json).ok();
    assert_eq!(any, Some(fast));
}

#[test]
fn the_pages_of_a_form_are_read_the_fast_way_too() {
    let json = r#"{"format":1,"package":"app","version":"1.0.0","form":{"id":"app::f","since":"1.0.0","posts_to":[{"method":"POST","path":"/a"}],"pages":[{"method":"GET","path":"/a"},{"method":"GET","path":"/b"}]}}"#;
    let fast = plain::record(json, |_| None).unwrap();
    let Item::Form(form) = &fast.item else {
        panic!("{fast:?}");
    };
    let paths: Vec<&str> = form.pages.iter().map(|page| &*page.path).collect();
    assert_eq!(paths, ["/a", "/b"]);
    let any = RecordReader::default().read_any(json).ok();
    assert_eq!(any, Some(fast));
}

#[test]
fn what_stands_in_a_query_is_read_the_fast_way_too() {
    let tab = r#"{"name":"tab","required":true,"type":"text"}"#;
    let start = r#"{"format":2,"package":"app","version":"1.0.0""#;
    let handler = format!(
        r#"{start},"handler":{{"id":"app::h","method":"POST","path":"/a","since":"1.0.0","encoding":"urlencoded","reader":"rocket","query":{{"reader":"serde_qs","unknown_fields":"deny","fields":[{tab},{tab}]}},"source":{{"file":"a.rs","line":1}},"unknown_fields":"ignore","fields":[]}}}}"#
    );
    let form = format!(
        r#"{start},"form":{{"id":"app::f","since":"1.0.0","posts_to":[{{"method":"POST","path":"/a"}}],"source":{{"file":"a.rs","line":1}},"query":[{tab}],"fields":[]}}}}"#
    );
    let none = r#"{"format":2,"package":"app","version":"1.0.0","handler":{"id":"app::h","method":"POST","path":"/a","since":"1.0.0","query":{"reader":"serde_qs","type":null}}}"#;
    for (json, count) in [(&*handler, Some(2)), (&form, Some(1)), (none, None)] {
        let any = RecordReader::default().read_any(json).ok();
        let any = any.unwrap();
        let found = match &any.item {
            Item::Handler(handler) => handler.query.as_ref().map(|query| query.fields.clone()),
            Item::Form(form) => form.query.clone(),
            Item::Release(_) => None,
        };
        assert_eq!(found.map(|found| found.list().len()), count, "{json}");
        let fast = plain::record(json, |_| Some(Some(Vec::new().into())));
        assert_eq!(fast.is_some(), count.is_some(), "{json}");
        assert!(fast.is_none_or(|fast| fast == any), "{json}");
    }
}
