//! Layers on one another: what is left of them.

use super::{FOLLOWED_LIMIT, ImageError, PATHS_LIMIT, Tree};

/// A tree with the programs `a` and `b` in `bin`.
fn tree() -> Tree<&'static str> {
    let mut tree = Tree::new();
    tree.begin_layer();
    tree.folder(b"bin");
    tree.file(b"bin/a", Some("a")).unwrap();
    tree.file(b"./bin/b", Some("b")).unwrap();
    tree.file(b"bin.txt", None).unwrap();
    tree.begin_layer();
    tree
}

fn left(tree: Tree<&str>) -> Vec<String> {
    let programs = tree.into_programs().unwrap().into_iter();
    let shown =
        programs.map(|(path, program)| format!("{} {program}", String::from_utf8_lossy(&path)));
    shown.collect()
}

#[test]
fn a_file_replaces_what_is_below_it() {
    let mut tree = tree();
    tree.file(b"/bin/a", Some("newer")).unwrap();
    tree.file(b"bin/b", None).unwrap();
    assert_eq!(left(tree), ["bin/a newer"]);
}

#[test]
fn a_folder_keeps_what_is_in_it_and_a_file_does_not() {
    let mut both = tree();
    both.folder(b"bin");
    assert_eq!(left(both), ["bin/a a", "bin/b b"]);
    let mut none = tree();
    none.file(b"bin", None).unwrap();
    assert!(left(none).is_empty());
    let mut one = tree();
    one.folder(b"bin/a");
    assert_eq!(left(one), ["bin/b b"]);
}

#[test]
fn a_whiteout_hides_only_what_is_below_its_layer() {
    let mut one = tree();
    one.white_out(b"bin/a");
    assert_eq!(left(one), ["bin/b b"]);
    let mut folder = tree();
    folder.file(b"bin/c", Some("c")).unwrap();
    folder.white_out(b"bin");
    assert_eq!(left(folder), ["bin/c c"]);
    let mut inside = tree();
    inside.file(b"bin/c", Some("c")).unwrap();
    inside.white_out_inside(b"bin");
    assert_eq!(left(inside), ["bin/c c"]);
    let mut all = tree();
    all.white_out_inside(b"");
    assert!(left(all).is_empty());
}

#[test]
fn a_hard_link_is_the_same_program_and_outlives_the_other_name() {
    let mut twice = tree();
    twice.hard_link(b"app", b"bin/a").unwrap();
    assert_eq!(left(twice), ["app a", "bin/b b"]);
    let mut outlived = tree();
    outlived.hard_link(b"app", b"bin/a").unwrap();
    outlived.file(b"bin/a", Some("newer")).unwrap();
    assert_eq!(left(outlived), ["app a", "bin/a newer", "bin/b b"]);
    let mut nothing = tree();
    nothing.hard_link(b"bin/a", b"bin.txt").unwrap();
    assert_eq!(left(nothing), ["bin/b b"]);
}

#[test]
fn a_way_may_lead_over_links() {
    let mut tree = tree();
    tree.link(b"usr/bin", b"../bin").unwrap();
    tree.link(b"sbin", b"/usr/bin").unwrap();
    tree.file(b"sbin/a", Some("newer")).unwrap();
    tree.white_out(b"usr/bin/b");
    assert_eq!(left(tree), ["bin/a newer"]);
}

#[test]
fn an_opaque_folder_may_be_a_link() {
    let mut tree = tree();
    tree.link(b"sbin", b"bin").unwrap();
    tree.white_out_inside(b"sbin");
    assert!(left(tree).is_empty());
}

#[test]
fn a_link_in_the_place_of_a_program_is_none() {
    let mut tree = tree();
    tree.link(b"bin/a", b"b").unwrap();
    assert_eq!(left(tree), ["bin/b b"]);
}

#[test]
fn links_in_a_circle_lead_nowhere() {
    let mut tree = tree();
    tree.link(b"x", b"y").unwrap();
    tree.link(b"y", b"x").unwrap();
    tree.file(b"x/a", Some("lost")).unwrap();
    tree.white_out(b"y/bin");
    tree.white_out_inside(b"y");
    assert_eq!(left(tree), ["bin/a a", "bin/b b"]);
}

/// 2,000 whiteouts beside 20,000 links of the same layer: a look at each link for each
/// whiteout would be 40 million, and takes many seconds.
#[test]
fn a_whiteout_looks_at_nothing_that_it_leaves() {
    let mut tree = Tree::<()>::new();
    tree.begin_layer();
    let mut links = Vec::new();
    for number in 0..20_000 {
        links.push(format!("bin/{number}").into_bytes());
    }
    for link in &links {
        tree.link(link, b"app").unwrap();
    }
    tree.begin_layer();
    tree.white_out_inside(b"bin");
    assert!(tree.below.is_empty());
    for link in &links {
        tree.link(link, b"app").unwrap();
    }
    for _ in 0..2000 {
        tree.white_out_inside(b"bin");
    }
    assert_eq!(tree.layer.len(), links.len());
}

#[test]
fn what_replaced_a_link_is_none() {
    let mut tree = tree();
    tree.link(b"sbin", b"bin").unwrap();
    tree.folder(b"sbin");
    tree.file(b"sbin/a", Some("other")).unwrap();
    assert_eq!(left(tree), ["bin/a a", "bin/b b", "sbin/a other"]);
}

/// Each path leads over 39 links of 4,000 bytes.
#[test]
fn paths_that_lead_over_very_many_links_are_an_error() {
    let mut tree = Tree::<()>::new();
    let long = |number: usize| format!("{}{number:02}", "a/".repeat(1990)).into_bytes();
    for number in 0..39 {
        let target = [b"/", &*long(number + 1)].concat();
        tree.link(&long(number), &target).unwrap();
    }
    let file = [&*long(0), b"/b"].concat();
    let hops = 39 * 3985;
    for _ in 0..FOLLOWED_LIMIT / hops + 2 {
        tree.white_out(&file);
    }
    let error = tree.into_programs().unwrap_err();
    assert!(matches!(error, ImageError::TooManyLinks), "{error}");
}

#[test]
fn more_links_than_are_kept_are_an_error() {
    let mut tree = Tree::<()>::new();
    let target = vec![b'a'; PATHS_LIMIT / 2];
    tree.link(b"a", &target).unwrap();
    tree.link(b"a", &target).unwrap();
    let error = tree.link(b"b", &target).unwrap_err();
    assert!(matches!(error, ImageError::TooManyPaths));
}
