import Events
import Foundation
import TestSupport
import Testing

@testable import Kafka

@Suite("KafkaLog", .enabled(if: KafkaInstallation.isExpected))
struct EventLogKafkaTests {
    @Test("KafkaLog meets the requirement", arguments: EventLogConformance.requirements)
    func conforms(to requirement: EventLogRequirement) throws {
        try EventLogBroker.withLog { try requirement.check($0) }
    }

}
