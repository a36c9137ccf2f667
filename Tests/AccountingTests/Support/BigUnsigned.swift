/// An unsigned integer of any size, slow and plain: what exact arithmetic is checked against.
struct BigUnsigned: Comparable {
    // Least significant first, without leading zeros.
    private var digits: [UInt32]

    init(_ number: UInt128) {
        digits = (0..<4).map { UInt32(truncatingIfNeeded: number >> UInt128(32 * $0)) }
        trim()
    }

    static func * (left: BigUnsigned, right: BigUnsigned) -> BigUnsigned {
        var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
        for (i, a) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.digits.enumerated() {
                let sum = UInt64(a) * UInt64(b) + UInt64(product[i + j]) + carry
                product[i + j] = UInt32(truncatingIfNeeded: sum)
                carry = sum >> 32
            }
            product[i + right.digits.count] = UInt32(carry)
        }
        var result = BigUnsigned(0)
        result.digits = product
        result.trim()
        return result
    }

    static func + (left: BigUnsigned, right: BigUnsigned) -> BigUnsigned {
        var result = BigUnsigned(0)
        var carry: UInt64 = 0
        for index in 0..<max(left.digits.count, right.digits.count) {
            let a = index < left.digits.count ? UInt64(left.digits[index]) : 0
            let b = index < right.digits.count ? UInt64(right.digits[index]) : 0
            let sum = a + b + carry
            result.digits.append(UInt32(truncatingIfNeeded: sum))
            carry = sum >> 32
        }
        result.digits.append(UInt32(carry))
        result.trim()
        return result
    }

    static func < (left: BigUnsigned, right: BigUnsigned) -> Bool {
        if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
        return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
    }

    static func powerOfTen(_ exponent: Int) -> BigUnsigned {
        (0..<exponent).reduce(BigUnsigned(1)) { power, _ in power * BigUnsigned(10) }
    }

    private mutating func trim() { while digits.last == 0 { digits.removeLast() } }
}
