//! Random structs, which `differential.rs` writes.

use coexist::Fields;
use serde::Deserialize;

use super::serde::reads;
use super::table::Row;

#[derive(Default, Deserialize, Fields)]
#[serde(rename_all = "lowercase")]
enum Choice {
    #[default]
    A,
    On,
}

#[derive(Default, Deserialize, Fields)]
struct Number(u8);

mod s0 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        count: Vec<bool>,
        tags: f64,
    }

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        k: Number,
        #[serde(default)]
        name: Box<u8>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s1 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        count: Option<String>,
        #[serde(rename = "tags")]
        renamed_tags: Option<String>,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(rename = "k")]
        renamed_k: Vec<Choice>,
        name: Option<Number>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s2 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        #[serde(rename = "count")]
        renamed_count: Option<Number>,
        tags: char,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Option<f64>,
        #[serde(alias = "name")]
        aliased_name: f64,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s3 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        count: Option<u8>,
        tags: u8,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: i32,
        #[serde(default)]
        name: Box<u8>,
        #[serde(flatten)]
        inner: Option<Inner>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s4 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        k: String,
        tags: Vec<u8>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s5 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        name: Option<String>,
        tags: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s6 {
    use super::*;

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        name: char,
        #[serde(default)]
        count: Option<Box<u8>>,
        #[serde(default)]
        tags: Option<Choice>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s7 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    struct Inner {}

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Number,
        #[serde(rename = "name")]
        renamed_name: bool,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s8 {
    use super::*;

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: Choice,
        name: Box<u8>,
        #[serde(alias = "count")]
        aliased_count: Option<Number>,
        #[serde(alias = "tags")]
        aliased_tags: Option<bool>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s9 {
    use super::*;

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: Option<String>,
        name: Option<char>,
        count: Option<char>,
        #[serde(rename = "tags")]
        renamed_tags: String,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s10 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        count: u8,
        tags: Option<Box<u8>>,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Option<u8>,
        #[serde(flatten)]
        inner: Option<Inner>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s11 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        #[serde(default)]
        k: String,
        #[serde(default)]
        name: Option<f64>,
        #[serde(default)]
        count: Box<u8>,
        tags: Choice,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s12 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        k: Box<u8>,
        #[serde(default)]
        name: Choice,
        #[serde(default)]
        count: i32,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s13 {
    use super::*;

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Option<Number>,
        #[serde(default)]
        name: char,
        count: Vec<String>,
        tags: Option<String>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s14 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        k: String,
        name: Number,
        tags: char,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s15 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        #[serde(default)]
        count: Option<f64>,
        tags: Number,
    }

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        #[serde(rename = "k")]
        renamed_k: Vec<f64>,
        #[serde(alias = "name")]
        aliased_name: Option<u8>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s16 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        #[serde(default)]
        k: i32,
        name: Option<String>,
        #[serde(default)]
        count: bool,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s17 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        #[serde(default)]
        count: f64,
        tags: String,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Vec<String>,
        #[serde(default)]
        name: Vec<Number>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s18 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        k: String,
        #[serde(alias = "count")]
        aliased_count: f64,
        #[serde(default)]
        tags: bool,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s19 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        #[serde(default)]
        count: Number,
        #[serde(default)]
        tags: i32,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: Choice,
        name: Option<f64>,
        #[serde(flatten)]
        inner: Option<Inner>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s20 {
    use super::*;

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        count: char,
        #[serde(default)]
        tags: i32,
    }

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        #[serde(default)]
        k: u8,
        #[serde(alias = "name")]
        aliased_name: Option<Box<u8>>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s21 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        #[serde(default)]
        count: Vec<i32>,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        #[serde(alias = "k")]
        aliased_k: Option<Choice>,
        #[serde(rename = "name")]
        renamed_name: Option<Choice>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s22 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        count: String,
        tags: Option<u8>,
    }

    #[derive(Deserialize, Fields)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Read {
        name: Option<char>,
        #[serde(flatten)]
        inner: Option<Inner>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s23 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        count: Vec<String>,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: Option<f64>,
        name: String,
        #[serde(flatten)]
        inner: Inner,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

mod s24 {
    use super::*;

    #[derive(Deserialize, Fields)]
    struct Inner {
        count: Option<String>,
        tags: f64,
    }

    #[derive(Deserialize, Fields)]
    pub(super) struct Read {
        k: u8,
        #[serde(rename = "name")]
        renamed_name: bool,
        #[serde(flatten)]
        inner: Option<Inner>,
    }

    #[coexist::handler(POST "/", since = "1.0.0", reader = "serde_urlencoded", accepts = Read)]
    fn take() {}
}

pub(crate) const ROWS: &[Row] = &[
    Row {
        declared: "s0",
        handler: "readers::generated::s0::take",
        good: "3",
        reads: reads::<s0::Read>,
    },
    Row {
        declared: "s1",
        handler: "readers::generated::s1::take",
        good: "3",
        reads: reads::<s1::Read>,
    },
    Row {
        declared: "s2",
        handler: "readers::generated::s2::take",
        good: "3",
        reads: reads::<s2::Read>,
    },
    Row {
        declared: "s3",
        handler: "readers::generated::s3::take",
        good: "3",
        reads: reads::<s3::Read>,
    },
    Row {
        declared: "s4",
        handler: "readers::generated::s4::take",
        good: "3",
        reads: reads::<s4::Read>,
    },
    Row {
        declared: "s5",
        handler: "readers::generated::s5::take",
        good: "3",
        reads: reads::<s5::Read>,
    },
    Row {
        declared: "s6",
        handler: "readers::generated::s6::take",
        good: "3",
        reads: reads::<s6::Read>,
    },
    Row {
        declared: "s7",
        handler: "readers::generated::s7::take",
        good: "3",
        reads: reads::<s7::Read>,
    },
    Row {
        declared: "s8",
        handler: "readers::generated::s8::take",
        good: "3",
        reads: reads::<s8::Read>,
    },
    Row {
        declared: "s9",
        handler: "readers::generated::s9::take",
        good: "3",
        reads: reads::<s9::Read>,
    },
    Row {
        declared: "s10",
        handler: "readers::generated::s10::take",
        good: "3",
        reads: reads::<s10::Read>,
    },
    Row {
        declared: "s11",
        handler: "readers::generated::s11::take",
        good: "3",
        reads: reads::<s11::Read>,
    },
    Row {
        declared: "s12",
        handler: "readers::generated::s12::take",
        good: "3",
        reads: reads::<s12::Read>,
    },
    Row {
        declared: "s13",
        handler: "readers::generated::s13::take",
        good: "3",
        reads: reads::<s13::Read>,
    },
    Row {
        declared: "s14",
        handler: "readers::generated::s14::take",
        good: "3",
        reads: reads::<s14::Read>,
    },
    Row {
        declared: "s15",
        handler: "readers::generated::s15::take",
        good: "3",
        reads: reads::<s15::Read>,
    },
    Row {
        declared: "s16",
        handler: "readers::generated::s16::take",
        good: "3",
        reads: reads::<s16::Read>,
    },
    Row {
        declared: "s17",
        handler: "readers::generated::s17::take",
        good: "3",
        reads: reads::<s17::Read>,
    },
    Row {
        declared: "s18",
        handler: "readers::generated::s18::take",
        good: "3",
        reads: reads::<s18::Read>,
    },
    Row {
        declared: "s19",
        handler: "readers::generated::s19::take",
        good: "3",
        reads: reads::<s19::Read>,
    },
    Row {
        declared: "s20",
        handler: "readers::generated::s20::take",
        good: "3",
        reads: reads::<s20::Read>,
    },
    Row {
        declared: "s21",
        handler: "readers::generated::s21::take",
        good: "3",
        reads: reads::<s21::Read>,
    },
    Row {
        declared: "s22",
        handler: "readers::generated::s22::take",
        good: "3",
        reads: reads::<s22::Read>,
    },
    Row {
        declared: "s23",
        handler: "readers::generated::s23::take",
        good: "3",
        reads: reads::<s23::Read>,
    },
    Row {
        declared: "s24",
        handler: "readers::generated::s24::take",
        good: "3",
        reads: reads::<s24::Read>,
    },
];
