//! What the compiler knows of an annotated item, as constants that the [checks](crate::checks)
//! compare. The records contain the same as JSON.

/// A handler.
#[derive(Debug)]
pub struct HandlerMetadata {
    /// Its name in messages.
    pub name: &'static str,
    /// The releases in which it is there.
    pub lifespan: Lifespan,
    /// What it serves: one endpoint, mostly.
    pub endpoints: &'static [Endpoint],
    /// The pages that it serves, as entries of a form's `pages`.
    pub pages: &'static str,
    /// How it reads fields, if that is known.
    pub encoding: Option<&'static str>,
    /// The library that reads them, if that is known.
    pub reader: Option<&'static str>,
    /// What it reads.
    pub fields: Value,
    /// What it reads from the query of the address besides.
    pub query: Value,
    /// The library that reads the query, if that is known.
    pub query_reader: Option<&'static str>,
}

/// A form, on its way to one handler.
#[derive(Debug)]
pub struct FormMetadata {
    /// Its name in messages.
    pub name: &'static str,
    /// The releases in which it is there.
    pub lifespan: Lifespan,
    /// The HTTP method, if HTML shows it.
    pub method: Option<&'static str>,
    /// The path patterns, if HTML shows them: an address has several on a page with several.
    pub paths: &'static [&'static str],
    /// How it sends fields, if that is known.
    pub encoding: Option<&'static str>,
    /// What it sends.
    pub fields: Value,
    /// What the query of its address holds beside a body.
    pub query: Value,
    /// Where HTML shows it, and its tag.
    pub place: Option<&'static str>,
}

/// An endpoint of a handler.
#[derive(Debug)]
pub struct Endpoint {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The whole path pattern, in the canonical syntax.
    pub url: &'static str,
    /// The endpoint as an entry of a form's `posts_to`.
    pub json: &'static str,
}

/// `[since, until)`.
#[derive(Clone, Copy, Debug)]
pub struct Lifespan {
    /// The first release with the item.
    pub since: Version,
    /// The first one without it, if that is announced.
    pub until: Option<Version>,
}

/// A release's version, in parts that can be compared.
#[derive(Clone, Copy, Debug)]
pub struct Version {
    /// The three numbers; those of `next` are the greatest there are.
    pub numbers: [u64; 3],
    /// What follows a hyphen, in bytes whose order is that of semver (section 11):
    /// the release itself, which comes last, has one byte 255.
    pub pre: &'static [u8],
    /// As it is written.
    pub text: &'static str,
}

/// What a request holds for a type.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Nothing is known.
    NotDeclared,
    /// One value, of any kind.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number, with or without a fraction.
    Number,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// One of these texts, in upper or lower case.
    ChoiceInAnyCase(&'static [&'static str]),
    /// Several fields.
    Fields {
        /// A field that is none of them is refused.
        deny_unknown: bool,
        /// The fields.
        list: &'static [Field],
    },
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name; none: the fields of `value` stand in its place.
    pub name: &'static str,
    /// Other names under which it is taken.
    pub aliases: &'static [&'static str],
    /// A handler refuses a request without it.
    pub required: bool,
    /// It may be there several times.
    pub many: bool,
    /// It is an `Option`.
    pub optional: bool,
    /// What it holds.
    pub value: Value,
}

impl Value {
    /// The fields, if they are known.
    pub const fn list(&self) -> Option<&'static [Field]> {
        match self {
            Self::Fields { list, .. } => Some(list),
            Self::NotDeclared
            | Self::Any
            | Self::Boolean
            | Self::Number
            | Self::Choice(_)
            | Self::ChoiceInAnyCase(_) => None,
        }
    }
}

/// Whether one release comes before another one.
pub(crate) const fn is_before(one: &Version, other: &Version) -> bool {
    let mut part = 0;
    while part < 3 {
        if one.numbers[part] != other.numbers[part] {
            return one.numbers[part] < other.numbers[part];
        }
        part += 1;
    }
    let mut next = 0;
    while next < one.pre.len() && next < other.pre.len() {
        if one.pre[next] != other.pre[next] {
            return one.pre[next] < other.pre[next];
        }
        next += 1;
    }
    one.pre.len() < other.pre.len()
}
