//! Buttons that submit a form, each on its own.

use super::shown;

fn each_is(cases: &[(&str, &[&str])]) {
    for (inner, expected) in cases {
        let page = format!("<form method=post action=/a>{inner}</form>");
        assert_eq!(shown(&page), *expected, "{inner}");
    }
}

#[test]
fn a_button_is_sent_when_it_is_clicked() {
    each_is(&[
        ("<button name=a value=1>", &["form POST /a urlencoded: a=1"]),
        (
            "<button name=a>x</button>",
            &["form POST /a urlencoded: a="],
        ),
        (
            "<button name=a value=1></button><button name=a value=2></button>",
            &["form POST /a urlencoded: a=1|2"],
        ),
        (
            "<button name=a value=1></button><button>x</button>",
            &["form POST /a urlencoded: a?=1"],
        ),
        (
            "<button name=a value=1></button><input type=submit name=b value=2>",
            &["form POST /a urlencoded: a?=1 b?=2"],
        ),
        (
            "{% maybe %}<button name=a value=1></button>{% end %}",
            &["form POST /a urlencoded: a?=1"],
        ),
        (
            "<input type=submit name=a>",
            &["form POST /a urlencoded: a"],
        ),
        (
            "<input type=image name=a>",
            &["form POST /a urlencoded: a.x=.. a.y=.."],
        ),
        (
            "<input type=image><button>x</button>",
            &["form POST /a urlencoded: x?=.. y?=.."],
        ),
    ]);
}

#[test]
fn a_button_that_goes_elsewhere_is_a_form_of_its_own() {
    each_is(&[
        (
            "<input name=a><button>x</button><button formaction=/b name=c value=1>",
            &[
                "form POST /a urlencoded: a",
                "button POST /b urlencoded: a c=1",
            ],
        ),
        (
            "<input name=a><button formaction=/b>x</button><button formaction=/c>y</button>",
            &[
                "button POST /b urlencoded: a",
                "button POST /c urlencoded: a",
            ],
        ),
        (
            "<button>x</button><button formmethod=get>y</button>",
            &["form POST /a urlencoded: ", "button GET /a query: "],
        ),
        (
            "<button>x</button><button formenctype=multipart/form-data>y</button>",
            &["form POST /a urlencoded: ", "button POST /a multipart: "],
        ),
        (
            "<button>x</button><button formmethod=dialog name=b>y</button>",
            &["form POST /a urlencoded: "],
        ),
        ("<button formaction=https://x.y>x</button>", &[]),
        (
            "{% maybe %}<button formaction=/b>x</button>{% end %}",
            &["form POST /a urlencoded: ", "button POST /b urlencoded: "],
        ),
        (
            "{% maybe %}<input name=a><button formaction=/b>x</button>{% end %}<button>y</button>",
            &[
                "form POST /a urlencoded: a?",
                "button POST /b urlencoded: a",
            ],
        ),
        (
            "<input type=checkbox name=a required><button formaction=/b formnovalidate></button><button></button>",
            &[
                "form POST /a urlencoded: a=on",
                "button POST /b urlencoded: a?=on",
            ],
        ),
    ]);
}
