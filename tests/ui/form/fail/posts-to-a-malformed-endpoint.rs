use coexist::form;

#[form(posts_to = "/billing", since = "1.0.0")]
fn without_a_method() {}

#[form(posts_to = "POST", since = "1.0.0")]
fn without_a_path() {}

#[form(posts_to = "post /billing", since = "1.0.0")]
fn in_lower_case() {}

#[form(posts_to = "SEND /billing", since = "1.0.0")]
fn no_method() {}

#[form(posts_to = "POST billing", since = "1.0.0")]
fn without_a_slash() {}

#[form(posts_to = "POST  /billing", since = "1.0.0")]
fn two_spaces() {}

#[form(posts_to = " POST /billing", since = "1.0.0")]
fn a_space_before() {}

#[form(posts_to = "POST /billing/{id", since = "1.0.0")]
fn a_broken_parameter() {}

#[form(posts_to = "POST ftp://billing.example/", since = "1.0.0")]
fn another_scheme() {}

#[form(posts_to = "POST https://Billing.example/", since = "1.0.0")]
fn a_host_in_capitals() {}

#[form(posts_to = "POST https://billing.example:8443/", since = "1.0.0")]
fn a_host_with_a_port() {}

#[form(posts_to = "POST https://{tenant}.example/", since = "1.0.0")]
fn a_host_with_a_parameter() {}

#[form(posts_to = "POST https:///billing", since = "1.0.0")]
fn a_host_without_a_name() {}

#[form(posts_to = "", since = "1.0.0")]
fn empty() {}

#[form(posts_to = "import", since = "1.0.0")]
fn a_name_in_quotes() {}

#[form(posts_to = ["POST /a", "POST b", "c"], since = "1.0.0")]
fn in_a_list() {}

fn main() {}
