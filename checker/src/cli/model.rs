//! The options that say how the app is deployed and used, of the commands that simulate.

use std::collections::BTreeMap;
use std::time::Duration;

use super::failure::Failure;
use crate::config;
use crate::simulate::{Canary, Parameters};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Rollout and traffic")]
pub(super) struct ModelArgs {
    /// Number of nodes
    #[arg(long, value_name = "N", default_value_t = Parameters::default().nodes, allow_negative_numbers = true)]
    nodes: u32,
    /// Duration of the rollout
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = config::length, allow_hyphen_values = true)]
    roll: Duration,
    /// Submissions per second of all forms together
    #[arg(long, value_name = "N", default_value_t = Parameters::default().rate, allow_negative_numbers = true)]
    rate: f64,
    /// Submissions per second of one form (such as `importer::pages::upload_csv=5`), out of
    /// `--rate` (repeatable)
    #[arg(long = "form", value_name = "ID=RATE", value_parser = form_rate)]
    form_rates: Vec<(String, f64)>,
    /// Median time from opening a page to submitting its form
    #[arg(long, value_name = "DURATION", default_value = "1m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_median: Duration,
    /// 95th percentile of the time from opening a page to submitting its form
    #[arg(long, value_name = "DURATION", default_value = "20m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_p95: Duration,
    /// Keep each session on one node until that node is replaced
    #[arg(long)]
    sticky: bool,
    /// Percentage of nodes to replace first, such as `5%`
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_hyphen_values = true)]
    canary: Option<f64>,
    /// How long to wait after replacing the canary nodes
    #[arg(
        long,
        value_name = "DURATION",
        default_value = "10m",
        value_parser = config::length,
        allow_hyphen_values = true,
        requires = "canary"
    )]
    canary_for: Duration,
    /// Roll back this long after the start of the rollout
    #[arg(long, value_name = "DURATION", value_parser = config::length, allow_hyphen_values = true)]
    rollback_at: Option<Duration>,
}

impl ModelArgs {
    /// The parameters of the simulation, with a sample of `samples` submissions.
    pub(super) fn parameters(&self, samples: u64) -> Result<Parameters, Failure> {
        let mut form_rates = BTreeMap::new();
        for (id, rate) in &self.form_rates {
            if form_rates.insert(id.clone(), *rate).is_some() {
                return Err(Failure::TwoRates { id: id.clone() });
            }
        }
        Ok(Parameters {
            nodes: self.nodes,
            roll: self.roll,
            rate: self.rate,
            form_rates,
            dwell_median: self.dwell_median,
            dwell_p95: self.dwell_p95,
            sticky: self.sticky,
            canary: self.canary.map(|share| Canary {
                share,
                hold: self.canary_for,
            }),
            rollback_at: self.rollback_at,
            samples,
        })
    }
}

/// Reads a percentage, such as `5%`, as a share of 1.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').map(str::trim);
    let number = number.and_then(|number| number.parse::<f64>().ok());
    number
        .filter(|number| number.is_finite())
        .map(|number| number / 100.0)
        .ok_or_else(|| {
            format!("`{text}` is not a percentage: write a number and a percent sign, such as `5%`")
        })
}

/// Reads the rate of a form: `importer::pages::upload_page=2.5`.
fn form_rate(text: &str) -> Result<(String, f64), String> {
    let parts = text.rsplit_once('=');
    let parts = parts.and_then(|(id, rate)| Some((id.trim(), rate.trim().parse().ok()?)));
    match parts {
        Some((id, rate)) if !id.is_empty() => Ok((id.to_owned(), rate)),
        _ => Err(format!(
            "`{text}` is not a form and its rate: write the form's id and its submissions per second, \
             such as `app::pages::upload_page=2.5`"
        )),
    }
}
