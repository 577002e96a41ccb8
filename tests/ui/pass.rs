//! What may be written, and what it leaves in the program: each case is a module, with
//! records of its own. What is about a whole crate is a program beside this one.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the cases are written as apps are, and say themselves which lints they pass"
)]

mod fast_reader;
mod format;
mod records;

mod fields {
    #[path = "pass/as-rocket-reads-it.rs"]
    mod as_rocket_reads_it;
    #[path = "pass/as-serde-reads-it.rs"]
    mod as_serde_reads_it;
    #[path = "pass/types-of-fields.rs"]
    mod types_of_fields;
}

mod form {
    #[path = "pass/every-kind-of-item.rs"]
    mod every_kind_of_item;
    #[path = "pass/flags-and-lifetimes.rs"]
    mod flags_and_lifetimes;
    #[path = "pass/keys-of-format-2.rs"]
    mod keys_of_format_2;
    #[path = "pass/where-it-posts-to.rs"]
    mod where_it_posts_to;
}

mod frameworks {
    mod request;

    #[path = "pass/actix-web.rs"]
    mod actix_web;
    #[path = "pass/methods.rs"]
    mod methods;
    #[path = "pass/poem.rs"]
    mod poem;
    #[path = "pass/poem-openapi.rs"]
    mod poem_openapi;
    #[path = "pass/prefix.rs"]
    mod prefix;
    #[path = "pass/rocket.rs"]
    mod rocket;
    #[path = "pass/rocket-method.rs"]
    mod rocket_method;
    #[path = "pass/routing.rs"]
    mod routing;
    #[path = "pass/typed-path.rs"]
    mod typed_path;
    #[path = "pass/utoipa.rs"]
    mod utoipa;
}

mod handler {
    #[path = "pass/every-kind-of-function.rs"]
    mod every_kind_of_function;
    #[path = "pass/files.rs"]
    mod files;
    #[path = "pass/only-redirects.rs"]
    mod only_redirects;
    #[path = "pass/only-where-configured.rs"]
    mod only_where_configured;
    #[path = "pass/route-and-use.rs"]
    mod route_and_use;
    #[path = "pass/what-it-accepts.rs"]
    mod what_it_accepts;
    #[path = "pass/what-parameters-take.rs"]
    mod what_parameters_take;
}

mod html {
    #[path = "pass/askama-from-files.rs"]
    mod askama_from_files;
    #[path = "pass/askama-inline.rs"]
    mod askama_inline;
    #[path = "pass/askama-with-markup.rs"]
    mod askama_with_markup;
    #[path = "pass/maud.rs"]
    mod maud;
    #[path = "pass/maud-with-markup.rs"]
    mod maud_with_markup;
    #[path = "pass/plain-html.rs"]
    mod plain_html;
    #[path = "pass/posts-to-its-page.rs"]
    mod posts_to_its_page;
    #[path = "pass/several-forms-on-strings.rs"]
    mod several_forms_on_strings;
    #[path = "pass/what-a-hole-means.rs"]
    mod what_a_hole_means;
    #[path = "pass/what-a-query-holds.rs"]
    mod what_a_query_holds;
    #[path = "pass/what-comments-say.rs"]
    mod what_comments_say;
    #[path = "pass/what-the-annotation-says.rs"]
    mod what_the_annotation_says;
}
