//! What the reader says of a page, compared with the requests of a browser.
//!
//! Each request has to be one that the reader says can be sent, with its fields. And the
//! reader must not say more than that: each form that it finds is sent, each of its fields
//! is sent, what it says is sent only sometimes is missing in a request, what it says may be
//! repeated is repeated in one, and each choice is made.

use coexist_html::{Element, Encoding, Field, Form, Htmx, Kind, Source, Url, read, resolve};

use super::table::{Request, Row, decoded};

/// Where each page stands.
const HOME: &str = "/home/page";

/// A form, at one of its addresses.
struct Claim {
    form: Form,
    path: String,
}

/// Where the reader and the browser differ.
pub(crate) fn differences(row: &Row, htmx: Htmx) -> Vec<String> {
    let source = Source::from_html(&row.page, "page.html").with_htmx(htmx);
    let forms = read(&source);
    let claims: Vec<Claim> = forms.into_iter().flat_map(claims).collect();
    let requests = &row.requests;
    // Where htmx was meant to send all, nobody meant what browsers without scripts send.
    let is_htmx_alone = claims
        .iter()
        .all(|claim| claim.form.element == Element::Htmx);
    let mut differences = Vec::new();
    for request in requests {
        let is_in_lieu = request.is_in_lieu() || is_htmx_alone && request.is_without_scripts();
        if !claims.iter().any(|claim| claim.admits(request)) && !is_in_lieu {
            let known: Vec<String> = claims.iter().map(Claim::show).collect();
            let known = known.join("; ");
            differences.push(format!("is sent: {}\n    is read: {known}", request.line));
        }
    }
    for claim in &claims {
        let admitted = requests.iter().filter(|request| claim.admits(request));
        let excess = claim.excess(&admitted.collect::<Vec<_>>());
        differences.extend(excess.map(|excess| format!("{excess}: {}", claim.show())));
    }
    differences
}

/// The form at each of its addresses.
fn claims(form: Form) -> impl Iterator<Item = Claim> {
    let urls = form.urls.clone();
    urls.into_iter().map(move |url| {
        let path = match url {
            Url::Page => HOME.to_owned(),
            Url::Path(path) => path,
            Url::Relative(path) => resolve(HOME, &path),
            url => format!("{url:?}"),
        };
        let path = decoded(&path.replace("{{", "{").replace("}}", "}"));
        let form = form.clone();
        Claim { form, path }
    })
}

/// The request as frameworks take it: of a `POST`, a field `_method` may ask for another method.
fn overridden(request: &Request) -> Request {
    let mut request = request.clone();
    let is_override = |(name, value): &(String, String)| {
        let value = value.to_ascii_uppercase();
        (name == "_method" && ["PUT", "PATCH", "DELETE"].contains(&&*value)).then_some(value)
    };
    if let ("POST", Some(method)) = (
        &*request.method,
        request.fields.iter().find_map(is_override),
    ) {
        request.method = method;
        request.fields.retain(|field| is_override(field).is_none());
    }
    request
}

impl Request {
    /// Whether the browser sends it to the page itself, since the htmx that was meant to send
    /// it to another address does not run.
    fn is_in_lieu(&self) -> bool {
        self.is_without_scripts() && self.path == HOME
    }

    fn is_without_scripts(&self) -> bool {
        self.line.starts_with("without scripts, ")
    }
}

impl Claim {
    /// Whether this may be one of the form's requests, or what frameworks take it for.
    fn admits(&self, request: &Request) -> bool {
        self.admits_as_is(request) || self.admits_as_is(&overridden(request))
    }

    fn admits_as_is(&self, request: &Request) -> bool {
        let form = &self.form;
        let is_same = form.method == request.method
            && self.path == decoded(&request.path)
            && encoding(form) == request.encoding;
        is_same
            && form
                .fields
                .as_ref()
                .is_none_or(|fields| admits(fields, &request.fields))
            && form
                .query
                .as_ref()
                .is_none_or(|query| admits(query, &request.query))
    }

    /// What the form claims beyond these requests.
    fn excess(&self, requests: &[&Request]) -> Option<String> {
        if requests.is_empty() {
            return Some("is not sent".to_owned());
        }
        let of = |claimed: &Option<Vec<Field>>, sent: fn(&Request) -> &Pairs| {
            claimed.iter().flatten().find_map(|field| {
                let values = requests.iter().map(|request| values(field, sent(request)));
                let what = excess(field, &values.collect::<Vec<_>>())?;
                Some(format!("{} {what}", field.name))
            })
        };
        of(&self.form.fields, |request| &request.fields)
            .or_else(|| of(&self.form.query, |request| &request.query))
    }

    fn show(&self) -> String {
        let Form {
            method,
            encoding,
            fields,
            query,
            ..
        } = &self.form;
        let show = |fields: &Option<Vec<Field>>| {
            let Some(fields) = fields else {
                return "not known".to_owned();
            };
            let show = |field: &Field| {
                let always = if field.always { "" } else { "?" };
                let many = if field.many { "*" } else { "" };
                format!("{}{always}{many}={:?}", field.name, field.kind)
            };
            fields.iter().map(show).collect::<Vec<_>>().join(" ")
        };
        let (query, fields) = (show(query), show(fields));
        format!("{method} {}?{query} {encoding:?} {fields}", self.path)
    }
}

/// Names and values.
type Pairs = Vec<(String, String)>;

fn values<'r>(field: &Field, sent: &'r Pairs) -> Vec<&'r str> {
    let named = sent.iter().filter(|(name, _)| *name == field.name);
    named.map(|(_, value)| value.as_str()).collect()
}

/// Whether these may be the fields of a request.
fn admits(fields: &[Field], sent: &Pairs) -> bool {
    let is_known = |name: &str| fields.iter().any(|field| field.name == name);
    sent.iter().all(|(name, _)| is_known(name))
        && fields.iter().all(|field| admits_one(field, sent))
}

fn admits_one(field: &Field, sent: &Pairs) -> bool {
    let values = values(field, sent);
    let fits = |value: &&str| match &field.kind {
        Kind::Text | Kind::Unknown => true,
        Kind::Integer { min, max } => {
            let is_within = |value: i64| {
                min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max)
            };
            value.is_empty() || value.parse().is_ok_and(is_within)
        }
        Kind::Number => value.is_empty() || value.parse::<f64>().is_ok(),
        Kind::Choice(choices) => choices.iter().any(|choice| choice == value),
    };
    (field.always <= !values.is_empty())
        && (field.many || values.len() <= 1)
        && values.iter().all(fits)
}

/// What a field claims beyond its values in each request.
fn excess(field: &Field, values: &[Vec<&str>]) -> Option<&'static str> {
    let is_sent = |choice: &String| values.iter().flatten().any(|value| value == choice);
    if values.iter().all(Vec::is_empty) {
        return Some("is never sent");
    }
    if !field.always && values.iter().all(|values| !values.is_empty()) {
        return Some("is always sent");
    }
    if field.many && values.iter().all(|values| values.len() <= 1) {
        return Some("is never repeated");
    }
    match &field.kind {
        // Which direction it is, is up to the language.
        Kind::Choice(choices) if choices == &["ltr", "rtl"] => None,
        Kind::Choice(choices) if !choices.iter().all(is_sent) => Some("has fewer choices"),
        _ => None,
    }
}

fn encoding(form: &Form) -> &'static str {
    match form.encoding {
        Encoding::Urlencoded => "urlencoded",
        Encoding::Multipart => "multipart",
        Encoding::Text if form.element == Element::Link => "text/ping",
        Encoding::Text => "text",
        Encoding::Query => "query",
        Encoding::Json => "json",
        Encoding::Unknown => "unknown",
    }
}
