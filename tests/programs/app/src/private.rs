//! A private module with a handler.

pub(crate) struct Form<T>(pub(crate) T);

#[derive(coexist::Fields)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) kind: Option<Kind>,
}

#[derive(coexist::Fields)]
#[allow(dead_code)]
pub(crate) enum Kind {
    Comma,
    Tab,
}

#[coexist::handler(POST "/items/{id}", since = "1.0.0", until = "9999.0.0", reader = "serde_urlencoded")]
pub(crate) fn save(Form(item): Form<Item>) {
    drop((item.name, item.kind));
}
