// swift-format-ignore-file
// Written by scripts/generate from schemas/. Do not edit.

/// The SQL of schemas/, carried by the programs.
public enum SchemaSources {}
