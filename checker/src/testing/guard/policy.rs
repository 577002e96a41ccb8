//! The policy of a package: as for `coexist check` in its directory, but of a build in
//! development.

use std::path::Path;

use jiff::civil::Date;

use super::workspace::is_same;
use crate::config::{self, ConfigError};
use crate::model::{Policy, Stage};

/// Reads `coexist.toml` from the package's directory upwards, to the top of the repository
/// or, without one, to the root of the workspace.
pub(super) fn read(package: &Path, workspace: &Path, today: Date) -> Result<Policy, ConfigError> {
    let policy = match config::find(package, |folder| is_same(folder, workspace)) {
        Some(path) => {
            let shown = config::relative(&path, workspace);
            config::read(&path, &shown)?
        }
        None => Policy::default(),
    };
    Ok(Policy {
        stage: Stage::Development,
        today: Some(today),
        ..policy
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use jiff::civil::Date;

    use super::read;
    use crate::model::{Rollout, Stage};

    const BLUE_GREEN: &str = "[rollout]\nstrategy = \"blue-green\"\n";

    #[test]
    fn the_file_of_the_workspace_holds_for_its_packages() {
        let read = |package: &Path, workspace: &Path| read(package, workspace, Date::MAX);
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("workspace/package");
        let workspace = folder.path().join("workspace");
        fs::create_dir_all(&package).unwrap();
        fs::write(folder.path().join("coexist.toml"), "no TOML").unwrap();
        // What is above the workspace is none of its business, unless it is the same
        // repository.
        let policy = read(&package, &workspace).unwrap();
        assert_eq!(policy.file, None);
        assert_eq!(
            (policy.rollout, policy.stage),
            (Rollout::Rolling, Stage::Development)
        );
        assert!(policy.today.is_some());
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert!(read(&package, &workspace).is_err());
        fs::write(workspace.join("coexist.toml"), BLUE_GREEN).unwrap();
        let policy = read(&package, &workspace).unwrap();
        assert_eq!(policy.rollout, Rollout::BlueGreen);
        assert_eq!(policy.file.unwrap().path, "coexist.toml");
        fs::write(package.join("coexist.toml"), "[rollout]\nstrategy = 7\n").unwrap();
        assert_eq!(
            read(&package, &workspace).unwrap_err().to_string(),
            "package/coexist.toml:2: `strategy` is a number: expected a name, \"rolling\""
        );
    }
}
