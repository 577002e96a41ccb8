//! Apps of any size, for the benchmarks: handlers, each with a form that posts to
//! it and a type of six fields between them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{target, workspace};

/// What stands on the handlers of a generated app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annotated {
    /// Nothing.
    No,
    /// The annotations of coexist: handler, form, fields.
    Coexist,
    /// The same, but each form names its endpoint as that of another program: so the
    /// compiler compares nothing.
    Unchecked,
    /// The same as the first, but each form is read out of the HTML in its function.
    Html,
    /// `#[utoipa::path]` and `ToSchema`, which document the same.
    Utoipa,
}

/// A library of an axum app with `count` handlers.
#[must_use]
pub fn axum_app(count: usize, annotated: Annotated) -> String {
    let mut code = "//! Generated.\n#![allow(dead_code, missing_docs)]\n\
                    use axum::{Form, response::Redirect};\nuse serde::Deserialize;\n"
        .to_owned();
    let derive = match annotated {
        Annotated::No => "Deserialize",
        Annotated::Coexist | Annotated::Unchecked | Annotated::Html => {
            "Deserialize, coexist::Fields"
        }
        Annotated::Utoipa => "Deserialize, utoipa::ToSchema",
    };
    for n in 0..count {
        let on_handler = match annotated {
            Annotated::No => String::new(),
            Annotated::Coexist | Annotated::Unchecked | Annotated::Html => {
                handler_attribute(n, "1.0.0")
            }
            Annotated::Utoipa => format!(
                "#[utoipa::path(post, path = \"/imports/{n}\", request_body(content = Import{n}, \
                 content_type = \"application/x-www-form-urlencoded\"), responses((status = 303)))]"
            ),
        };
        let on_form = form_attribute(n, annotated);
        let _infallible = writeln!(
            code,
            "#[derive({derive})]\npub struct Import{n} {{ {} }}\n{on_handler}\n\
             pub async fn import_{n}(Form(import): Form<Import{n}>) -> Redirect {{ \
             Redirect::to(&import.file_name_{n}) }}\n{on_form}\n\
             pub fn page_{n}() -> String {{ String::from({:?}) }}",
            fields(n),
            html(n),
        );
    }
    code
}

/// A program with `count` handlers, and `extra` ones of 1.1.0 without a form; it depends on
/// coexist alone.
#[must_use]
pub fn program(count: usize, extra: usize, annotated: Annotated, ballast: bool) -> String {
    // An extractor that is known by its path, without the crate that has it.
    let mut code = "//! Generated.\n#![allow(dead_code, missing_docs)]\n\
                    pub mod axum { pub struct Form<T>(pub T); }\nuse axum::Form;\n"
        .to_owned();
    if annotated == Annotated::Coexist {
        code.push_str("coexist::release!();\n");
    }
    if ballast {
        code.push_str("#[used]\nstatic BALLAST: &[u8] = include_bytes!(\"ballast.bin\");\n");
    }
    for n in 0..count + extra {
        let (derive, on_handler) = match annotated {
            Annotated::Coexist => {
                let since = if n < count { "1.0.0" } else { "1.1.0" };
                ("#[derive(coexist::Fields)]", handler_attribute(n, since))
            }
            _ => ("", String::new()),
        };
        let on_form = if n < count {
            form_attribute(n, annotated)
        } else {
            String::new()
        };
        let _infallible = writeln!(
            code,
            "{derive}\npub struct Import{n} {{ {} }}\n{on_handler}\n\
             pub fn import_{n}(Form(import): Form<Import{n}>) {{ drop(import) }}\n{on_form}\n\
             pub fn page_{n}() {{}}",
            fields(n),
        );
    }
    code.push_str("fn main() {}\n");
    code
}

/// Six fields, other ones for each handler.
fn fields(n: usize) -> String {
    format!(
        "file_name_{n}: String, notes_{n}: Option<String>, page_{n}: u32, header_{n}: bool, \
         columns_{n}: Vec<u8>, separator_{n}: char"
    )
}

fn handler_attribute(n: usize, since: &str) -> String {
    format!("#[coexist::handler(POST \"/imports/{n}\", since = \"{since}\")]")
}

fn form_attribute(n: usize, annotated: Annotated) -> String {
    match annotated {
        Annotated::Coexist => {
            format!("#[coexist::form(posts_to = import_{n}, sends = Import{n}, since = \"1.0.0\")]")
        }
        Annotated::Unchecked => format!(
            "#[coexist::form(posts_to = \"POST /imports/{n}\", sends = Import{n}, since = \"1.0.0\")]"
        ),
        Annotated::Html => {
            format!("#[coexist::form(posts_to = import_{n}, since = \"1.0.0\")]")
        }
        Annotated::No | Annotated::Utoipa => String::new(),
    }
}

/// A page with a form of the six fields.
fn html(n: usize) -> String {
    format!(
        "<form method=\"post\" action=\"/imports/{n}\"><input name=\"file_name_{n}\" required>\
         <textarea name=\"notes_{n}\"></textarea><input name=\"page_{n}\" type=\"number\">\
         <input name=\"header_{n}\" type=\"hidden\" value=\"true\"><input name=\"columns_{n}\">\
         <select name=\"separator_{n}\"><option>,<option>;</select><button>Import</button></form>"
    )
}

/// The JSON of a snapshot with as many handlers, and a form for each; and `extra`
/// handlers without a form.
#[must_use]
pub fn snapshot(count: usize, extra: usize) -> String {
    let fields = |flag: &str, n: usize| {
        let fields = (0..6).map(|field| {
            format!("{{\"name\":\"field_{field}_{n}\",\"{flag}\":true,\"type\":\"text\"}}")
        });
        fields.collect::<Vec<_>>().join(",")
    };
    let handlers = (0..count + extra).map(|n| {
        let since = if n < count { "1.0.0" } else { "1.1.0" };
        format!(
            "{{\"id\":\"app::import_{n}\",\"method\":\"POST\",\"path\":\"/imports/{n}/{{id}}\",\
             \"since\":\"{since}\",\"encoding\":\"urlencoded\",\"fields\":[{}],\
             \"source\":{{\"file\":\"src/imports.rs\",\"line\":{n}}}}}",
            fields("required", n),
        )
    });
    let forms = (0..count).map(|n| {
        format!(
            "{{\"id\":\"app::page_{n}\",\"since\":\"1.0.0\",\"posts_to\":[{{\"method\":\"POST\",\
             \"path\":\"/imports/{n}/{{id}}\"}}],\"encoding\":\"urlencoded\",\"fields\":[{}],\
             \"source\":{{\"file\":\"src/pages.rs\",\"line\":{n}}}}}",
            fields("always", n),
        )
    });
    let (handlers, forms): (Vec<_>, Vec<_>) = (handlers.collect(), forms.collect());
    format!(
        "{{\"format\":1,\"release\":{{\"name\":\"app\",\"version\":\"1.{extra}.0\"}},\
         \"handlers\":[{}],\"forms\":[{}]}}",
        handlers.join(","),
        forms.join(","),
    )
}

/// Makes the directory of a generated package: `dependencies` are lines of its
/// manifest, `file` the name of its only source file.
pub fn package(name: &str, dependencies: &str, file: &str, code: &str) -> io::Result<PathBuf> {
    let folder = target().join("bench").join(name);
    fs::create_dir_all(folder.join("src"))?;
    let coexist = workspace().join("runtime");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.release]\nstrip = true\n\n[dependencies]\n\
         coexist = {{ path = {:?}, features = [\"html\"] }}\n{dependencies}",
        coexist.display().to_string(),
    );
    write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
    write_if_changed(&folder.join("src").join(file), code)?;
    Ok(folder)
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(path, text)
}
