//! Flags, lifetimes and kinds: what sleeps, how long it stays open, and what sends it.

use coexist::{form, handler};

use crate::records::Records;

const RECORDS: Records = Records::new(module_path!());

#[handler(GET "/orders/{id}", since = "1.0.0")]
fn show() {}

#[handler(POST "/orders", flag = "new-checkout", since = "1.4.0", until = "2.0.0")]
fn order() {}

#[form(posts_to = order, flag = "new-checkout", since = "1.4.0", until = "1.9.0")]
fn order_page() {}

#[form(posts_to = show, lifetime = "30d", since = "1.0.0")]
fn mail() {}

#[handler(POST "/pay", since = "1.0.0")]
#[form(redirect, posts_to = show, since = "1.0.0")]
fn pay() {}

/// The redirect has a name of its own; the HTML is read as if it were not there.
#[form(name = "stranger", redirect, posts_to = show, lifetime = "1h 30m", since = "1.0.0")]
#[form(flag = "new-checkout", since = "1.4.0", until = "1.9.0")]
fn page() -> &'static str {
    r#"<a href="/orders/7">Show</a>
<form method="post" action="/orders" id="stranger"></form>
<button hx-put="/orders/7" name="amount">Change</button>"#
}

#[test]
fn passes() {
    let second = r#"{"format":2,"#;
    RECORDS.assert_holds("show", &[r#"{"format":1,"#]);
    RECORDS.assert_holds(
        "order",
        &[
            second,
            r#""path":"/orders","flag":"new-checkout","since":"1.4.0""#,
        ],
    );
    RECORDS.assert_holds("order_page", &[second, r#"}],"flag":"new-checkout","#]);
    RECORDS.assert_lacks("order_page", &["kind", "lifetime"]);
    RECORDS.assert_holds("mail", &[second, r#""lifetime":"30d""#]);
    RECORDS.assert_lacks("mail", &["kind", "flag"]);
    let redirect = r#"}],"kind":"redirect""#;
    let all = RECORDS.all("pay");
    assert_eq!(all.len(), 2, "{all:?}");
    let form = all.iter().find(|json| json.contains("\"form\":")).unwrap();
    assert!(form.contains(redirect), "{form}");
    assert!(!form.contains("\"pages\""), "{form}");
    RECORDS.assert_holds("page#stranger", &[redirect, r#""lifetime":"1h 30m""#]);
    RECORDS.assert_lacks("page#stranger", &["flag"]);

    for (item, kind) in [
        ("page", "submit"),
        ("page#GET /orders/7", "link"),
        ("page#amount", "script"),
    ] {
        let kind = format!(r#"}}],"kind":"{kind}","flag":"new-checkout""#);
        RECORDS.assert_holds(item, &[second, &kind]);
    }
    let _ = (show, order, order_page, mail, pay, page);
}
