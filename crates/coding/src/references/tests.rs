//! The lists hold together.

use super::gender;

#[test]
fn titles_and_given_names_tell() {
    assert_eq!(gender::of_title("Mrs."), Some(gender::Gender::She));
    assert_eq!(gender::of_given_name("Zabihullah"), Some(gender::Gender::He));
    assert_eq!(gender::of_given_name("MARYAM"), Some(gender::Gender::She));
    assert_eq!(gender::of_given_name("Islamabad"), None);
}
