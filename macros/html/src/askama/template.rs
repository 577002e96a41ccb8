//! The arguments of askama's attribute `#[template(…)]`.

/// The arguments of `#[template(…)]`, as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The template's file, in one of the directories of the configuration.
    pub path: Option<String>,
    /// The template itself.
    pub source: Option<String>,
    /// With `source`: which kind of text it is.
    pub ext: Option<String>,
    /// The name of its delimiters.
    pub syntax: Option<String>,
    /// The configuration's file, instead of `askama.toml`.
    pub config: Option<String>,
    /// The one block that is rendered.
    pub block: Option<String>,
    /// The format for which expressions are escaped; left out: that of the extension.
    pub escape: Option<String>,
    /// The fields of the template whose values may be markup, which is not escaped.
    pub markup: Vec<String>,
}
