use coexist::{form, handler};

#[handler(POST "/imports", since = "1.0.0")]
fn import() {}

fn not_annotated() {}

struct Struct;

enum Enum {
    Variant,
}

const CONST: &str = import::PATH;

mod module {}

type Alias = import;

#[form(posts_to = not_annotated, since = "1.0.0")]
fn to_a_function() {}

#[form(posts_to = Struct, since = "1.0.0")]
fn to_a_struct() {}

#[form(posts_to = Enum::Variant, since = "1.0.0")]
fn to_a_variant() {}

#[form(posts_to = CONST, since = "1.0.0")]
fn to_a_constant() {}

#[form(posts_to = module, since = "1.0.0")]
fn to_a_module() {}

#[form(posts_to = [import, not_annotated, Alias], since = "1.0.0")]
fn in_a_list() {}

fn main() {}
