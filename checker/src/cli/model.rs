//! The flags that say how the app is deployed and used, of every command that simulates.

use std::collections::BTreeMap;
use std::time::Duration;

use super::exit::Failure;
use crate::config;
use crate::simulate::{Canary, Parameters};

/// What is to be simulated, apart from what the policy says.
#[derive(Debug, clap::Args)]
pub(super) struct ModelArgs {
    /// How many nodes the app has.
    #[arg(long, value_name = "N", default_value_t = Parameters::default().nodes, allow_negative_numbers = true)]
    nodes: u32,
    /// How long the roll takes.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = config::length, allow_hyphen_values = true)]
    roll: Duration,
    /// Submissions per second, of all forms together.
    #[arg(long, value_name = "N", default_value_t = Parameters::default().rate, allow_negative_numbers = true)]
    rate: f64,
    /// Submissions per second of one form, out of those of all; may be repeated.
    #[arg(long = "form", value_name = "ID=RATE", value_parser = form_rate)]
    form_rates: Vec<(String, f64)>,
    /// How long half of the pages are open before they are submitted.
    #[arg(long, value_name = "TIME", default_value = "1m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_median: Duration,
    /// How long 95 of 100 pages are.
    #[arg(long, value_name = "TIME", default_value = "20m", value_parser = config::length, allow_hyphen_values = true)]
    dwell_p95: Duration,
    /// Sessions stay at their node while it serves the page's build.
    #[arg(long)]
    sticky: bool,
    /// Replace this share of the nodes first, and wait.
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_hyphen_values = true)]
    canary: Option<f64>,
    /// How long to wait.
    #[arg(
        long,
        value_name = "TIME",
        default_value = "10m",
        value_parser = config::length,
        allow_hyphen_values = true,
        requires = "canary"
    )]
    canary_for: Duration,
    /// Roll back then, counted from the beginning of the release.
    #[arg(long, value_name = "TIME", value_parser = config::length, allow_hyphen_values = true)]
    rollback_at: Option<Duration>,
}

impl ModelArgs {
    /// The parameters, with so many draws for the sample.
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

/// Reads a share: `5%`.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').map(str::trim);
    let number = number.and_then(|number| number.parse::<f64>().ok());
    number
        .filter(|number| number.is_finite())
        .map(|number| number / 100.0)
        .ok_or_else(|| {
            format!("`{text}` is no share: write a number and a percent sign, as in `5%`")
        })
}

/// Reads the rate of a form: `importer::pages::upload_page=2.5`.
fn form_rate(text: &str) -> Result<(String, f64), String> {
    let parts = text.rsplit_once('=');
    let parts = parts.and_then(|(id, rate)| Some((id.trim(), rate.trim().parse().ok()?)));
    match parts {
        Some((id, rate)) if !id.is_empty() => Ok((id.to_owned(), rate)),
        _ => Err(format!(
            "`{text}` is no form with its rate: write its id and submissions per second, as in \
             `app::pages::upload_page=2.5`"
        )),
    }
}
