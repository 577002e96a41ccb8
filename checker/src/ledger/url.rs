//! Opens what names a ledger on the command line: a directory, or the URL of a bucket.

use std::path::PathBuf;
use std::time::Duration;

use super::error::{LedgerError, UrlError};
use super::folder::Folder;
use super::store::Store;

/// How long an operation on a remote ledger may take by default.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// What the URL of a bucket begins with.
const BUCKETS: [&str; 4] = ["gs", "https", "s3", "s3a"];

/// What that of one at Azure begins with.
const AZURE: [&str; 5] = ["abfs", "abfss", "adl", "az", "azure"];

/// Opens what a path or a URL names, with the credentials that the environment holds.
pub fn open_url(url: &str) -> Result<Box<dyn Store>, LedgerError> {
    Access::default().open(url)
}

/// How a remote ledger is reached. A directory needs none of it.
#[derive(Clone)]
pub struct Access {
    /// No operation takes longer.
    pub timeout: Duration,
    /// The variables of the environment, which hold credentials and settings, by the
    /// names that each service gives them: `AWS_…`, `GOOGLE_…`, `AZURE_…`.
    pub variables: Vec<(String, String)>,
}

impl Default for Access {
    /// What the environment of this program holds.
    fn default() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            timeout: TIMEOUT,
            variables,
        }
    }
}

impl Access {
    /// Opens what a path or a URL names.
    pub fn open(&self, url: &str) -> Result<Box<dyn Store>, LedgerError> {
        if url.is_empty() {
            let what = "it is empty".to_owned();
            return Err(UrlError::Wrong { what }.into());
        }
        let Some((scheme, rest)) = scheme(url) else {
            let beginning = url.split_once(":/").map(|(beginning, _)| beginning);
            if let Some(scheme) =
                beginning.filter(|scheme| BUCKETS.contains(scheme) || AZURE.contains(scheme))
            {
                let what = format!("`{scheme}:/` has one slash, and needs two");
                return Err(UrlError::Wrong { what }.into());
            }
            return Ok(Box::new(Folder::new(url)));
        };
        if scheme == "file" {
            return Ok(Box::new(Folder::new(file(rest)?)));
        }
        let is_azure = AZURE.contains(&&*scheme);
        if !is_azure && !BUCKETS.contains(&&*scheme) {
            return Err(UrlError::Scheme { scheme }.into());
        }
        self.bucket(url, is_azure)
    }

    #[cfg(feature = "object-store")]
    fn bucket(&self, text: &str, is_azure: bool) -> Result<Box<dyn Store>, LedgerError> {
        use object_store::ObjectStoreScheme as Scheme;

        let url = url::Url::parse(text).map_err(|error| UrlError::Wrong {
            what: error.to_string(),
        })?;
        // `abfss://CONTAINER@ACCOUNT.…` names no user. A query may be a signature.
        let has_user = !is_azure && !url.username().is_empty();
        if has_user || url.password().is_some() || url.query().is_some() {
            return Err(UrlError::Secret.into());
        }
        if url.fragment().is_some() {
            let what = "it ends with a fragment, `#…`".to_owned();
            return Err(UrlError::Wrong { what }.into());
        }
        match Scheme::parse(&url) {
            Ok((Scheme::AmazonS3 | Scheme::GoogleCloudStorage | Scheme::MicrosoftAzure, _)) => {}
            Ok(_) => {
                let scheme = url.scheme().to_owned();
                return Err(UrlError::Scheme { scheme }.into());
            }
            Err(_) => {
                let what = "it names no bucket".to_owned();
                return Err(UrlError::Wrong { what }.into());
            }
        }
        let objects = super::objects::Objects::open(&url, &self.variables, self.timeout)?;
        Ok(Box::new(objects))
    }

    #[cfg(not(feature = "object-store"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn bucket(&self, _text: &str, _is_azure: bool) -> Result<Box<dyn Store>, LedgerError> {
        Err(UrlError::Without.into())
    }
}

/// What a URL begins with, and what follows. A path has none; nor is the letter of a
/// drive one.
fn scheme(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The path of a URL of a file (RFC 8089).
fn file(rest: &str) -> Result<PathBuf, UrlError> {
    let wrong = |what: &str| UrlError::Wrong {
        what: what.to_owned(),
    };
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return Err(wrong("`file://` takes an absolute path"));
    }
    let path = decoded(path).ok_or_else(|| wrong("its escapes are not UTF-8"))?;
    let has_drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Ok(PathBuf::from(if has_drive { &path[1..] } else { &path }))
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
        assert_eq!(place("C://ledger"), "C://ledger");
        assert_eq!(place("file:///var/my%20ledger"), "/var/my ledger");
        assert_eq!(place("file://localhost/var/100%"), "/var/100%");
    }

    #[test]
    fn what_cannot_be_opened_is_said() {
        let error = |url| open_url(url).unwrap_err().to_string();
        for (url, what) in [
            ("", "it is empty"),
            ("s3:/bucket/ledger", "`s3:/` has one slash, and needs two"),
            ("file://ledger", "an absolute path"),
            ("file:///%ff", "not UTF-8"),
            (
                "gopher://ledger",
                "`gopher://` is not a supported place for a ledger",
            ),
            (
                "memory:///",
                "`memory://` is not a supported place for a ledger",
            ),
            (
                "http://127.0.0.1/ledger",
                "expected a directory, or s3://BUCKET/PREFIX",
            ),
        ] {
            assert!(error(url).contains(what), "{}", error(url));
        }
    }

    #[cfg(feature = "object-store")]
    #[test]
    fn no_bucket_and_no_secret_is_said() {
        let error = |url| open_url(url).unwrap_err().to_string();
        for (url, what) in [
            ("s3://", "Expected one such as s3://BUCKET/PREFIX"),
            ("s3:///ledger", "it names no bucket"),
            (
                "https://127.0.0.1/ledger",
                "`https://` is not a supported place for a ledger",
            ),
            ("s3://bucket/ledger#x", "a fragment"),
            ("s3://hush:secret@bucket/ledger", "has credentials in it"),
            ("s3://hush@bucket/ledger", "has credentials in it"),
            (
                "az://container/ledger?sig=hush",
                "has credentials in it, or a query",
            ),
            ("s3://hush:se/cret@bucket", "invalid port number"),
        ] {
            let error = error(url);
            assert!(error.contains(what), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
