//! The lists hold together.

use super::{gender, parties};

#[test]
fn titles_and_given_names_tell() {
    assert_eq!(gender::of_title("Mrs."), Some(gender::Gender::She));
    assert_eq!(gender::of_given_name("Zabihullah"), Some(gender::Gender::He));
    assert_eq!(gender::of_given_name("MARYAM"), Some(gender::Gender::She));
    assert_eq!(gender::of_given_name("Islamabad"), None);
}

#[test]
fn tables_are_read_by_their_header() {
    super::check().expect("the tables that come along are sound");
    let refused = |message: String, word: &str| assert!(message.contains(word), "{message}");
    refused(gender::names("m\tAbbas; Omar\n").expect_err("no header").to_string(), "`gender` is missing");
    refused(gender::names("gender\tnames\nx\tKim\n").expect_err("no gender").to_string(), "`x`");
    refused(parties::kinds("group\tfaction\n").expect_err("no header").to_string(), "`kind` is missing");
    refused(parties::kinds("kind\twords\ncrowd\tmob\n").expect_err("no kind").to_string(), "`crowd`");
}
