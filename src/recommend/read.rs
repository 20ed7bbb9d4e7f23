//! The data as it is compiled in, read once. Tests read every part of it, so that none can fail when the program runs.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Framework, Recipe, Task, spec};

const TASKS: [&str; 2] = [include_str!("tasks.toml"), include_str!("further.toml")];
const KERAS: &str = include_str!("keras/recipes.toml");
const PYTORCH: &str = include_str!("pytorch/recipes.toml");

macro_rules! code {
    ($($task:literal),+ $(,)?) => {
        /// The code of each task, for each framework.
        const CODE: &[(&str, Framework, &str)] = &[
            $(
                ($task, Framework::Keras, include_str!(concat!("keras/", $task, ".py"))),
                ($task, Framework::Pytorch, include_str!(concat!("pytorch/", $task, ".py"))),
            )+
        ];
    };
}

code! {
    "regression", "regression_outlier", "binary_clf", "multiclass", "multiclass_large", "multilabel", "detection",
    "imbalanced_binary", "imbalanced_multiclass", "imbalanced_multilabel", "ordinal", "count", "quantile", "segmentation",
    "segmentation_multiclass", "metric_learning", "autoencoder",
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tasks {
    task: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipes {
    recipe: Vec<Recipe>,
}

/// All tasks: those of the reference guide in its order, then the others.
pub fn tasks() -> &'static [Task] {
    static ALL: OnceLock<Vec<Task>> = OnceLock::new();
    ALL.get_or_init(|| read().unwrap_or_default())
}

fn read() -> Result<Vec<Task>, toml::de::Error> {
    let mut tasks = Vec::new();
    for text in TASKS {
        tasks.extend(toml::from_str::<Tasks>(text)?.task);
    }
    for (framework, text) in [(Framework::Keras, KERAS), (Framework::Pytorch, PYTORCH)] {
        for mut recipe in toml::from_str::<Recipes>(text)?.recipe {
            let Some(task) = tasks.iter_mut().find(|task| task.name == recipe.task) else {
                continue;
            };
            recipe.code = code(&task.name, framework);
            spec::add(task, framework, &mut recipe);
            task.frameworks.insert(framework, recipe);
        }
    }
    Ok(tasks)
}

fn code(task: &str, framework: Framework) -> &'static str {
    let mut all = CODE.iter();
    all.find(|(name, of, _)| *name == task && *of == framework)
        .map_or("", |(_, _, code)| code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_data_is_well_formed() {
        if let Err(error) = read() {
            panic!("{error}");
        }
    }

    #[test]
    fn every_task_has_one_recipe_for_each_framework_and_every_recipe_a_task() {
        let names: BTreeMap<&str, usize> = tasks().iter().map(|task| (task.name.as_str(), 1)).collect();
        assert_eq!(names.len(), tasks().len(), "a task stands twice");
        for text in [KERAS, PYTORCH] {
            let mut recipes: BTreeMap<&str, usize> = BTreeMap::new();
            let file: Recipes = toml::from_str(text).expect("recipes");
            for recipe in &file.recipe {
                *recipes.entry(recipe.task.as_str()).or_default() += 1;
            }
            assert_eq!(recipes, names);
        }
    }

    #[test]
    fn every_task_has_code_and_every_code_a_task() {
        assert_eq!(CODE.len(), Framework::ALL.len() * tasks().len());
        for task in tasks() {
            for framework in Framework::ALL {
                assert!(
                    !code(&task.name, framework).is_empty(),
                    "{} in {framework:?}",
                    task.name
                );
            }
        }
    }
}
