import Testing

@testable import Runtime

enum Flavour: String, CaseIterable { case plain, fancy }

enum TestSettings {
    static let batchSize = Setting.integer("batch-size", default: 100, in: 1...1000, help: "Events a batch.")
    static let ruleSet = Setting.text(
        "rule-set", default: "3.2", environment: .named("PROJECTOR_RULE_SET"), help: "Rules.")
    static let flavour = Setting<Flavour>.choice("flavour", default: .plain, help: "Taste.")
    static let force = Setting.flag("force", help: "Do it anyway.")
    static let url = Setting.secret("database-url", help: "Where the database is.")
    static let proxy = Setting.optionalText("proxy", help: "A proxy.")
    static let hosts = Setting.list("hosts", default: [], help: "Accepted hosts.")
    static let timeout = Setting.milliseconds("timeout-milliseconds", default: 250, in: 0...5000, help: "How long.")
    static let data = Setting.path("data-directory", default: "/var/lib/x", help: "Where.")
    static let level = Setting.choice("mode", default: "a", of: ["a", "b"], environment: .none, help: "Which.")

    static let all: [any AnySetting] = [batchSize, ruleSet, flavour, force, url, proxy, hosts, timeout, data, level]
}

@Suite("Configuration")
struct ConfigurationTests {
    private func values(
        _ options: [String: String] = [:], _ environment: [String: String] = [:]
    ) throws -> SettingValues {
        var options = options
        if options["database-url"] == nil, environment["PROJECTOR_DATABASE_URL"] == nil {
            options["database-url"] = "postgres://secret"
        }
        return try SettingValues(
            settings: TestSettings.all, prefix: "PROJECTOR", options: options, environment: environment)
    }

    @Test("Defaults apply when nothing is given")
    func defaults() throws {
        let values = try values([:], ["PROJECTOR_BATCH_SIZE": ""])
        #expect(values[TestSettings.batchSize] == 100)
        #expect(values[TestSettings.ruleSet] == "3.2")
        #expect(values[TestSettings.flavour] == .plain)
        #expect(values[TestSettings.force] == false)
        #expect(values[TestSettings.proxy] == nil)
        #expect(values[TestSettings.hosts] == [])
        #expect(values[TestSettings.timeout] == 250)
        #expect(values[TestSettings.data] == "/var/lib/x")
    }

    @Test("An option goes before the environment, which goes before the default")
    func precedence() throws {
        let environment = [
            "PROJECTOR_BATCH_SIZE": "7", "PROJECTOR_HOSTS": "a.example, b.example", "PROJECTOR_MODE": "b",
        ]
        #expect(try values([:], environment)[TestSettings.batchSize] == 7)
        #expect(try values(["batch-size": "8"], environment)[TestSettings.batchSize] == 8)
        #expect(try values([:], environment)[TestSettings.hosts] == ["a.example", "b.example"])
        #expect(try values([:], ["PROJECTOR_PROXY": "p"])[TestSettings.proxy] == "p")
        #expect(try values([:], ["PROJECTOR_FORCE": "1"])[TestSettings.force])
        #expect(try !values(["force": "false"], ["PROJECTOR_FORCE": "1"])[TestSettings.force])
        #expect(
            try values([:], environment)[TestSettings.level] == "a", "an option-only setting ignores the environment")
    }

    @Test(
        "A value out of bounds is refused with key, value and bound",
        arguments: [
            ("batch-size", "0", "an integer from 1 to 1000"), ("batch-size", "x", "an integer from 1 to 1000"),
            ("flavour", "sour", "one of plain, fancy"), ("mode", "c", "one of a, b"),
            ("force", "yes", "true, false, 1 or 0"),
            ("timeout-milliseconds", "5001", "a number of milliseconds from 0 to 5000"),
            ("hosts", "a,,b", "texts separated by commas, none of them empty"), ("data-directory", "", "a path"),
        ])
    func bounds(key: String, value: String, bound: String) {
        let error = #expect(throws: ConfigurationError.self) { try values([key: value]) }
        #expect(error?.key == key)
        #expect(error?.description == "--\(key) is \"\(value)\" but must be \(bound)")
    }

    @Test("The environment's error names the variable, a missing setting both ways to give it")
    func sources() {
        let wrong = #expect(throws: ConfigurationError.self) { try values([:], ["PROJECTOR_BATCH_SIZE": "-1"]) }
        #expect(
            wrong?.description
                == "PROJECTOR_BATCH_SIZE (setting batch-size) is \"-1\" but must be an integer from 1 to 1000")
        let missing = #expect(throws: ConfigurationError.self) {
            try SettingValues(settings: [TestSettings.url], prefix: "P", options: [:], environment: [:])
        }
        #expect(
            missing?.description
                == "database-url is missing: set P_DATABASE_URL or --database-url to a text that is not empty")
    }

    @Test("A secret shows nowhere, but is there")
    func secrets() throws {
        let secret = try values(["database-url": "hush"])[TestSettings.url]
        var dumped = ""
        dump(secret, to: &dumped)
        let shown = "\(secret) \(String(reflecting: secret)) \(dumped)"
        #expect(!shown.contains("hush") && shown.contains("***"))
        #expect(secret.revealed() == "hush")
        let error = #expect(throws: ConfigurationError.self) { try values(["database-url": ""]) }
        #expect(error?.value == nil && error?.description.contains("***") == true)
    }

    @Test("Reading a setting that the command does not declare traps")
    func undeclared() async {
        await #expect(processExitsWith: .failure) {
            let values = try SettingValues(settings: [], prefix: "P", options: [:], environment: [:])
            _ = values[TestSettings.batchSize]
        }
    }
}
