//! The completions and the manual know every command.

use super::run;

const COMMANDS: [&str; 10] = [
    "check",
    "gate",
    "plan",
    "simulate",
    "inspect",
    "stamp",
    "audit",
    "explain",
    "completions",
    "man",
];

/// The commands that the help names.
fn commands() -> Vec<String> {
    let (_, help, _) = run(&["help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names = names.filter(|name| !name.is_empty() && *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn completions_of_each_shell_have_every_command() {
    let commands = commands();
    assert!(
        COMMANDS
            .iter()
            .all(|name| commands.iter().any(|known| known == name))
    );
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (status, script, complaint) = run(&["completions", shell]);
        assert_eq!((status, complaint.as_str()), (Some(0), ""));
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell} {command}");
        }
    }
    assert_eq!(run(&["completions", "no-such-shell"]).0, Some(2));
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let (status, manual, complaint) = run(&["man"]);
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    assert!(manual.contains("\n.TH coexist 1"), "{manual}");
    for command in commands() {
        assert!(
            manual.contains(&format!("\n.TH coexist-{command} 1")),
            "{command}"
        );
    }
}
