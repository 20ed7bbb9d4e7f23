//! Why a saved model cannot be read, and what to do about it.

/// Why a saved model cannot be read. The words are shown to whoever named it.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    #[error("the file is empty; save the model again")]
    Empty,
    #[error("this is a pointer of Git LFS, not the model; fetch the model with `git lfs pull`")]
    Pointer,
    #[error("this is no saved model: Keras writes zip archives and HDF5 files, and this is neither")]
    OtherFormat,
    #[error("this archive is cut off or broken ({0}); copy it or save the model again")]
    Broken(String),
    #[error("{member} cannot be unpacked ({reason}); save the model again")]
    BrokenMember { member: &'static str, reason: String },
    #[error("{member} holds more than {megabytes} MB; losslint reads no more of a configuration")]
    LargeMember { member: &'static str, megabytes: usize },
    #[cfg(not(feature = "hdf5"))]
    #[error("this losslint reads no HDF5 files; build it with the feature `hdf5`")]
    WithoutHdf5,
}

impl ArchiveError {
    /// The member at fault, if it is one.
    pub(super) fn member(&self) -> Option<&'static str> {
        match self {
            Self::BrokenMember { member, .. } | Self::LargeMember { member, .. } => Some(member),
            _ => None,
        }
    }
}
