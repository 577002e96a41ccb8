//! What the annotations of a case left in the program.

/// The records of a module's items, and of those below it.
pub struct Records {
    module: &'static str,
}

impl Records {
    /// The records of the module with this path, as `module_path!()` gives it.
    pub const fn new(module: &'static str) -> Self {
        Self { module }
    }

    /// The JSON of the record of the item with this path below the module.
    pub fn one(&self, item: &str) -> String {
        let mut found = self.all(item);
        assert_eq!(found.len(), 1, "records of `{item}`: {found:?}");
        found.remove(0)
    }

    /// Asserts that the record of the item holds each of the parts.
    pub fn assert_holds(&self, item: &str, parts: &[&str]) {
        let record = self.one(item);
        for part in parts {
            assert!(
                record.contains(part),
                "`{part}` is not in the record: {record}"
            );
        }
    }

    /// Asserts that the record of the item holds none of the keys.
    pub fn assert_lacks(&self, item: &str, keys: &[&str]) {
        let record = self.one(item);
        for key in keys {
            assert!(
                !record.contains(&format!("\"{key}\":")),
                "`{key}` is in the record: {record}"
            );
        }
    }

    /// The JSON of each record of the item.
    pub fn all(&self, item: &str) -> Vec<String> {
        self.with_id(&format!("{item}\""))
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.with_id("").len()
    }

    /// What tells the records of the item apart, sorted: the names behind its path.
    pub fn names(&self, item: &str) -> Vec<String> {
        let id = self.id(item);
        let jsons = self.with_id(item);
        let names = jsons.iter().filter_map(|json| {
            let (_, rest) = json.split_once(&id)?;
            let (name, _) = rest.split_once("\",\"")?;
            (name.is_empty() || name.starts_with('#'))
                .then(|| name.trim_start_matches('#').to_owned())
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// The JSON of each record whose id starts so below the module.
    fn with_id(&self, start: &str) -> Vec<String> {
        let id = self.id(start);
        let jsons =
            coexist::records().map(|record| String::from_utf8(record.json().to_vec()).unwrap());
        jsons.filter(|json| json.contains(&id)).collect()
    }

    fn id(&self, start: &str) -> String {
        format!("\"id\":\"{}::{start}", self.module)
    }
}
