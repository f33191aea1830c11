//! Word lists that several readers of values use.

use crate::extract::phrases::word_list;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that may follow a finished position or number.
pub(crate) static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| word_list(include_str!("../data/function_words.txt")));

/// Words after `first`, `a third` … that show that something else is counted.
pub(super) static NOT_COUNTED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| word_list(include_str!("../data/not_counted.txt")));

/// Words before `half` that make it a time or a place: `the first half`, `the lower half`.
pub(super) static BEFORE_HALF: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| word_list(include_str!("../data/before_half.txt")));

/// Words after `half` that make it half of something that is no market: `half a million`, `half full`.
pub(super) static AFTER_HALF: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| word_list(include_str!("../data/after_half.txt")));
