//! Reads Rust source just far enough to say which paths it names.
//!
//! Comments, strings and lifetimes are passed over, `use` trees are spread out, and `self`, `super` and `crate` are
//! followed, through modules written in place as well. Macros' insides are read like everything else. It is no parser:
//! a renamed import (`use a as b`) is seen where it is imported, not where it is used.

/// A path as the source means it: `crate::…` for what is ours, the crate's name first for what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
}

impl Named {
    pub fn text(&self) -> String {
        self.path.join("::")
    }

    /// Whether this is `prefix` or something inside of it.
    pub fn is_in(&self, prefix: &str) -> bool {
        let prefix: Vec<_> = prefix.split("::").collect();
        self.path.len() >= prefix.len() && self.path.iter().zip(&prefix).all(|(ours, theirs)| ours == theirs)
    }

    pub fn ends_with(&self, suffix: &str) -> bool {
        let text = self.text();
        text == suffix || text.ends_with(&format!("::{suffix}"))
    }
}

/// Every path that `source`, the file of `module` (`crate::ui::theme`), names.
pub fn named(source: &str, module: &str) -> Vec<Named> {
    let tokens = tokens(source);
    let mut reader = Reader { tokens: &tokens, at: 0, found: Vec::new(), inside: Vec::new(), depth: 0 };
    reader.read();
    let home: Vec<String> = module.split("::").map(str::to_owned).collect();
    reader.found.into_iter().map(|(inside, path)| resolve(&home, &inside, path)).collect()
}

/// The lines of attributes that silence a lint instead of expecting it.
pub fn silenced(source: &str) -> Vec<usize> {
    let tokens = tokens(source);
    let attribute = |at: usize| match &tokens[..at] {
        [.., hash, open] if open.is('[') && hash.is('#') => true,
        [.., hash, bang, open] if open.is('[') && bang.is('!') && hash.is('#') => true,
        // Inside `cfg_attr(…, allow(…))`.
        [.., comma] => comma.is(','),
        [] => false,
    };
    let allow = |at: usize| tokens[at].word() == Some("allow") && tokens.get(at + 1).is_some_and(|next| next.is('('));
    (0..tokens.len()).filter(|&at| allow(at) && attribute(at)).map(|at| tokens[at].line).collect()
}

fn resolve(home: &[String], inside: &[String], found: Named) -> Named {
    let Named { path, line } = found;
    let mut module: Vec<String> = home.iter().chain(inside).cloned().collect();
    let path = match path.first().map(String::as_str) {
        Some("crate" | "inbetween") => [vec!["crate".to_owned()], path[1..].to_vec()].concat(),
        Some("self") => [module, path[1..].to_vec()].concat(),
        Some("super") => {
            let up = path.iter().take_while(|segment| *segment == "super").count();
            module.truncate(module.len().saturating_sub(up).max(1));
            [module, path[up..].to_vec()].concat()
        }
        _ => path,
    };
    Named { path, line }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Word(String),
    /// `::`
    Into,
    Mark(char),
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    line: usize,
}

impl Token {
    fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// Each path with the modules in place around it.
    found: Vec<(Vec<String>, Named)>,
    /// Modules in place, and the depth of braces each was opened at.
    inside: Vec<(String, usize)>,
    depth: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                Kind::Word(word) if word == "mod" => self.module(),
                Kind::Word(_) => self.tree(&[]),
                Kind::Mark('{') => {
                    self.depth += 1;
                    self.at += 1;
                }
                Kind::Mark('}') => {
                    self.depth = self.depth.saturating_sub(1);
                    self.inside.retain(|&(_, opened)| opened < self.depth + 1);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// `mod name {` or `mod name;`
    fn module(&mut self) {
        let next = |offset: usize| self.tokens.get(self.at + offset);
        if let (Some(name), Some(open)) = (next(1).and_then(Token::word), next(2))
            && open.is('{')
        {
            self.inside.push((name.to_owned(), self.depth + 1));
            self.depth += 1;
        }
        self.at += 3;
    }

    /// One path, or the part of a `use` tree below `stem`.
    fn tree(&mut self, stem: &[String]) {
        let mut path = stem.to_vec();
        let line = self.tokens[self.at].line;
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                // `{self}` names the stem itself.
                Kind::Word(word) if word == "self" && !path.is_empty() => {}
                Kind::Word(word) => path.push(word.clone()),
                Kind::Mark('*') if !path.is_empty() => path.push("*".to_owned()),
                Kind::Mark('{') if !path.is_empty() => return self.branches(&path),
                _ => break,
            }
            self.at += 1;
            if self.tokens.get(self.at).is_none_or(|next| next.kind != Kind::Into) {
                break;
            }
            self.at += 1;
        }
        let inside = self.inside.iter().map(|(name, _)| name.clone()).collect();
        self.found.push((inside, Named { path, line }));
    }

    fn branches(&mut self, stem: &[String]) {
        self.at += 1;
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                Kind::Mark('}') => {
                    self.at += 1;
                    return;
                }
                Kind::Word(word) if word == "as" => self.at += 2,
                Kind::Word(_) | Kind::Mark('*') => self.tree(stem),
                _ => self.at += 1,
            }
        }
    }
}

fn tokens(source: &str) -> Vec<Token> {
    let letters: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while at < letters.len() {
        let (kind, end) = token(&letters, at);
        if let Some(kind) = kind {
            found.push(Token { kind, line });
        }
        line += letters[at..end].iter().filter(|&&letter| letter == '\n').count();
        at = end;
    }
    found
}

/// What stands at `at`, and where the next thing begins.
fn token(letters: &[char], at: usize) -> (Option<Kind>, usize) {
    let peek = |offset: usize| letters.get(at + offset).copied().unwrap_or('\0');
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    match (letters[at], peek(1)) {
        ('/', '/') => (None, find(letters, at, |letter| letter == '\n')),
        ('/', '*') => (None, comment_end(letters, at)),
        ('"', _) => (Some(Kind::Mark('"')), text_end(letters, at + 1)),
        (':', ':') => (Some(Kind::Into), at + 2),
        ('\'', '\\') => (None, find(letters, at + 3, |letter| letter == '\'') + 1),
        ('\'', _) if peek(2) == '\'' => (None, at + 3),
        // A lifetime or a label.
        ('\'', _) => (None, find(letters, at + 1, |letter| !part(letter))),
        ('r', '#') if part(peek(2)) => token(letters, at + 2),
        ('r' | 'b' | 'c', _) if let Some(end) = prefixed_text_end(letters, at) => (Some(Kind::Mark('"')), end),
        (letter, _) if letter.is_ascii_digit() => (Some(Kind::Mark('0')), find(letters, at, |letter| !part(letter))),
        (letter, _) if part(letter) => {
            let end = find(letters, at, |letter| !part(letter));
            (Some(Kind::Word(letters[at..end].iter().collect())), end)
        }
        (letter, _) if letter.is_whitespace() => (None, at + 1),
        (letter, _) => (Some(Kind::Mark(letter)), at + 1),
    }
}

fn find(letters: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    (from..letters.len()).find(|&at| stop(letters[at])).unwrap_or(letters.len())
}

fn text_end(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(letters.len())
}

/// The end of `r"…"`, `r#"…"#`, `b"…"`, `c"…"` and their mixtures, if one begins here.
fn prefixed_text_end(letters: &[char], at: usize) -> Option<usize> {
    let hashes_at = find(letters, at, |letter| !matches!(letter, 'r' | 'b' | 'c'));
    let quote = find(letters, hashes_at, |letter| letter != '#');
    let raw = letters[at..hashes_at].contains(&'r');
    let hashes = quote - hashes_at;
    if hashes_at - at > 2 || letters.get(quote) != Some(&'"') || (hashes > 0 && !raw) {
        return None;
    }
    if !raw {
        return Some(text_end(letters, quote + 1));
    }
    let closes =
        |end: usize| letters[end..].iter().take(hashes + 1).eq(std::iter::once(&'"').chain(vec![&'#'; hashes]));
    (quote + 1..letters.len()).find(|&end| closes(end)).map(|end| end + hashes + 1)
}

/// Block comments nest.
fn comment_end(letters: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at + 1 < letters.len() {
        match (letters[at], letters[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    letters.len()
}
