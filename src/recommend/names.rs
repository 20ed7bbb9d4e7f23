//! Which task a name means, however it is spelt, and which ones are near to it.

use super::{Task, tasks};

/// Words that people put after a task's name and that say nothing more.
const FILLERS: [&str; 8] = [
    "classification",
    "classifier",
    "clf",
    "problem",
    "task",
    "model",
    "loss",
    "network",
];

/// How many near names are told.
const MOST_NEAR: usize = 3;

/// The task of that name or alias.
pub fn find(name: &str) -> Option<&'static Task> {
    let wanted = key(name);
    tasks()
        .iter()
        .find(|task| spellings(task).any(|spelling| key(spelling) == wanted))
}

/// The names of the tasks that are spelt like this one, or have it in their name; the nearest first.
pub fn nearest(name: &str) -> Vec<&'static str> {
    let spellings = tasks().iter().flat_map(spellings).map(String::as_str);
    let mut near: Vec<&str> = Vec::new();
    for task in crate::nearest::nearest(spellings, &key(name))
        .into_iter()
        .filter_map(find)
    {
        if !near.contains(&task.name.as_str()) {
            near.push(&task.name);
        }
    }
    near.truncate(MOST_NEAR);
    near
}

/// What is compared: letters and digits in lower case, without fillers at the end.
pub fn key(name: &str) -> String {
    let mut key: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    while let Some(filler) = FILLERS
        .iter()
        .find(|filler| key.len() > filler.len() && key.ends_with(**filler))
    {
        key.truncate(key.len() - filler.len());
    }
    key
}

fn spellings(task: &Task) -> impl Iterator<Item = &String> {
    std::iter::once(&task.name).chain(&task.aliases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_separators_and_fillers_make_no_difference() {
        for name in [
            "binary_clf",
            "Binary-Classification",
            "BINARY classifier",
            "binaryclassification task",
            "binary",
        ] {
            assert_eq!(key(name), "binary", "{name}");
        }
        assert_eq!(key("clf"), "clf");
        assert_eq!(key("Multi-Label"), "multilabel");
        assert_eq!(key(" ?! "), "");
    }
}
