//! What a page can send, as its HTML shows it.

/// Where something stands in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// The file, as messages name it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// What a comment before an element says of it: `coexist: since = "1.4.0"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What stands behind `coexist:`.
    pub text: String,
    /// Where the comment begins.
    pub place: Place,
}

/// One way in which a page sends a request back: a form, a button with an address
/// of its own, a link, an htmx call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What kind of element sends it.
    pub element: Element,
    /// The element's `id` and `name`, as far as they are plain text.
    pub names: Vec<String>,
    /// The HTTP method, in capitals; a form's `_method` field decides before its
    /// `method`. Empty: an expression chooses it.
    pub method: String,
    /// Where it goes: one address, or several of which a condition chooses.
    pub urls: Vec<Url>,
    /// How its fields are written.
    pub encoding: Encoding,
    /// The fields; `None`: the HTML alone cannot tell.
    pub fields: Option<Vec<Field>>,
    /// What the query of the address holds, where the fields are not in it; `None`: the HTML alone
    /// cannot tell.
    pub query: Option<Vec<Field>>,
    /// Where the element begins.
    pub place: Place,
    /// The element's tag as it is written, for a message: `<form action="/x">`.
    pub tag: String,
    /// What comments before it say.
    pub notes: Vec<Note>,
}

/// The kind of element that sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `<form>`.
    Form,
    /// A submit button with `formaction`.
    Button,
    /// `<a href>` or `<area href>`; its `ping` is a request of its own.
    Link,
    /// `hx-get`, `hx-post`, `hx-put`, `hx-patch` or `hx-delete`.
    Htmx,
}

/// How fields are written in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded` in the body.
    Urlencoded,
    /// `multipart/form-data`.
    Multipart,
    /// `text/plain`; the `text/ping` of a link.
    Text,
    /// In the query of the URL.
    Query,
    /// `application/json` in the body: htmx with its extension `json-enc`.
    Json,
    /// An expression chooses it.
    Unknown,
}

/// Where a request goes. What leaves the app for sure (`https://…`, `mailto:`) is
/// not listed at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Url {
    /// The page's own address: no `action`, an empty one, `#…`.
    Page,
    /// A path pattern from the root, `/edit/{id}`: a hole is a parameter, braces of
    /// the text are doubled, query and fragment are cut off.
    Path(String),
    /// A path pattern behind an expression that begins the address: `{{ base }}/edit`.
    Based(String),
    /// Relative to the page's own address, in the same syntax: `edit`, `../{id}`.
    Relative(String),
    /// The constant of a handler: of `{{ crate::imports::csv::import_csv::PATH }}`
    /// the path `crate::imports::csv::import_csv`, and the constant's name.
    Handler {
        /// The Rust path before the constant.
        path: String,
        /// `PATH` or `URL`.
        constant: String,
    },
    /// An expression, as written: nothing can be told.
    Unknown(String),
}

/// A field that a form sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the request.
    pub name: String,
    /// Whether each request holds it; a checkbox is sent only sometimes.
    pub always: bool,
    /// Whether its value may be empty, whatever its kind and its limits.
    pub may_be_empty: bool,
    /// Whether a request may hold it several times.
    pub many: bool,
    /// What its value can be.
    pub kind: Kind,
    /// What else limits a value that is not empty.
    pub constraints: Vec<Constraint>,
}

/// What a browser lets through of a value; all of a field's limits bind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The length of a text, in code units of UTF-16.
    Length {
        /// The least.
        min: Option<u64>,
        /// The greatest.
        max: Option<u64>,
        /// A line break counts as one, although two characters are sent.
        is_textarea: bool,
    },
    /// A number between these, written as JSON has them.
    Range {
        /// The least.
        min: Option<String>,
        /// The greatest.
        max: Option<String>,
    },
    /// This expression of the crate `regex` matches somewhere in the text.
    Pattern(String),
    /// It is an email address.
    Email,
    /// It is an absolute URL.
    Url,
    /// One that the HTML alone cannot tell.
    Unknown,
}

/// What the value of a field can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number, or nothing where the field may stay empty.
    Integer {
        /// The least, if it is bounded.
        min: Option<i64>,
        /// The greatest, if it is bounded.
        max: Option<i64>,
    },
    /// A number.
    Number,
    /// One of these texts.
    Choice(Vec<String>),
    /// A file, or what only a script or an expression knows.
    Unknown,
}
