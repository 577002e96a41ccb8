//! The flags that say the policy, of every command that judges.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::exit::Failure;
use crate::config;
use crate::model::{Level, Policy, Rollout, Rule};
use crate::rules;

/// They beat the file.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Policy")]
pub(super) struct PolicyArgs {
    #[command(flatten)]
    pages: PagesArgs,
    /// How NEW takes the place of OLD: rolling, blue-green or pinned.
    #[arg(long, value_name = "STRATEGY", value_parser = config::strategy)]
    strategy: Option<Rollout>,
    /// Whether OLD may be brought back: true or false.
    #[arg(long, value_name = "BOOL", hide_possible_values = true)]
    rollback: Option<bool>,
    /// Reject a release in which this rule finds something; may be repeated.
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    deny: Vec<&'static Rule>,
    /// Say what this rule finds, and accept the release; may be repeated.
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    warn: Vec<&'static Rule>,
    /// Leave out what this rule finds; may be repeated.
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    allow: Vec<&'static Rule>,
    /// The time for which is asked, as RFC 3339 or a date: waivers and open pages end by
    /// it. Left out, the clock's; days are those of UTC.
    #[arg(long, value_name = "TIME", value_parser = config::time)]
    pub(super) now: Option<Timestamp>,
}

/// How long a page stays open, of every command for which nothing else matters.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Policy")]
pub(super) struct PagesArgs {
    /// The file with the policy. Left out, `coexist.toml` is looked for from the
    /// current folder upwards, to the top of the repository.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How long a page stays open: 24h, 1h 30m, 7d, 0s.
    #[arg(long, value_name = "TIME", value_parser = config::length, allow_hyphen_values = true)]
    page_lifetime: Option<Duration>,
}

impl PagesArgs {
    /// How long a page stays open.
    pub(super) fn lifetime(&self) -> Result<Duration, Failure> {
        Ok(self.policy()?.page_lifetime)
    }

    /// The policy of the file, with that in its place.
    fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = self.file()?;
        policy.page_lifetime = self.page_lifetime.unwrap_or(policy.page_lifetime);
        Ok(policy)
    }

    fn file(&self) -> Result<Policy, Failure> {
        if let Some(path) = &self.config {
            return Ok(config::read(path, path)?);
        }
        let here = std::env::current_dir().map_err(Failure::Here)?;
        match config::find(&here, config::is_repository) {
            Some(path) => {
                let shown = path.strip_prefix(&here).unwrap_or(&path);
                Ok(config::read(&path, shown)?)
            }
            None => Ok(Policy::default()),
        }
    }
}

impl PolicyArgs {
    /// The policy of the file, with what the flags say in its place.
    pub(super) fn policy(&self) -> Result<Policy, Failure> {
        let levels = self.levels()?;
        let mut policy = self.pages.policy()?;
        policy.levels.extend(levels);
        policy.rollout = self.strategy.unwrap_or(policy.rollout);
        policy.rollback = self.rollback.unwrap_or(policy.rollback);
        policy.today = Some(config::day_of(self.now.unwrap_or_else(Timestamp::now)));
        Ok(policy)
    }

    fn levels(&self) -> Result<BTreeMap<&'static str, Option<Level>>, Failure> {
        let given = [
            ("deny", &self.deny, Some(Level::Deny)),
            ("warn", &self.warn, Some(Level::Warn)),
            ("allow", &self.allow, None),
        ];
        let mut levels = BTreeMap::new();
        for (flag, rules, level) in given {
            for rule in rules {
                let earlier = levels.insert(rule.name, (flag, level));
                if let Some((earlier, _)) = earlier.filter(|(earlier, _)| *earlier != flag) {
                    return Err(Failure::TwoLevels {
                        rule: rule.name,
                        flags: [earlier, flag],
                    });
                }
            }
        }
        let levels = levels.into_iter();
        Ok(levels.map(|(rule, (_, level))| (rule, level)).collect())
    }
}
