//! Places in SARIF: URIs, regions and logical locations.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Serialize;

use crate::report::ReportedPlace;

/// What relative URIs count from; the reader decides where that folder is.
pub const BASE: &str = "%SRCROOT%";

/// A message, or the text of an artifact.
#[derive(Serialize)]
pub struct Text<'r> {
    text: Cow<'r, str>,
}

impl<'r> Text<'r> {
    /// A plain text.
    pub fn of(text: impl Into<Cow<'r, str>>) -> Self {
        Self { text: text.into() }
    }
}

/// A place, with what is said there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'r> {
    /// What results can call it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Within<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// A file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// A part of a file's text, in lines and columns and in bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    start_line: u32,
    #[serde(flatten)]
    rest: Option<RegionRest>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RegionRest {
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: usize,
}

/// The node of the document, by its JSON Pointer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

/// Where a place is within an archive.
#[derive(Serialize)]
struct Within<'r> {
    member: &'r str,
    region: Region,
}

impl<'r> Location<'r> {
    /// The location of a place.
    pub fn of(place: &'r ReportedPlace) -> Self {
        Self::related(place, "")
    }

    /// The same with words before what is said there.
    pub fn related(place: &'r ReportedPlace, before: &str) -> Self {
        let message = (!place.label.is_empty()).then(|| Text::of(format!("{before}{}", place.label)));
        Self {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation::of(place),
                region: match place.member {
                    Some(_) => Region::FIRST_LINE,
                    None => Region::of(place),
                },
            },
            logical_locations: logical(place).into_iter().collect(),
            message,
            properties: place.member.as_deref().map(|member| Within {
                member,
                region: Region::of(place),
            }),
        }
    }
}

/// `/config/layers/3`, or `config.json#/config/layers/3` in an archive. The root of a document has no name of its own.
fn logical(place: &ReportedPlace) -> Option<LogicalLocation> {
    let fully_qualified_name = match &place.member {
        Some(member) => format!("{member}#{}", place.pointer),
        None if place.pointer.is_empty() => return None,
        None => place.pointer.clone(),
    };
    Some(LogicalLocation { fully_qualified_name })
}

impl Region {
    /// What stands for a whole archive: code scanning on GitHub shows nothing without a line.
    const FIRST_LINE: Self = Self {
        start_line: 1,
        rest: None,
    };

    /// The region of a place in its text.
    pub fn of(place: &ReportedPlace) -> Self {
        Self {
            start_line: place.start.line,
            rest: Some(RegionRest {
                start_column: place.start.column,
                end_line: place.end.line,
                end_column: place.end.column,
                byte_offset: place.span.start,
                byte_length: place.span.len(),
            }),
        }
    }
}

impl ArtifactLocation {
    /// The file of a place; the archive itself for a member.
    pub fn of(place: &ReportedPlace) -> Self {
        let path = place.path.as_str();
        let absolute = match path.as_bytes() {
            [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => {
                Some(format!("file:///{}:{}", &path[..1], encoded(&path[2..])))
            }
            // `//server/share`
            [b'/', b'/', ..] => Some(format!("file:{}", encoded(path))),
            [b'/', ..] => Some(format!("file://{}", encoded(path))),
            _ => None,
        };
        Self {
            uri_base_id: absolute.is_none().then_some(BASE),
            uri: absolute.unwrap_or_else(|| encoded(path)),
        }
    }
}

/// A path as the path of a URI: every byte that is not plain is percent-encoded, also a colon, which would end a scheme.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            // Writing to a string cannot fail.
            _ => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}
