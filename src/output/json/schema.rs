//! The JSON Schema of the JSON report, version 1. It names what may be relied on; fields may be added, so a reader should
//! ignore those that it does not know.

use serde_json::{Value, json};

use crate::diagnostic::Severity;
use crate::page::Group;

/// The schema, draft 2020-12.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON report of losslint, version 1",
        "description": "Byte offsets count from 0; lines and columns count from 1, columns in Unicode characters. \
            An end is the place after the last character.",
        "type": "object",
        "required": ["version", "findings", "not_checked", "summary"],
        "properties": {
            "version": { "const": 1 },
            "findings": {
                "description": "By path, then position, then lint. Accepted ones have `suppressed`.",
                "type": "array",
                "items": { "$ref": "#/$defs/finding" }
            },
            "not_checked": {
                "description": "What was seen and could not be judged, by path and position.",
                "type": "array",
                "items": { "$ref": "#/$defs/note" }
            },
            "summary": { "$ref": "#/$defs/summary" },
            "hidden": { "$ref": "#/$defs/hidden" }
        },
        "$defs": {
            "finding": finding(),
            "note": note(),
            "place": place(),
            "span": span(),
            "fix": fix(),
            "suppressed": suppressed(),
            "summary": summary(),
            "hidden": hidden()
        }
    })
}

fn finding() -> Value {
    let groups: Vec<&str> = Group::ALL.iter().map(|group| group.as_str()).collect();
    let severities = [Severity::Error, Severity::Warning, Severity::Info].map(Severity::as_str);
    json!({
        "type": "object",
        "required": [
            "lint", "group", "severity", "confidence", "message", "help", "path", "pointer", "span", "related",
            "evidence", "fixes", "fingerprint"
        ],
        "properties": {
            "lint": { "description": "The lint's name.", "type": "string" },
            "group": { "enum": groups },
            "severity": { "description": "After the user's overrides.", "enum": severities },
            "confidence": {
                "description": "How sure the facts behind it are.",
                "enum": ["declared", "implied", "guessed"]
            },
            "message": { "description": "One clause that is certain.", "type": "string" },
            "why": { "description": "The effect.", "type": "string" },
            "because": {
                "description": "How the task is read, and from what, when nobody declared it.",
                "type": "string"
            },
            "help": {
                "description": "What to do, the recommended remedy first.",
                "type": "array",
                "items": { "type": "string" }
            },
            "path": path(),
            "member": member(),
            "pointer": pointer(),
            "span": { "$ref": "#/$defs/span" },
            "label": { "description": "What is said at the place to change.", "type": "string" },
            "related": {
                "description": "What it contradicts.",
                "type": "array",
                "items": { "$ref": "#/$defs/place" }
            },
            "evidence": {
                "description": "Why the task was taken to be what it is.",
                "type": "array",
                "items": { "$ref": "#/$defs/place" }
            },
            "fix": { "description": "The recommended fix.", "$ref": "#/$defs/fix" },
            "fixes": {
                "description": "All fixes, the recommended one first.",
                "type": "array",
                "items": { "$ref": "#/$defs/fix" }
            },
            "fingerprint": {
                "description": "A stable name: it does not change when lines move.",
                "type": "string"
            },
            "url": { "description": "The lint's page.", "type": "string" },
            "suppressed": { "$ref": "#/$defs/suppressed" }
        }
    })
}

fn note() -> Value {
    json!({
        "type": "object",
        "required": ["what", "why", "path", "pointer", "span"],
        "properties": {
            "what": { "description": "What kind of thing, such as custom-loss.", "type": "string" },
            "why": { "description": "Why it cannot be judged.", "type": "string" },
            "path": path(),
            "member": member(),
            "pointer": pointer(),
            "span": { "$ref": "#/$defs/span" }
        }
    })
}

fn place() -> Value {
    json!({
        "type": "object",
        "required": ["path", "pointer", "span"],
        "properties": {
            "path": path(),
            "member": member(),
            "pointer": pointer(),
            "span": { "$ref": "#/$defs/span" },
            "label": { "description": "What is said there.", "type": "string" }
        }
    })
}

fn span() -> Value {
    let offset = json!({ "type": "integer", "minimum": 0 });
    let number = json!({ "type": "integer", "minimum": 1 });
    json!({
        "type": "object",
        "required": ["start", "end", "line", "column", "end_line", "end_column"],
        "properties": {
            "start": offset,
            "end": offset,
            "line": number,
            "column": number,
            "end_line": number,
            "end_column": number
        }
    })
}

fn fix() -> Value {
    let offset = json!({ "type": "integer", "minimum": 0 });
    json!({
        "type": "object",
        "required": ["applicability", "message", "edits"],
        "properties": {
            "applicability": {
                "description": "safe: nothing changes its meaning; unsafe: a choice; display: for showing only.",
                "enum": ["safe", "unsafe", "display"]
            },
            "message": { "description": "What it does.", "type": "string" },
            "path": path(),
            "member": member(),
            "edits": {
                "description": "By position, all in the file of `path`; none when the fix is for showing only.",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["start", "end", "text"],
                    "properties": { "start": offset, "end": offset, "text": { "type": "string" } }
                }
            }
        }
    })
}

fn suppressed() -> Value {
    json!({
        "description": "The finding is accepted and does not count.",
        "type": "object",
        "required": ["in_source"],
        "properties": {
            "in_source": {
                "description": "Whether the file itself accepts it, not the configuration.",
                "type": "boolean"
            },
            "reason": { "type": "string" }
        }
    })
}

fn summary() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    json!({
        "type": "object",
        "required": [
            "models", "heads_checked", "heads_not_checked", "not_models", "errors", "warnings", "infos", "suppressed"
        ],
        "properties": {
            "models": count,
            "heads_checked": count,
            "heads_not_checked": {
                "description": "By the kind of what stands in the way.",
                "type": "object",
                "additionalProperties": count
            },
            "not_models": { "description": "Files of another kind.", "type": "integer", "minimum": 0 },
            "errors": count,
            "warnings": count,
            "infos": count,
            "suppressed": count
        }
    })
}

fn hidden() -> Value {
    let number = json!({ "type": "integer", "minimum": 1 });
    let list = |required: Value, properties: Value| {
        let item = json!({ "type": "object", "required": required, "properties": properties });
        json!({ "type": "array", "items": item })
    };
    json!({
        "description": "What the run left out because files of the project, or options, say so; absent when nothing was. \
            Accepted findings stand among the findings.",
        "type": "object",
        "required": ["paths", "settings", "known"],
        "properties": {
            "paths": list(
                json!(["path", "by"]),
                json!({ "path": path(), "by": { "enum": ["ignore-file", "glob", "convention"] } })
            ),
            "settings": list(
                json!(["path", "line", "column", "what"]),
                json!({ "path": path(), "line": number, "column": number, "what": { "type": "string" } })
            ),
            "known": list(
                json!(["lint", "path", "line", "column"]),
                json!({ "lint": { "type": "string" }, "path": path(), "line": number, "column": number })
            )
        }
    })
}

fn path() -> Value {
    json!({ "description": "The path with / between its parts.", "type": "string" })
}

fn member() -> Value {
    json!({ "description": "The member, when the file is an archive.", "type": "string" })
}

fn pointer() -> Value {
    json!({ "description": "The JSON Pointer (RFC 6901) of the value; empty for the root.", "type": "string" })
}
