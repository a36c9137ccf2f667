import TestSupport
import Testing

@Suite struct SeededGeneratorTests {
    @Test(
        "The sequence is SplitMix64's",
        arguments: [
            // The first numbers of the reference implementation (Vigna, splitmix64.c) for seed 1234567.
            (index: 0, expected: UInt64(6_457_827_717_110_365_317)), (1, 3_203_168_211_198_807_973),
            (2, 9_817_491_932_198_370_423), (3, 4_593_380_528_125_082_431), (4, 16_408_922_859_458_223_821),
        ])
    func referenceSequence(index: Int, expected: UInt64) {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0...index).map { _ in generator.next() }
        #expect(numbers[index] == expected)
    }
}
