import TestSupport
import Testing

@Suite struct DisturbanceCountTests {
    @Test("A tenth of the disturbances run, at least one, and all of them when asked")
    func tenth() {
        #expect(DisturbanceCount.of(30, runsAll: false) == 3)
        #expect(DisturbanceCount.of(5, runsAll: false) == 1)
        #expect(DisturbanceCount.of(30, runsAll: true) == 30)
    }
}
