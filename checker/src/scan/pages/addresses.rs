//! What an expression in an address says by its words: which handler or route it names.

use super::Pages;
use super::forms::ANY;
use crate::scan::program::index::Meaning;
use crate::scan::program::variants::text_of;

impl Pages<'_, '_> {
    /// The endpoints of the handlers that an expression names.
    pub(super) fn endpoints_named(&self, expression: &str, scope: &str) -> Vec<(String, String)> {
        // `"/logout" | prefix_url`
        if let Some(path) = quoted_path(expression) {
            return vec![(ANY.to_owned(), path)];
        }
        // `reverse!(urls, "add-todo")`, `url_for("add")`
        let mut texts = expression.split(['"', '\'']).skip(1).step_by(2);
        if let Some(endpoints) = texts.find_map(|text| self.names.get(text)) {
            return endpoints.clone();
        }
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let words = expression.split(|c: char| !is_path(c));
        let words = words.map(|word| word.trim_matches(':'));
        for word in words.filter(|word| word.len() > 2) {
            let path: Vec<String> = word.split("::").map(str::to_owned).collect();
            if path.iter().any(String::is_empty) {
                continue;
            }
            if let Some(text) = text_of(self.index, self.variants, &path, scope)
                && text.starts_with('/')
            {
                return vec![(ANY.to_owned(), text)];
            }
            let without_last = path.split_last().map(|(_, rest)| rest.to_vec());
            for path in [Some(path.clone()), without_last].into_iter().flatten() {
                for meant in self.index.resolve(&path, scope) {
                    match meant {
                        Meaning::Function(position) => {
                            if let Some(endpoints) = self.endpoints.get(&position) {
                                return endpoints.clone();
                            }
                        }
                        Meaning::Value(position) => {
                            if let Some(path) = plain_path(self.index.values[position].value) {
                                return vec![(ANY.to_owned(), path)];
                            }
                        }
                        _ => {}
                    }
                }
            }
            if let Some(endpoints) = self.endpoints_of_suffix(word) {
                return endpoints.clone();
            }
        }
        Vec::new()
    }

    /// The endpoints of the only handler whose path ends so: a template has names that its engine
    /// brings into scope.
    fn endpoints_of_suffix(&self, word: &str) -> Option<&Vec<(String, String)>> {
        let suffix = word.contains("::").then(|| format!("::{word}"))?;
        let mut fitting = self.endpoints.iter().filter(|(position, _)| {
            let path = &self.index.functions[**position].path;
            path.ends_with(&suffix)
        });
        let (_, only) = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }
}

/// The path that an expression begins with, in quotes: a filter may put something before it.
fn quoted_path(expression: &str) -> Option<String> {
    let expression = expression.trim_start();
    let quote = expression
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let (path, rest) = expression[1..].split_once(quote)?;
    let is_filtered = rest.trim_start().starts_with('|');
    let is_path = path.starts_with('/') && coexist_source::path::check(path).is_ok();
    (is_filtered && is_path).then(|| path.to_owned())
}

/// The path that a literal is.
fn plain_path(value: &syn::Expr) -> Option<String> {
    let syn::Expr::Lit(literal) = value else {
        return None;
    };
    let syn::Lit::Str(text) = &literal.lit else {
        return None;
    };
    let text = text.value();
    (text.starts_with('/') && coexist_source::path::check(&text).is_ok()).then_some(text)
}
