use std::collections::HashMap;

use coexist::handler;

use axum::Form;

struct Page<T>(T);

#[handler(POST "/a", since = "1.0.0")]
fn a_parameter<T>(_: Form<T>) {}

#[handler(POST "/b", since = "1.0.0")]
fn inside_a_type<T: Clone>(_: Option<Form<Page<HashMap<String, T>>>>) {}

#[handler(POST "/c", since = "1.0.0")]
fn impl_trait(_: Form<impl Clone>) {}

#[handler(POST "/d", since = "1.0.0")]
fn a_number<const N: usize>(_: Form<[u8; N]>) {}

#[handler(POST "/e", since = "1.0.0", accepts = Page<T>)]
fn accepts_a_parameter<T>(_: Form<T>) {}

fn main() {}
