//! The URL of a ledger: a path, or what a scheme says.

use std::path::PathBuf;

use super::error::LedgerError;
use super::folder::Folder;
use super::store::Store;

/// The store at a URL: a folder, named by its path or by `file://`. Whether there is a
/// ledger in it, is not looked at.
pub fn open_url(url: &str) -> Result<Box<dyn Store>, LedgerError> {
    let wrong = |what: &str| LedgerError::Url {
        url: url.to_owned(),
        what: what.to_owned(),
    };
    if url.is_empty() {
        return Err(wrong("it is empty"));
    }
    match scheme(url) {
        None => Ok(Box::new(Folder::new(url))),
        Some(("file", rest)) => {
            let path = rest.strip_prefix("localhost").unwrap_or(rest);
            if !path.starts_with('/') {
                return Err(wrong("`file://` takes a path from the root on"));
            }
            let path = decoded(path).ok_or_else(|| wrong("its escapes are not UTF-8"))?;
            Ok(Box::new(Folder::new(PathBuf::from(path))))
        }
        Some((scheme, _)) => Err(wrong(&format!("`{scheme}://` cannot be opened"))),
    }
}

/// The scheme of a URL, and what stands behind `://`.
fn scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    // RFC 3986, 3.1.
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (!scheme.is_empty() && scheme.chars().all(is_of_scheme)).then_some((scheme, rest))
}

/// The path that a URL spells: RFC 3986, 2.1.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, others @ ..] = rest {
        let digits = others.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::open_url;

    #[test]
    fn a_folder_is_named_by_its_path_or_by_a_url() {
        let place = |url| open_url(url).unwrap().place();
        assert_eq!(place("ledger"), "ledger");
        assert_eq!(place("/var/ledger"), "/var/ledger");
        assert_eq!(place("file:///var/my%20ledger"), "/var/my ledger");
        assert_eq!(place("file://localhost/var/100%"), "/var/100%");
    }

    #[test]
    fn what_cannot_be_opened_is_said() {
        let error = |url| open_url(url).unwrap_err().to_string();
        for (url, what) in [
            ("", "it is empty"),
            ("file://ledger", "a path from the root on"),
            ("file:///%ff", "not UTF-8"),
            ("gopher://ledger", "`gopher://` cannot be opened"),
        ] {
            assert!(error(url).contains(what), "{}", error(url));
        }
    }
}
