//! Small random pages under conditions, against the pages that each choice of arms gives.

use std::collections::BTreeSet;

use crate::form::{Field, Kind, Place};
use crate::read;
use crate::source::{Arms, Source};
use crate::tests::numbers::Numbers;

/// A piece of a page.
#[derive(Debug)]
enum Node {
    Html(String),
    /// Branches, of which one is taken; or none, if `may_be_none`.
    Branches {
        number: usize,
        arms: Vec<Vec<Node>>,
        may_be_none: bool,
    },
}

/// Pages with at most this many groups of branches.
const GROUPS: usize = 4;

/// Makes pages whose pieces are `leaf`.
struct Pages<'n> {
    numbers: &'n mut Numbers,
    leaf: fn(&mut Numbers) -> String,
    groups: Vec<usize>,
}

impl Pages<'_> {
    fn nodes(&mut self, depth: usize) -> Vec<Node> {
        (0..=self.numbers.below(3))
            .map(|_| self.node(depth))
            .collect()
    }

    fn node(&mut self, depth: usize) -> Node {
        if depth == 0 || self.groups.len() == GROUPS || self.numbers.below(3) == 0 {
            return Node::Html((self.leaf)(self.numbers));
        }
        let number = self.groups.len();
        let may_be_none = self.numbers.below(3) == 0;
        let count = 1 + self.numbers.below(3);
        self.groups.push(count + usize::from(may_be_none));
        let arms = (0..count).map(|_| match self.numbers.below(5) {
            0 => Vec::new(),
            _ => self.nodes(depth - 1),
        });
        Node::Branches {
            number,
            arms: arms.collect(),
            may_be_none,
        }
    }
}

fn write(nodes: &[Node], source: &mut Source) {
    for node in nodes {
        match node {
            Node::Html(html) => source.text(html, Place::default()),
            Node::Branches {
                arms, may_be_none, ..
            } => {
                source.open(if *may_be_none {
                    Arms::AtMostOne
                } else {
                    Arms::OneOf
                });
                for (at, arm) in arms.iter().enumerate() {
                    if at > 0 {
                        source.arm();
                    }
                    write(arm, source);
                }
                source.close();
            }
        }
    }
}

/// The page under this choice of an arm for each group.
fn rendered(nodes: &[Node], choice: &[usize]) -> String {
    let html = nodes.iter().map(|node| match node {
        Node::Html(html) => html.clone(),
        Node::Branches { number, arms, .. } => arms
            .get(choice[*number])
            .map_or(String::new(), |arm| rendered(arm, choice)),
    });
    html.collect()
}

/// Each choice of an arm for each group with so many cases.
fn choices(groups: &[usize]) -> Vec<Vec<usize>> {
    groups.iter().fold(vec![Vec::new()], |all, cases| {
        let with = |one: &Vec<usize>| -> Vec<Vec<usize>> {
            let arms = (0..*cases).map(|arm| [one.as_slice(), &[arm]].concat());
            arms.collect()
        };
        all.iter().flat_map(with).collect()
    })
}

/// The fields of a page's one form.
fn fields(source: &Source) -> Vec<Field> {
    let forms = read(source);
    let [form] = forms.as_slice() else {
        panic!("{forms:#?}")
    };
    form.fields.clone().unwrap()
}

fn choices_of(field: &Field) -> BTreeSet<String> {
    match &field.kind {
        Kind::Choice(choices) => choices.iter().cloned().collect(),
        other => panic!("{other:?}"),
    }
}

/// Compares what is read of pages with what is read of each of their renderings.
fn compare(seed: u64, (before, after): (&str, &str), leaf: fn(&mut Numbers) -> String) {
    let mut numbers = Numbers(seed);
    let (mut always, mut sometimes) = (0, 0);
    for _ in 0..1_500 {
        let mut pages = Pages {
            numbers: &mut numbers,
            leaf,
            groups: Vec::new(),
        };
        let nodes = pages.nodes(3);
        let groups = pages.groups;
        let mut source = Source::new();
        source.text(before, Place::default());
        write(&nodes, &mut source);
        source.text(after, Place::default());
        let read = fields(&source);

        let rendered = choices(&groups).into_iter().map(|choice| {
            let html = format!("{before}{}{after}", rendered(&nodes, &choice));
            fields(&Source::from_html(&html, "page"))
        });
        let rendered: Vec<Vec<Field>> = rendered.collect();
        let names: BTreeSet<&String> = rendered.iter().flatten().map(|field| &field.name).collect();
        let known: BTreeSet<&String> = read.iter().map(|field| &field.name).collect();
        assert_eq!(known, names, "{nodes:?}");
        for field in &read {
            let same = |fields: &Vec<Field>| {
                let mut fields = fields.iter();
                fields.find(|one| one.name == field.name).cloned()
            };
            let found: Vec<Field> = rendered.iter().filter_map(same).collect();
            let is_always = found.len() == rendered.len() && found.iter().all(|one| one.always);
            assert_eq!(field.always, is_always, "{} in {nodes:?}", field.name);
            let is_many = found.iter().any(|one| one.many);
            assert_eq!(field.many, is_many, "{} in {nodes:?}", field.name);
            let choices: BTreeSet<String> = found.iter().flat_map(choices_of).collect();
            assert_eq!(choices_of(field), choices, "{} in {nodes:?}", field.name);
            *(if is_always {
                &mut always
            } else {
                &mut sometimes
            }) += usize::from(groups.len() > 1);
        }
    }
    assert!(always > 100 && sometimes > 100, "{always} and {sometimes}");
}

#[test]
fn controls_are_those_of_each_rendering() {
    let form = ("<form action=/a>", "</form>");
    compare(0x9E37_79B9_7F4A_7C15, form, |numbers| {
        let name = ["a", "b"][numbers.below(2)];
        let value = numbers.below(3);
        format!("<input type=hidden name={name} value={value}>")
    });
}

#[test]
fn options_are_those_of_each_rendering() {
    let form = ("<form action=/a><select name=a>", "</select></form>");
    compare(0xD1B5_4A32_D192_ED03, form, |numbers| {
        format!("<option>{}</option>", numbers.below(4))
    });
}
