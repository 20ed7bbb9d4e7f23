//! What a loss computes, comparable across frameworks, and what follows from that alone.

use serde::Deserialize;

/// What a computation is, comparable across frameworks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// −y log p − (1 − y) log(1 − p), each output on its own.
    BinaryCrossEntropy,
    /// −Σ y log p over exclusive classes, labels as a vector.
    CategoricalCrossEntropy,
    /// −log p of the labelled class, labels as an index.
    SparseCategoricalCrossEntropy,
    /// Binary, categorical or sparse categorical cross-entropy, chosen from the shapes of output and labels.
    CrossEntropyByShape,
    /// Minus the input at the labelled class: a cross-entropy whose logarithm was taken before.
    NegativeLogLikelihood,
    /// Binary cross-entropy that turns down easy samples.
    BinaryFocal,
    /// Categorical cross-entropy that turns down easy samples.
    CategoricalFocal,
    /// (1 − p^q) / q: between cross-entropy and absolute error.
    GeneralizedCrossEntropy,
    /// Cumulative or conditional binary cross-entropies over ordered classes.
    Ordinal,
    /// max(0, 1 − y ŷ) with y = ±1, squared or not.
    Hinge,
    /// The margin between the right class's score and the best other.
    CategoricalHinge,
    /// Overlap of masks.
    Dice,
    /// Overlap of masks with weights for false positives and negatives.
    Tversky,
    /// Intersection over union of masks or boxes.
    Iou,
    /// The Lovász extension of the IoU.
    Lovasz,
    /// Matthews correlation.
    MatthewsCorrelation,
    /// Distance between mask boundaries.
    Boundary,
    /// Area under the curve, by margins.
    AucMargin,
    /// (y − ŷ)².
    SquaredError,
    /// |y − ŷ|.
    AbsoluteError,
    /// |y − ŷ| / |y|.
    AbsolutePercentageError,
    /// (log(1 + y) − log(1 + ŷ))².
    SquaredLogError,
    /// A distance of another form, of whose domain nothing is said here.
    OtherDistance,
    /// Squared near zero, absolute beyond: Huber and smooth L1.
    Huber,
    /// log cosh(y − ŷ).
    LogCosh,
    /// Pinball loss of a quantile.
    Quantile,
    /// −log of a normal density with predicted mean and variance.
    GaussianNll,
    /// Rate of a count.
    Poisson,
    /// Gamma or Tweedie deviance.
    Tweedie,
    /// Divergence of distributions.
    KlDivergence,
    /// Angle between vectors.
    Cosine,
    /// Anchor, positive, negative.
    Triplet,
    /// Pairs or batches of embeddings.
    Contrastive,
    /// Order of items.
    Ranking,
    /// Alignment of sequences.
    Ctc,
    /// Similarity of images.
    Ssim,
    /// Real or generated.
    Adversarial,
    /// Hazard or failure time.
    Survival,
    /// A loss around another loss, which it applies to several outputs or to a mask.
    Wrapper,
}

impl Family {
    /// Distances between numbers: the losses of regression.
    pub fn is_regression(self) -> bool {
        use Family::*;
        matches!(
            self,
            SquaredError
                | AbsoluteError
                | AbsolutePercentageError
                | SquaredLogError
                | OtherDistance
                | Huber
                | LogCosh
                | Quantile
                | GaussianNll
                | Poisson
                | Tweedie
        )
    }

    /// Losses whose size follows the scale of the targets.
    pub fn grows_with_scale(self) -> bool {
        use Family::*;
        matches!(self, SquaredError | AbsoluteError | Huber | LogCosh)
    }

    /// Cross-entropies over exclusive classes: one probability distribution per sample.
    pub fn is_exclusive_cross_entropy(self) -> bool {
        use Family::*;
        matches!(
            self,
            CategoricalCrossEntropy
                | SparseCategoricalCrossEntropy
                | NegativeLogLikelihood
                | CategoricalFocal
                | GeneralizedCrossEntropy
        )
    }

    /// Cross-entropies that take each output as a yes or no of its own.
    pub fn is_independent_cross_entropy(self) -> bool {
        matches!(self, Family::BinaryCrossEntropy | Family::BinaryFocal)
    }

    /// Any cross-entropy, focal ones and the one that is chosen from shapes included.
    pub fn is_cross_entropy(self) -> bool {
        self.is_exclusive_cross_entropy() || self.is_independent_cross_entropy() || self == Family::CrossEntropyByShape
    }

    /// Focal losses.
    pub fn is_focal(self) -> bool {
        matches!(self, Family::BinaryFocal | Family::CategoricalFocal)
    }

    /// Margins between scores.
    pub fn is_hinge(self) -> bool {
        matches!(self, Family::Hinge | Family::CategoricalHinge)
    }

    /// Overlaps of masks.
    pub fn is_overlap(self) -> bool {
        use Family::*;
        matches!(self, Dice | Tversky | Iou | Lovasz | MatthewsCorrelation)
    }

    /// Comparisons of masks: of their overlap or of their outlines.
    pub fn compares_masks(self) -> bool {
        self.is_overlap() || self == Family::Boundary
    }

    /// Losses that only make sense on classes.
    pub fn is_classification(self) -> bool {
        self.is_cross_entropy() || self.is_hinge() || self == Family::Ordinal
    }
}
