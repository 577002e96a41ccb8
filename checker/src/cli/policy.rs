//! The options that make the policy, of the commands that check.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::clock::NowArgs;
use super::failure::Failure;
use crate::config;
use crate::model::{Level, Policy, Rollout, Rule};
use crate::rules;

/// The policy. Options override the policy file.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Policy (overrides the policy file)")]
pub(super) struct PolicyArgs {
    #[command(flatten)]
    pages: PagesArgs,
    /// Rollout strategy [possible values: rolling, blue-green, pinned] [default: from the
    /// policy file, otherwise rolling]
    #[arg(long, value_name = "STRATEGY", value_parser = config::strategy)]
    strategy: Option<Rollout>,
    /// Whether the release may be rolled back [possible values: true, false] [default: from
    /// the policy file, otherwise true]
    #[arg(long, value_name = "BOOL", hide_possible_values = true)]
    rollback: Option<bool>,
    /// Report findings of this rule as errors, which reject the release (repeatable)
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    deny: Vec<&'static Rule>,
    /// Report findings of this rule as warnings (repeatable)
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    warn: Vec<&'static Rule>,
    /// Ignore findings of this rule (repeatable)
    #[arg(long, value_name = "RULE", value_parser = rules::named)]
    allow: Vec<&'static Rule>,
    #[command(flatten)]
    pub(super) now: NowArgs,
}

/// The lifetime of pages, of the commands for which nothing else in the policy matters.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Policy (overrides the policy file)")]
pub(super) struct PagesArgs {
    /// Policy file [default: the nearest `coexist.toml`, from the current directory up to
    /// the root of the repository; without a repository, of the workspace]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How long a page can stay open, such as 24h, 7d or 0s [default: from the policy file,
    /// otherwise 24h]
    #[arg(long, value_name = "DURATION", value_parser = config::length, allow_hyphen_values = true)]
    page_lifetime: Option<Duration>,
}

impl PagesArgs {
    /// How long a page can stay open.
    pub(super) fn lifetime(&self) -> Result<Duration, Failure> {
        Ok(self.policy()?.page_lifetime)
    }

    /// The policy of the file, with the lifetime that is given.
    fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = self.file()?;
        policy.page_lifetime = self.page_lifetime.unwrap_or(policy.page_lifetime);
        Ok(policy)
    }

    fn file(&self) -> Result<Policy, Failure> {
        if let Some(path) = &self.config {
            return Ok(config::read(path, path)?);
        }
        let here = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
        match config::find(&here, config::has_lock_file) {
            Some(path) => {
                let shown = config::relative(&path, &here);
                Ok(config::read(&path, &shown)?)
            }
            None => Ok(Policy::default()),
        }
    }
}

impl PolicyArgs {
    /// The policy of the file, overridden by the options.
    pub(super) fn policy(&self) -> Result<Policy, Failure> {
        let levels = self.levels()?;
        let mut policy = self.pages.policy()?;
        policy.override_levels(levels);
        policy.rollout = self.strategy.unwrap_or(policy.rollout);
        policy.rollback = self.rollback.unwrap_or(policy.rollback);
        policy.today = Some(config::day_of(self.now.time()?));
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
