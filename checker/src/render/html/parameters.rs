//! The policy and the parameters that the report was made with.

use maud::{Markup, html};

use super::page::Page;
use crate::model::Rollout;
use crate::render::policy::contents;
use crate::simulate::time::shown;
use crate::support::text::plural;

pub(super) fn section(page: &Page<'_>) -> Markup {
    let (policy, model) = (page.policy, page.model);
    let parameters = model.parameters();
    let strategy = match policy.rollout {
        Rollout::Rolling => "rolling: node by node",
        Rollout::BlueGreen => "blue-green: all nodes at once",
        Rollout::Pinned => "pinned: pages go to nodes of their own build while there are any",
    };
    html! {
        dl {
            @if let Some(file) = &policy.file {
                (item("policy file", &format!("{} ({})", file.path, contents(file))))
            }
            (item("strategy", strategy))
            (item("a page is open for", &format!("{} at most", shown(policy.page_lifetime))))
            (item("the release may be rolled back", if policy.rollback { "yes" } else { "no" }))
            (item("nodes", &parameters.nodes.to_string()))
            (item("the rollout takes", &shown(parameters.roll)))
            @if let Some(canary) = parameters.canary {
                @let nodes = plural(model.canary_nodes() as usize, "node");
                (item("canary", &format!("{nodes}, for {}", shown(canary.hold))))
            }
            @if let Some(at) = parameters.rollback_at { (item("rolled back after", &shown(at))) }
            (item("submissions per second", &parameters.rate.to_string()))
            @for (id, rate) in &parameters.form_rates { (item(&format!("of these, {id}"), &rate.to_string())) }
            (item("half of the pages are open for", &format!("{} at most", shown(parameters.dwell_median))))
            (item("95 of 100 pages are open for", &format!("{} at most", shown(parameters.dwell_p95))))
            (item("sessions stay at their node", if parameters.sticky { "yes" } else { "no" }))
            @if let (false, Some(today)) = (policy.waivers.is_empty(), policy.today) {
                (item("waivers as of", &today.to_string()))
            }
        }
    }
}

fn item(what: &str, value: &str) -> Markup {
    html! { div { dt { (what) } dd { (value) } } }
}
