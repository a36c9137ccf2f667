/// What the files of an import are written in.
enum InputFormat: String, Sendable, CaseIterable {
    /// Recorded pages of Zerion (domain.md 3.1).
    case zerion
    /// Ledgers (domain.md 12.1).
    case csv

    /// How the names of such files end.
    var suffix: String {
        switch self {
        case .zerion: ".json"
        case .csv: ".csv"
        }
    }

    /// Who says what such a file tells.
    var source: String {
        switch self {
        case .zerion: "zerion"
        case .csv: "ledger"
        }
    }

    /// What one such file is called.
    var noun: String {
        switch self {
        case .zerion: "page"
        case .csv: "ledger"
        }
    }
}
