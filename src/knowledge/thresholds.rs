//! Limits that decide when a number is large. Their reasons stand on the pages of the lints that use them.

/// The limits, with the defaults that the pages justify.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// `unnormalized-targets`: the mean's distance from zero or the standard deviation, in the target's unit.
    pub target_scale: f64,
    /// `ignored-imbalance`: samples of the largest class for each of the smallest.
    pub imbalance: f64,
    /// `ignored-imbalance`: the share of positive labels, 0 to 1.
    pub positive_rate: f64,
    /// `outlier-sensitive-loss`: the distance of an end from the mean, in standard deviations.
    pub outlier_distance: f64,
    /// `large-one-hot`: classes.
    pub one_hot_classes: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            target_scale: 100.0,
            imbalance: 10.0,
            positive_rate: 0.02,
            outlier_distance: 10.0,
            one_hot_classes: 1000,
        }
    }
}
