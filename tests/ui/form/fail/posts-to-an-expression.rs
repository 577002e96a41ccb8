use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

#[form(posts_to = import(), since = "1.0.0")]
fn a_call() {}

#[form(posts_to = 1, since = "1.0.0")]
fn a_number() {}

#[form(posts_to = POST "/imports", since = "1.0.0")]
fn the_endpoint_of_a_handler() {}

#[form(posts_to = import::<u8>, since = "1.0.0")]
fn with_arguments() {}

#[form(posts_to = import::PATH, since = "1.0.0")]
fn the_path() {}

#[form(posts_to = (import, import), since = "1.0.0")]
fn a_tuple() {}

#[form(posts_to = [import import], since = "1.0.0")]
fn no_comma() {}

#[form(posts_to = import, import, since = "1.0.0")]
fn no_brackets() {}

#[form(posts_to = &import, since = "1.0.0")]
fn a_reference() {}

#[form(posts_to = <App as Serve>::import, since = "1.0.0")]
fn qualified() {}

#[form(posts_to = path!(import), since = "1.0.0")]
fn a_macro() {}

#[form(posts_to = [import, [import]], since = "1.0.0")]
fn a_list_in_a_list() {}

#[form(posts_to = fn, since = "1.0.0")]
fn a_keyword() {}

fn main() {}
