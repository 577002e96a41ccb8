//! The files of a tree as the readers of templates ask for them.

use std::path::{Path, PathBuf};

use coexist_html::templates::Files;

use crate::scan::tree::{Tree, normal};

/// A tree, for the readers of templates.
pub(super) struct TreeFiles<'t>(pub(super) &'t dyn Tree);

impl Files for TreeFiles<'_> {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        let Some(path) = normal(path) else {
            return Ok(None);
        };
        Ok(self.0.read(&path)?.map(|read| read.text))
    }

    fn folders(&self, pattern: &Path) -> Vec<PathBuf> {
        let Some(pattern) = normal(pattern) else {
            return Vec::new();
        };
        let mut found = vec![PathBuf::new()];
        for part in &pattern {
            let part = part.to_string_lossy();
            found = found
                .iter()
                .flat_map(|folder| {
                    if !part.contains('*') {
                        return vec![folder.join(&*part)];
                    }
                    let names = self.0.list(folder).into_iter();
                    names.map(|name| folder.join(name)).collect()
                })
                .collect();
        }
        found.retain(|folder| !self.0.list(folder).is_empty());
        found
    }
}
