//! Names as people enumerate them.

/// How many are named; of more, the others are counted.
const NAMED: usize = 4;

/// All of them: `a, b and c`. The first one matters most, and comes last, where it is
/// heard; of many, it comes first.
pub(crate) fn enumerate(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [first, second, others @ ..] if names.len() > NAMED => {
            format!("{first}, {second} {word} {} more", others.len())
        }
        [first, others @ ..] => {
            let others: Vec<&str> = others.iter().rev().map(|name| &**name).collect();
            format!("{} {word} {first}", others.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::enumerate;

    #[test]
    fn many_names_are_counted() {
        let said = |names: &str| {
            let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
            enumerate(&names, "or")
        };
        assert_eq!(said(""), "");
        assert_eq!(said("d"), "d");
        assert_eq!(said("d c"), "c or d");
        assert_eq!(said("d c b a"), "a, b, c or d");
        assert_eq!(said("e d c b a"), "e, d or 3 more");
    }
}
