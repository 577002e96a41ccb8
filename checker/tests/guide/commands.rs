//! The commands of the pages, and their options, are those of the program.

use std::collections::BTreeMap;
use std::process::Command;

use super::markdown::blocks;
use super::{guide, name, pages, read, repository};

/// The lines that a reader types, those that go on with `\` joined.
fn typed(markdown: &str) -> Vec<String> {
    let blocks = blocks(markdown).into_iter();
    let consoles = blocks.filter(|block| block.language == "console");
    let joined = consoles.map(|block| block.code.replace("\\\n", ""));
    let lines = joined.flat_map(|code| {
        let lines = code.lines().filter_map(|line| line.strip_prefix("$ "));
        let lines = lines.map(|line| line.split(" # ").next().unwrap_or(line).to_owned());
        lines.collect::<Vec<_>>()
    });
    lines.collect()
}

/// What `--help` says of a command: `["record", "init"]`.
fn help(command: &[&str]) -> Option<String> {
    let mut coexist = Command::new(env!("CARGO_BIN_EXE_coexist"));
    let output = coexist.args(command).arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    output.status.success().then_some(text)
}

/// What is wrong with a command line of `coexist`.
fn mistake(line: &str, known: &mut BTreeMap<String, Option<String>>) -> Option<String> {
    let line = line.split(['>', '|']).next()?;
    let mut words = line
        .split_whitespace()
        .skip_while(|word| *word != "coexist");
    words.next()?;
    let words: Vec<&str> = words.collect();
    let length = if words.first() == Some(&"record") {
        2
    } else {
        1
    };
    let command = words.get(..length)?;
    let help = known
        .entry(command.join(" "))
        .or_insert_with(|| help(command));
    let Some(help) = help else {
        return Some(format!("`{line}`: no such command"));
    };
    let options = words.iter().filter(|word| word.starts_with("--"));
    let mut options = options.map(|option| option.split('=').next().unwrap_or(option));
    let is_there = |option: &str| {
        let mut words = help.split([' ', ',', '\n']);
        words.any(|word| word == option)
    };
    let unknown = options.find(|option| !is_there(option))?;
    Some(format!("`{line}`: no option {unknown}"))
}

#[test]
fn the_commands_of_the_pages_are_there() {
    let mut known = BTreeMap::new();
    let mut mistakes = Vec::new();
    let mut count = 0;
    for page in pages() {
        for line in typed(&read(&page)) {
            if line.starts_with("coexist ") || line.starts_with("cargo coexist ") {
                count += 1;
                let mistake = mistake(&line, &mut known);
                mistakes.extend(mistake.map(|mistake| format!("{}: {mistake}", name(&page))));
            }
        }
    }
    assert_eq!(mistakes, Vec::<String>::new());
    assert!(count > 10, "{count}");
}

#[test]
fn the_page_of_formats_has_each_format_of_the_program() {
    let mut coexist = Command::new(env!("CARGO_BIN_EXE_coexist"));
    let arguments = ["check", "OLD", "NEW", "--format", "no-such-format"];
    let output = coexist.args(arguments).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    let (_, values) = complaint.split_once("[possible values: ").unwrap();
    let (values, _) = values.split_once(']').unwrap();
    let page = read(&repository().join("runtime/docs/formats.md"));
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows = rows.filter_map(|row| row.split('`').next());
    // The rows of other tables follow.
    let known: Vec<&str> = rows.take(values.split(", ").count()).collect();
    let (mut known, mut values) = (known, values.split(", ").collect::<Vec<_>>());
    known.sort_unstable();
    values.sort_unstable();
    assert_eq!(known, values);
}

/// The commands that the program's help lists.
fn commands() -> Vec<String> {
    let help = help(&[]).unwrap();
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names = names.filter(|name| !name.is_empty() && *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn each_command_is_named_in_the_guide() {
    let pages: Vec<String> = guide().iter().map(|page| read(page)).collect();
    let is_named = |command: &str| {
        let name = format!("coexist {command}");
        let ends = [" ", "`", "\n", "\\"];
        let names = ends.map(|end| format!("{name}{end}"));
        let mut pages = pages.iter();
        pages.any(|page| names.iter().any(|name| page.contains(name)))
    };
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    let missing: Vec<&String> = commands.iter().filter(|name| !is_named(name)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert!(!is_named("no-such-command"));
}

#[test]
fn a_misspelt_command_and_a_misspelt_option_are_found() {
    let mut known = BTreeMap::new();
    let mut mistake = |line: &str| mistake(line, &mut known);
    assert_eq!(mistake("cargo coexist check --baseline-rev v1 NEW"), None);
    assert!(mistake("coexist chekc OLD NEW").is_some());
    assert!(mistake("coexist check OLD NEW --basline-rev v1").is_some());
    assert!(mistake("coexist record initialise --ledger ledger").is_some());
}

#[test]
fn the_aliases_of_the_readme_are_there() {
    let readme = read(&repository().join("README.md"));
    let config = read(&repository().join(".cargo/config.toml"));
    for alias in ["story", "roll"] {
        assert!(
            typed(&readme).contains(&format!("cargo {alias}")),
            "{alias}"
        );
        assert!(config.contains(&format!("\n{alias} = \"run ")), "{alias}");
    }
}
