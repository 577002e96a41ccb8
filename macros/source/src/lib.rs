//! Reads what stands in an app's sources, without a compiler: what annotations, attributes of web
//! frameworks, and serde's attributes say about an item.
//!
//! The macros expand what this crate reads, and the checker's audit counts it. The functions take
//! tokens or `syn` values and return a model, or errors at the tokens that are wrong. This crate
//! emits no code, and knows nothing of other builds.
//!
//! | module | what it reads |
//! | --- | --- |
//! | [`nesting`] | whole files, and how deep tokens are nested |
//! | [`version`], [`method`], [`host`], [`path`], [`encoding`], [`flag`], [`lifetime`], [`routing`], [`regex`] | single values |
//! | [`annotation`] | the arguments of `#[handler]` and `#[form]`, as written |
//! | [`frameworks`], [`registration`] | routes in attributes, and what paths name |
//! | [`item`], [`surroundings`] | the annotated item, and what stands around it |
//! | [`escaped`] | which expressions are texts, that no template engine takes for elements |
//! | [`handlers`] | an `impl` block with annotated methods |
//! | [`handler`], [`lifespan`], [`prefix`], [`files`], [`external`] | models that make sense |
//! | [`fields`] | which fields a request holds for a type |

pub mod annotation;
pub mod encoding;
pub mod errors;
pub mod flag;
pub mod host;
pub mod lifetime;
pub mod method;
pub mod nesting;
pub mod path;
pub mod reader;
pub mod regex;
pub mod routing;
pub mod version;

#[cfg(feature = "items")]
pub mod endpoint;
#[cfg(feature = "items")]
pub mod escaped;
#[cfg(feature = "items")]
pub mod external;
#[cfg(feature = "items")]
pub mod extractor;
#[cfg(feature = "items")]
pub mod fields;
#[cfg(feature = "items")]
pub mod files;
#[cfg(feature = "items")]
pub mod frameworks;
#[cfg(feature = "items")]
pub mod generics;
#[cfg(feature = "items")]
pub mod handler;
#[cfg(feature = "items")]
pub mod handlers;
#[cfg(feature = "items")]
pub mod item;
#[cfg(feature = "items")]
pub mod lifespan;
#[cfg(feature = "items")]
pub mod prefix;
#[cfg(feature = "items")]
pub mod registration;
#[cfg(feature = "items")]
pub mod surroundings;
mod text;
#[cfg(feature = "items")]
pub mod uses;
