//! The app's handlers, in the order in which actix-web asks them.

use actix_web::web::{self, FormConfig, PathConfig, QueryConfig, ServiceConfig};

use crate::admin::{self, Admin};
use crate::errors::{Problem, not_there};
#[cfg(feature = "import-handler")]
use crate::import::{import, import_page};
use crate::{entries, pages};

/// An import may be long; all other forms are short.
const LONGEST_FORM: usize = 1 << 20;

pub(crate) fn configure(app: &mut ServiceConfig) {
    app.app_data(
        FormConfig::default()
            .limit(LONGEST_FORM)
            .error_handler(|error, _| Problem::from_extractor(&error)),
    )
    .app_data(QueryConfig::default().error_handler(|error, _| Problem::from_extractor(&error)))
    .app_data(PathConfig::default().error_handler(|_, _| entries::no_such_entry().into()))
    .service(pages::home)
    .service(entries::find)
    .service(entries::sign)
    .service(entries::show)
    .service(
        web::scope(Admin::PATH)
            .service(admin::overview)
            .service(admin::confirm)
            .service(admin::delete),
    );
    #[cfg(feature = "import-handler")]
    app.service(import_page).service(import);
    app.default_service(web::to(not_there));
}
