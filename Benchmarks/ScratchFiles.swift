import Glibc

/// Writes a file, anew if it is there.
func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchmarkError("\(path) cannot be written") }
    let written = fputs(text, file)
    guard fclose(file) == 0, written >= 0 else { throw BenchmarkError("\(path) cannot be written") }
}

/// Makes a folder unless it is there.
func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw BenchmarkError("\(path) cannot be made") }
}
