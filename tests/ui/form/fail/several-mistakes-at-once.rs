use coexist::form;

#[form(posts_to = ["POST billing", "get /billing"], since = "1", until = 2, encoding = "xml", send = u8)]
fn six() {}

#[form(name = "", encoding = "json", encoding = "json", sends = "u8")]
trait AndOnTheWrongItem {}

fn main() {}
