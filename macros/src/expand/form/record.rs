//! The parts that the records of all forms have in common.

use coexist_source::encoding::Encoding;

use super::page::Pages;
use crate::expand::record::Record;
use crate::form::model::Form;

/// Writes a record up to the list of targets.
pub(super) fn begin(record: &mut Record, form: &Form, name: Option<&str>) {
    record.push("\"form\":{");
    record.id(&form.item, name);
    record.push(",");
    record.lifespan(&form.lifespan);
    record.push(",\"posts_to\":[");
}

/// Writes what follows the list of targets, up to the fields.
pub(super) fn end(record: &mut Record, form: &Form, pages: &Pages<'_>, encoding: Option<Encoding>) {
    pages.write(record);
    record.encoding(encoding);
    record.source(form.item.span());
}
