/// 10^0 … 10^38: all powers of ten that 128 bits hold.
enum PowersOfTen {
    /// The greatest exponent.
    static let largest = 38

    private static let table: [UInt128] = {
        var powers: [UInt128] = [1]
        for exponent in 1...largest { powers.append(powers[exponent - 1] * 10) }
        return powers
    }()

    /// 10^`exponent`, 0…38.
    static subscript(exponent: Int) -> UInt128 { table[exponent] }
}
