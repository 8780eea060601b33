//! The search in prompts: whatever is typed in capitals or not, over thousands of rows at once.

/// What is searched for, and the prompts as they are compared with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    text: String,
    needle: String,
    /// The prompts without capitals, by their rows' places. Made when something is searched for.
    prompts: Option<Vec<String>>,
}

impl Search {
    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything that holds these words holds the present ones.
    pub fn is_narrowed_by(&self, text: &str) -> bool {
        folded(text.trim()).contains(&self.needle)
    }

    /// Searches for another text from now on, in these prompts.
    pub fn set<'a>(&mut self, text: String, prompts: impl Iterator<Item = &'a str>) {
        self.needle = folded(text.trim());
        self.text = text;
        if !self.needle.is_empty() && self.prompts.is_none() {
            self.prompts = Some(prompts.map(folded).collect());
        }
    }

    /// The rows are others, or lie elsewhere.
    pub fn reload<'a>(&mut self, prompts: impl Iterator<Item = &'a str>) {
        self.prompts = (!self.needle.is_empty()).then(|| prompts.map(folded).collect());
    }

    /// One row is another.
    pub fn change(&mut self, place: usize, prompt: &str) {
        if let Some(known) = self.prompts.as_mut().and_then(|prompts| prompts.get_mut(place)) {
            *known = folded(prompt);
        }
    }

    /// Whether the row at this place holds what is searched for.
    pub fn accepts(&self, place: usize) -> bool {
        self.needle.is_empty()
            || self.prompts.as_ref().and_then(|prompts| prompts.get(place)).is_some_and(|it| it.contains(&self.needle))
    }
}

/// The text without capitals.
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'A'..='Z' => plain.push(letter.to_ascii_lowercase()),
            // Scripts without capitals, of which there are long prompts: no table is asked.
            '\0'..='\x7f' | '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7a3}' => plain.push(letter),
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_make_no_difference_in_any_script() {
        for (text, plain) in
            [("Mist LIFTS", "mist lifts"), ("ÄRMEL Ωmega Ж", "ärmel ωmega ж"), ("湖面起雾 Ａ 한국", "湖面起雾 ａ 한국")]
        {
            assert_eq!(folded(text), plain);
            assert_eq!(folded(text), text.to_lowercase());
        }
    }

    #[test]
    fn rows_are_found_as_they_change() {
        let prompts = ["Mist lifts", "Rain"];
        let mut search = Search::default();
        assert!(search.accepts(0) && search.accepts(1));
        search.set(" MIST ".to_owned(), prompts.into_iter());
        assert_eq!((search.text(), search.accepts(0), search.accepts(1)), (" MIST ", true, false));
        assert!(search.is_narrowed_by("mist l") && !search.is_narrowed_by("mis"));
        search.change(1, "Mist again");
        assert!(search.accepts(1));
        search.reload(["Rain"].into_iter());
        assert!(!search.accepts(0));
    }
}
