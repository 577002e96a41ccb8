//! As much of Markdown as the pages use: code blocks, headings, links.

/// A fenced block of code.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    pub(crate) language: &'a str,
    pub(crate) code: String,
}

/// The text without its blocks of code and its code spans, which hold no links.
pub(crate) fn prose(markdown: &str) -> String {
    let mut is_code = false;
    let mut prose = String::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

pub(crate) fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut is_code = false;
    for line in markdown.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            is_code = !is_code;
            if is_code {
                blocks.push(Block {
                    language,
                    code: String::new(),
                });
            }
        } else if let (true, Some(block)) = (is_code, blocks.last_mut()) {
            block.code.push_str(line);
            block.code.push('\n');
        }
    }
    blocks
}

/// What can stand behind the `#` of a link to this page: of each heading, what GitHub and
/// rustdoc both make of it.
pub(crate) fn anchors(markdown: &str) -> Vec<String> {
    let prose = prose(markdown);
    let headings = prose.lines().filter_map(|line| line.strip_prefix('#'));
    let headings = headings.map(|heading| heading.trim_start_matches('#').trim().to_lowercase());
    let anchor = |heading: String| {
        let kept = heading.chars().filter_map(|char| match char {
            ' ' => Some('-'),
            '-' | '_' => Some(char),
            _ => char.is_alphanumeric().then_some(char),
        });
        kept.collect()
    };
    headings.map(anchor).collect()
}

/// The addresses that it names: `[text](address)`, and the definitions `[label]: address`.
pub(crate) fn links(markdown: &str) -> Vec<String> {
    let prose = prose(markdown);
    let inline = prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next().map(str::to_owned));
    let defined = definitions(&prose).into_iter().map(|(_, address)| address);
    inline.chain(defined).collect()
}

/// The definitions of links: label and address.
pub(crate) fn definitions(markdown: &str) -> Vec<(String, String)> {
    let lines = markdown.lines().filter_map(|line| {
        let (label, address) = line.strip_prefix('[')?.split_once("]: ")?;
        Some((label.to_owned(), address.to_owned()))
    });
    lines.collect()
}

/// The labels that the text uses: `[text][label]`.
pub(crate) fn labels(markdown: &str) -> Vec<String> {
    let prose = prose(markdown);
    let parts = prose.split("][").skip(1);
    let labels = parts.filter_map(|rest| rest.split(']').next().map(str::to_owned));
    labels.collect()
}
