//! A library of which the program names one function that has nothing to do with
//! its annotations.
#![forbid(unsafe_code)]

mod deep {
    #[coexist::handler(GET "/deep", since = "1.0.0")]
    pub(crate) fn deep() {}

    pub(crate) struct Pages;

    impl Pages {
        #[coexist::form(posts_to = deep, since = "1.1.0")]
        #[allow(dead_code)]
        fn link() {}
    }
}

/// Says nothing.
pub fn unrelated() {
    deep::deep();
    let _ = deep::Pages;
}
