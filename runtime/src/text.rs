//! Text in constants: comparing it, and putting a message together.

/// Whether two texts are the same.
pub(crate) const fn eq(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut next = 0;
    while next < one.len() {
        if one[next] != other[next] {
            return false;
        }
        next += 1;
    }
    true
}

/// Whether two texts are the same but for the case of ASCII letters.
pub(crate) const fn eq_in_any_case(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut next = 0;
    while next < one.len() {
        if !one[next].eq_ignore_ascii_case(&other[next]) {
            return false;
        }
        next += 1;
    }
    true
}

/// A message while it is written. What is too long for it is cut off.
pub(crate) struct Text {
    bytes: [u8; Self::CAPACITY],
    len: usize,
}

impl Text {
    const CAPACITY: usize = 4096;

    /// Begins with this.
    pub(crate) const fn new(text: &str) -> Self {
        let empty = Self {
            bytes: [0; Self::CAPACITY],
            len: 0,
        };
        empty.and(text)
    }

    /// Appends this, if there is room for all of it.
    pub(crate) const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > Self::CAPACITY - self.len {
            return self;
        }
        let mut next = 0;
        while next < text.len() {
            self.bytes[self.len + next] = text[next];
            next += 1;
        }
        self.len += text.len();
        self
    }

    /// Whether nothing was written.
    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What was written.
    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
