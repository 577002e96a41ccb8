//! A table of pages, and of the requests that a browser made from each.

use std::path::Path;

/// Pages, and what was sent from them.
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

/// A page.
pub(crate) struct Row {
    pub(crate) page: String,
    /// What was sent, each request once for each element that sent it.
    pub(crate) requests: Vec<Request>,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The line of the table.
    pub(crate) line: String,
    pub(crate) method: String,
    /// The path, without its query.
    pub(crate) path: String,
    /// `urlencoded`, `query`, …
    pub(crate) encoding: String,
    /// Names and values in their order.
    pub(crate) fields: Vec<(String, String)>,
    /// Those in the query of the address, where the fields are not in it.
    pub(crate) query: Vec<(String, String)>,
}

impl Table {
    /// Reads a table: by its name in this folder, or by its path.
    pub(crate) fn read(name: impl AsRef<Path>) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut rows: Vec<Row> = Vec::new();
        for line in text.lines() {
            if let Some(sent) = line.strip_prefix("    ") {
                let row = rows.last_mut().expect("a request follows its page");
                assert!(!sent.starts_with("failed"), "{}: {sent}", row.page);
                row.requests.extend(request(sent));
            } else if !line.is_empty() && !line.starts_with('#') {
                rows.push(Row {
                    page: line.to_owned(),
                    requests: Vec::new(),
                });
            }
        }
        Self { rows }
    }
}

/// `button 1: POST /a urlencoded b=1&c=`; `None`: nothing was sent.
fn request(line: &str) -> Option<Request> {
    let (_, sent) = line.split_once(": ")?;
    let mut words = sent.split(' ');
    let (method, url, encoding) = (words.next()?, words.next()?, words.next()?);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs = |text: &str| -> Vec<(String, String)> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect()
    };
    let fields = pairs(words.next().unwrap_or_default()).into_iter();
    let fields = fields.map(|(name, value)| {
        let text = value
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let is_json = encoding == "json";
        let value = text.filter(|_| is_json).unwrap_or(&value).to_owned();
        (name, value)
    });
    Some(Request {
        line: line.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        encoding: encoding.to_owned(),
        fields: fields.collect(),
        query: pairs(query),
    })
}

/// Text out of its urlencoded form; a path too, whose escapes do not matter to routers.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (this, after) = rest.split_at(c.len_utf8());
        rest = after;
        let digits = after.get(..2).filter(|_| c == '%');
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else if c == '+' {
            bytes.push(b' ');
        } else {
            bytes.extend(this.bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
