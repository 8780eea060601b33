//! The app's own words: one Fluent catalogue a language, in `assets/words`, and which of them is spoken.
//!
//! Any part of the program may name this one. English is spoken until somebody chooses, so the library and its tests
//! speak English whatever the system does; the window and the command line choose at their start. A sentence is made in
//! the language that is spoken then: what is stored in a row stays as it was said, and nothing reads a sentence.
//!
//! Numbers, money and file sizes are handed in as texts, written the same in every language. Log messages, panics, the
//! help of the command line and the words of the contract are English and stand in the code.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{DesktopLanguageRequester, LanguageLoader as _};
use rust_embed::RustEmbed;

use crate::domain::settings::Language;

/// The app's word or sentence of this id, in the language that is spoken: `words!("clips", count = count)`.
///
/// The id and the names of the arguments are checked against the English catalogue when the program is built.
#[macro_export]
macro_rules! words {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        ::i18n_embed_fl::fl!($crate::words::loader(), $id $(, $name = ($value))*)
    };
}

/// The domain of the catalogues: the name of their files.
const DOMAIN: &str = "inbetween";

#[derive(RustEmbed)]
#[folder = "assets/words"]
struct Catalogues;

/// A language the app speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    English,
    SimplifiedChinese,
}

static ENGLISH: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("en"));
static SIMPLIFIED_CHINESE: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("zh-CN"));

/// Each language has a loader of its own, so that a switch is one store: no other thread sees half of it.
static CHINESE_IS_SPOKEN: AtomicBool = AtomicBool::new(false);

/// Speaks this language from now on, in the whole process.
pub fn choose(language: Language) {
    let spoken = match language {
        Language::English => Spoken::English,
        Language::SimplifiedChinese => Spoken::SimplifiedChinese,
        Language::System => of_system(&DesktopLanguageRequester::requested_languages()),
    };
    CHINESE_IS_SPOKEN.store(spoken == Spoken::SimplifiedChinese, Ordering::Relaxed);
}

/// The catalogue of the language that is spoken. [`words!`] asks it.
#[must_use]
pub fn loader() -> &'static FluentLanguageLoader {
    match spoken() {
        Spoken::English => &ENGLISH,
        Spoken::SimplifiedChinese => &SIMPLIFIED_CHINESE,
    }
}

/// The language that is spoken now: what was laid out in another one is laid out again.
#[must_use]
pub fn spoken() -> Spoken {
    if CHINESE_IS_SPOKEN.load(Ordering::Relaxed) { Spoken::SimplifiedChinese } else { Spoken::English }
}

/// A list in running words: "1", "1 and 3", "1, 2 and 3".
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => {
            let rest = rest.join(&words!("list-comma"));
            words!("list-and", rest = rest, last = last)
        }
    }
}

/// The first of the wanted languages that the app speaks.
fn of_system(wanted: &[LanguageIdentifier]) -> Spoken {
    wanted.iter().find_map(of_language).unwrap_or(Spoken::English)
}

fn of_language(wanted: &LanguageIdentifier) -> Option<Spoken> {
    let is = |part: Option<&str>, names: &[&str]| part.is_some_and(|part| names.contains(&part));
    let region = wanted.region.as_ref().map(i18n_embed::unic_langid::subtags::Region::as_str);
    let script = wanted.script.as_ref().map(i18n_embed::unic_langid::subtags::Script::as_str);
    match wanted.language.as_str() {
        "en" => Some(Spoken::English),
        // Who asks for the traditional script reads the next language of the list rather than the simplified one.
        "zh" if is(script, &["Hant"]) || (script.is_none() && is(region, &["HK", "MO", "TW"])) => None,
        "zh" => Some(Spoken::SimplifiedChinese),
        _ => None,
    }
}

/// One language, and English for what it lacks.
fn load(language: &str) -> FluentLanguageLoader {
    let named = |name: &str| name.parse::<LanguageIdentifier>().expect("the catalogues are named by language");
    let loader = FluentLanguageLoader::new(DOMAIN, named("en"));
    loader.load_languages(&Catalogues, &[named(language)]).expect("the catalogues are part of the program");
    // The marks around arguments are for text of both directions; where a font lacks them they show as boxes.
    loader.set_use_isolating(false);
    loader
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(languages: &[&str]) -> Spoken {
        of_system(&languages.iter().map(|name| name.parse().unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn the_first_wanted_language_that_is_spoken_is_taken() {
        assert_eq!(system(&[]), Spoken::English);
        assert_eq!(system(&["en-GB"]), Spoken::English);
        assert_eq!(system(&["zh-CN"]), Spoken::SimplifiedChinese);
        assert_eq!(system(&["zh"]), Spoken::SimplifiedChinese);
        assert_eq!(system(&["zh-Hans-HK"]), Spoken::SimplifiedChinese);
        assert_eq!(system(&["zh-SG"]), Spoken::SimplifiedChinese);
        assert_eq!(system(&["de-DE", "zh-CN", "en-US"]), Spoken::SimplifiedChinese);
        assert_eq!(system(&["de-DE", "en-US", "zh-CN"]), Spoken::English);
        assert_eq!(system(&["de-DE"]), Spoken::English);
    }

    #[test]
    fn the_traditional_script_is_not_taken_for_the_simplified() {
        assert_eq!(system(&["zh-TW"]), Spoken::English);
        assert_eq!(system(&["zh-Hant", "zh-CN"]), Spoken::SimplifiedChinese);
    }

    #[test]
    fn english_is_spoken_until_somebody_chooses() {
        assert_eq!(words!("list-and", rest = "1", last = "3"), "1 and 3");
        assert_eq!(listed(&["1", "2", "3"].map(str::to_owned)), "1, 2 and 3");
        assert_eq!(listed(&["1".to_owned()]), "1");
    }
}
