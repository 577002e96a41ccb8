//! The tokens of a page, by the tokenizer of the HTML standard; attributes with
//! their offsets and their marks.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, StringReader, Tokenizer};

use super::text::is_symbol;

/// A token.
#[derive(Debug)]
pub(crate) enum Token {
    /// A start tag.
    Start(Tag),
    /// An end tag.
    End {
        /// Its name.
        name: String,
        /// Where it begins.
        at: usize,
    },
    /// Text, with its holes and marks.
    Text(String),
    /// A comment.
    Comment {
        /// What is between its delimiters.
        text: String,
        /// Where it begins.
        at: usize,
    },
}

/// A start tag.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tag {
    /// Its name, without holes and marks.
    pub(crate) name: String,
    /// Its attributes in their order; those of several arms are all there.
    pub(crate) attributes: Vec<Attribute>,
    /// Whether it ends with `/>`.
    pub(crate) is_self_closing: bool,
    /// Where it begins.
    pub(crate) from: usize,
    /// Where it ends.
    pub(crate) to: usize,
}

/// An attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// Its name, with holes and marks: `{% if … %}checked{% else %}hidden{% endif %}`
    /// is one name to the tokenizer.
    pub(crate) name: String,
    /// Its value, with holes and marks.
    pub(crate) value: String,
    /// Where its name begins.
    pub(crate) at: usize,
}

/// The tokens of a text.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    tokenizer: Tokenizer<StringReader<'t>, Joining>,
    runs_scripts: bool,
}

impl<'t> Tokens<'t> {
    /// The tokens of this text, in a browser that runs scripts or does not.
    pub(crate) fn new(html: &'t str, runs_scripts: bool) -> Self {
        let joining = Joining(CallbackEmitter::new(Collector::default()));
        Self {
            tokenizer: Tokenizer::new_with_emitter(html, joining),
            runs_scripts,
        }
    }

    /// Says that a start tag was that of an HTML element: what follows may be raw text.
    pub(crate) fn enter(&mut self, name: &str) {
        let state = match name {
            "textarea" | "title" => State::RcData,
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => State::RawText,
            "noscript" if self.runs_scripts => State::RawText,
            "script" => State::ScriptData,
            "plaintext" => State::PlainText,
            _ => return,
        };
        self.tokenizer.set_state(state);
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let token: Result<Token, Infallible> = self.tokenizer.next()?;
        match token {
            Ok(token) => Some(token),
        }
    }
}

/// Takes holes and marks out of tag names: `<textarea{% if … %} …>` would end at
/// another tag than `</textarea>`.
#[derive(Debug)]
struct Joining(CallbackEmitter<Collector, Token, usize>);

impl ForwardingEmitter for Joining {
    type Token = Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        let name = String::from_utf8_lossy(name);
        self.0.push_tag_name(name.replace(is_symbol, "").as_bytes());
    }
}

/// Joins the events of a start tag.
#[derive(Debug, Default)]
struct Collector {
    tag: Tag,
}

impl Callback<Token, usize> for Collector {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: string(name),
                    from: span.start,
                    ..Tag::default()
                };
            }
            CallbackEvent::AttributeName { name } => self.tag.attributes.push(Attribute {
                name: string(name),
                value: String::new(),
                at: span.start,
            }),
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.tag.attributes.last_mut() {
                    attribute.value.push_str(&string(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.tag.is_self_closing = self_closing;
                self.tag.to = span.end;
                return Some(Token::Start(std::mem::take(&mut self.tag)));
            }
            CallbackEvent::EndTag { name } => {
                // An end tag may have attributes; they mean nothing.
                self.tag = Tag::default();
                return Some(Token::End {
                    name: string(name),
                    at: span.start,
                });
            }
            CallbackEvent::String { value } => return Some(Token::Text(string(value))),
            CallbackEvent::Comment { value } => {
                return Some(Token::Comment {
                    text: string(value),
                    at: span.start,
                });
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
