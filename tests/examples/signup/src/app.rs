//! The app's routes, and where they are mounted.

use rocket::{Build, Config, Rocket, catchers, routes};

use crate::events::Events;
#[cfg(feature = "group-handler")]
use crate::groups;
use crate::help::Help;
use crate::store::Store;
use crate::{errors, events, help, pages, signups};

/// The app, without any sign-up yet.
pub(crate) fn app(config: Config) -> Rocket<Build> {
    let app = rocket::custom(config)
        .manage(Store::default())
        .register("/", catchers![errors::any])
        .mount("/", routes![pages::home])
        .mount(Help::PATH, routes![help::help])
        .mount(
            Events::PATH,
            routes![
                events::list,
                events::show,
                signups::sign_up,
                signups::cancel
            ],
        );
    #[cfg(feature = "group-handler")]
    let app = app.mount(
        Events::PATH,
        routes![groups::group_page, groups::sign_up_group],
    );
    app
}
