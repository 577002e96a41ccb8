//! Random small pages: elements that nest as they should not, end tags that are missing,
//! controls of all kinds.

/// A generator of numbers: the same ones for the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// Elements that hold others.
const HOLDERS: [&str; 34] = [
    "form",
    "form",
    "form",
    "form",
    "form",
    "div",
    "div",
    "p",
    "fieldset",
    "fieldset",
    "legend",
    "table",
    "tr",
    "td",
    "svg",
    "math",
    "foreignobject",
    "mtext",
    "noscript",
    "label",
    "span",
    "b",
    "ul",
    "li",
    "button",
    "datalist",
    "object",
    "section",
    "desc",
    "caption",
    "dl",
    "dd",
    "h1",
    "optgroup",
];

/// The types of `<input>`.
const TYPES: [&str; 20] = [
    "text", "hidden", "checkbox", "checkbox", "radio", "radio", "submit", "image", "file",
    "number", "range", "email", "button", "reset", "nonsense", "date", "color", "password", "",
    " text",
];

/// Pages, each a line.
pub(crate) fn pages(count: usize, seed: u64) -> Vec<String> {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    (0..count).map(|_| page(&mut numbers)).collect()
}

fn page(numbers: &mut Numbers) -> String {
    let mut page = String::new();
    if numbers.is(5) {
        let href = numbers.one(&["/base/", "sub/page", "?x=1", "../", "javascript:x", ""]);
        page.push_str(&format!("<base href=\"{href}\">"));
    }
    for _ in 0..=numbers.below(3) {
        node(numbers, &mut page, 0);
    }
    page
}

fn node(numbers: &mut Numbers, page: &mut String, depth: usize) {
    match numbers.below(10) {
        _ if depth == 0 || (depth < 5 && numbers.is(35)) => holder(numbers, page, depth),
        0..5 => input(numbers, page),
        5 => select(numbers, page),
        6 => button(numbers, page),
        7 => {
            let named = common(numbers);
            page.push_str(&format!("<textarea{named}>x</textarea>"));
        }
        8 => {
            let href = numbers.one(&[
                "/l",
                "/l?a=1",
                "#x",
                "?a=1&amp;b=2",
                "m",
                "",
                "../n",
                "//h/p",
            ]);
            let ping = if numbers.is(10) { " ping=/ping" } else { "" };
            page.push_str(&format!("<a href=\"{href}\"{ping}>x</a>"));
        }
        // An end tag that ends what it should not.
        _ => page.push_str(&format!("</{}>", numbers.one(&HOLDERS))),
    }
}

fn holder(numbers: &mut Numbers, page: &mut String, depth: usize) {
    let name = if depth == 0 && numbers.is(50) {
        "form"
    } else {
        numbers.one(&HOLDERS)
    };
    let attributes = match name {
        "form" => form(numbers),
        "fieldset" if numbers.is(50) => " disabled".to_owned(),
        "button" => button_attributes(numbers),
        _ => String::new(),
    };
    page.push_str(&format!("<{name}{attributes}>"));
    for _ in 0..numbers.below(4) {
        node(numbers, page, depth + 1);
    }
    if numbers.is(85) {
        page.push_str(&format!("</{name}>"));
    }
}

fn form(numbers: &mut Numbers) -> String {
    let mut attributes = String::new();
    if numbers.is(85) {
        let action = numbers.one(&["/a", "/b", "/c?x=1", "d", "", "#x", "?y=1", "/e#x"]);
        attributes.push_str(&format!(" action=\"{action}\""));
    }
    if numbers.is(70) {
        let method = numbers.one(&["post", "post", "POST", "get", "dialog", "put", " post"]);
        attributes.push_str(&format!(" method=\"{method}\""));
    }
    if numbers.is(25) {
        let enctype = numbers.one(&["multipart/form-data", "text/plain", "x"]);
        attributes.push_str(&format!(" enctype=\"{enctype}\""));
    }
    if numbers.is(25) {
        attributes.push_str(&format!(" id={}", numbers.one(&["f", "g"])));
    }
    if numbers.is(10) {
        attributes.push_str(" novalidate");
    }
    attributes
}

/// What any control may have.
fn common(numbers: &mut Numbers) -> String {
    let mut attributes = String::new();
    if numbers.is(92) {
        let name = numbers.one(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
        attributes.push_str(&format!(" name={name}"));
    }
    for (attribute, percent) in [
        (" disabled", 8),
        (" required", 10),
        (" readonly", 4),
        (" form=f", 5),
        (" form=g", 4),
        (" form=\"\"", 2),
        (" dirname=z", 4),
    ] {
        if numbers.is(percent) {
            attributes.push_str(attribute);
        }
    }
    attributes
}

fn input(numbers: &mut Numbers, page: &mut String) {
    let kind = numbers.one(&TYPES);
    let mut attributes = common(numbers);
    if numbers.is(50) && !matches!(kind, "file" | "date" | "color" | "email" | "range") {
        attributes.push_str(&format!(" value={}", numbers.one(&["1", "2", "3"])));
    }
    for (attribute, percent) in [(" checked", 20), (" multiple", 10)] {
        if numbers.is(percent) {
            attributes.push_str(attribute);
        }
    }
    if matches!(kind, "submit" | "image") {
        attributes.push_str(&elsewhere(numbers));
    }
    page.push_str(&format!("<input type=\"{kind}\"{attributes}>"));
}

fn button(numbers: &mut Numbers, page: &mut String) {
    let attributes = button_attributes(numbers);
    page.push_str(&format!("<button{attributes}>x</button>"));
}

fn button_attributes(numbers: &mut Numbers) -> String {
    let mut attributes = common(numbers);
    if numbers.is(60) {
        attributes.push_str(&format!(" value={}", numbers.one(&["1", "2"])));
    }
    if numbers.is(30) {
        let kind = numbers.one(&["submit", "button", "reset", "x"]);
        attributes.push_str(&format!(" type={kind}"));
    }
    attributes.push_str(&elsewhere(numbers));
    attributes
}

/// Where a button goes instead.
fn elsewhere(numbers: &mut Numbers) -> String {
    let mut attributes = String::new();
    for (attribute, percent) in [
        (" formaction=/x", 12),
        (" formaction=y", 3),
        (" formmethod=post", 8),
        (" formmethod=get", 4),
        (" formmethod=dialog", 2),
        (" formenctype=multipart/form-data", 4),
        (" formnovalidate", 6),
    ] {
        if numbers.is(percent) {
            attributes.push_str(attribute);
        }
    }
    attributes
}

fn select(numbers: &mut Numbers, page: &mut String) {
    let mut attributes = common(numbers);
    for (attribute, percent) in [(" multiple", 20), (" size=3", 10)] {
        if numbers.is(percent) {
            attributes.push_str(attribute);
        }
    }
    page.push_str(&format!("<select{attributes}>"));
    for _ in 0..numbers.below(4) {
        if numbers.is(10) {
            let disabled = if numbers.is(50) { " disabled" } else { "" };
            page.push_str(&format!("<optgroup{disabled}>"));
        }
        let mut attributes = String::new();
        for (attribute, percent) in [
            (" disabled", 15),
            (" selected", 20),
            (" value=\"\"", 15),
            (" value=1", 15),
        ] {
            if numbers.is(percent) {
                attributes.push_str(attribute);
            }
        }
        let text = numbers.one(&["2", "3", "4 5", "<b>6</b>"]);
        page.push_str(&format!("<option{attributes}>{text}"));
    }
    if attributes.contains("required") {
        // Otherwise nobody could send the form.
        page.push_str("</optgroup><option>9");
    }
    if numbers.is(95) {
        page.push_str("</select>");
    }
}
