use coexist::handler;

#[handler(POST "/a", since = "1.0.0", accepts = "CsvImport")]
fn a_string() {}

#[handler(POST "/b", since = "1.0.0", accepts = 1)]
fn a_number() {}

#[handler(POST "/c", since = "1.0.0", accepts = [CsvImport, XmlImport])]
fn a_list() {}

#[handler(POST "/d", since = "1.0.0", accepts = CsvImport { file_name })]
fn an_expression() {}

fn main() {}
