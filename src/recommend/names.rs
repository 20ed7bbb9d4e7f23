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
const NEAR: usize = 3;

/// The task of that name or alias.
pub fn find(name: &str) -> Option<&'static Task> {
    let wanted = key(name);
    tasks().iter().find(|task| keys(task).any(|key| key == wanted))
}

/// The names of the tasks that are spelt like this one, or have it in their name; the nearest first.
pub fn nearest(name: &str) -> Vec<&'static str> {
    let wanted = key(name);
    let mut near: Vec<(usize, &str)> = tasks()
        .iter()
        .filter_map(|task| {
            Some((
                keys(task).filter_map(|key| distance(&wanted, &key)).min()?,
                task.name.as_str(),
            ))
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(NEAR).map(|(_, name)| name).collect()
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

fn keys(task: &Task) -> impl Iterator<Item = String> {
    std::iter::once(&task.name).chain(&task.aliases).map(|name| key(name))
}

/// How far a name is from another: a part of it is near, a third of its letters may be wrong. `None` is too far.
fn distance(wanted: &str, key: &str) -> Option<usize> {
    const PART: usize = 4;
    if wanted.len().min(key.len()) >= PART && (key.contains(wanted) || wanted.contains(key)) {
        return Some(if key.starts_with(wanted) || wanted.starts_with(key) {
            0
        } else {
            1
        });
    }
    let distance = strsim::damerau_levenshtein(wanted, key);
    (distance <= wanted.chars().count() / 3).then_some(distance)
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
