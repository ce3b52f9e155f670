//! Closed sets of words: an enum whose variants each have a word, declared in one list.

/// Declares an enum with the word of each variant beside it, so that no list of either can miss one.
macro_rules! worded {
    ($(#[$outer:meta])* $vis:vis enum $name:ident {
        $($(#[$inner:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$outer])*
        $vis enum $name { $($(#[$inner])* $variant,)+ }

        #[allow(dead_code, reason = "not every set is listed, looked up and shown")]
        impl $name {
            /// Every one, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it in lists, files and answers.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one of this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == word)
            }
        }
    };
}
